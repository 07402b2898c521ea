package io.bocadillo;

import io.bocadillo.routing.PercentEncoding;
import io.bocadillo.routing.Printable;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request.
 *
 * <p>Recording an answer commits nothing: the last one wins, and after-hooks and middleware can still change status,
 * headers and body. It goes out when the view's stage and everything around it are complete; whoever comes later, for
 * instance a view after its timeout, meets an {@link IllegalStateException}.
 *
 * <p>Passes from thread to thread with the pipeline, but is not for use by several at once.
 */
public final class Response {

    /** What every answering method returns. */
    static final CompletionStage<Void> ANSWERED = CompletableFuture.completedFuture(null);

    private static final byte[] NOTHING = {};
    private static final Headers NO_HEADERS = new Headers().freeze();
    private static final int UNSET = 0;

    /** What may stand in a URI reference besides letters and digits (RFC 3986, section 2), encoded text included. */
    private static final String URI = "-._~:/?#[]@!$&'()*+,;=%";

    private final Request request;
    private final Settings settings;
    private final Headers headers = new Headers();
    private int status = UNSET;
    private byte[] body = NOTHING;

    /** What follows from the kind of answer, until another answer is given. */
    private int impliedStatus = UNSET;

    private @Nullable String impliedType;
    private @Nullable String impliedLocation;

    /** What holds as long as nothing is set or implied: 200, for an error handler 500. */
    private int standardStatus = 200;

    /** Read by the timeout too, from another thread. */
    private volatile Headers earlierHeaders = NO_HEADERS;

    private @Nullable Throwable unhandled;
    private volatile boolean ended;

    Response(Request request, Settings settings) {
        this.request = request;
        this.settings = settings;
    }

    /** Sets the status code, 200 to 599, else {@link IllegalArgumentException}; 200 unless set. */
    public Response status(int status) {
        checkOpen();
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: expected a code from 200 to 599, got '" + status + "'.");
        }
        this.status = status;
        return this;
    }

    /** The status code as it stands. */
    public int status() {
        if (status != UNSET) {
            return status;
        }
        return impliedStatus != UNSET ? impliedStatus : standardStatus;
    }

    /**
     * Sets a header field, replacing those of that name.
     *
     * @throws IllegalArgumentException for a name or value that can't be one, for instance with a line break
     */
    public Response header(String name, String value) {
        checkOpen();
        headers.set(name, value);
        return this;
    }

    /** The header fields as they stand, to read, add and remove. */
    public Headers headers() {
        return headers;
    }

    /** The body as it stands, shared: do not change it; empty when there is none. */
    public byte[] body() {
        return body;
    }

    /** Answers with plain text in UTF-8. */
    public CompletionStage<Void> text(String text) {
        return answer(text.getBytes(StandardCharsets.UTF_8), ContentType.TEXT);
    }

    /** Answers with HTML in UTF-8, as given: nothing is escaped. */
    public CompletionStage<Void> html(String html) {
        return answer(html.getBytes(StandardCharsets.UTF_8), ContentType.HTML);
    }

    /** Answers with a value, or null, written as JSON (RFC 8259). */
    public CompletionStage<Void> json(@Nullable Object value) {
        return answer(settings.json().encode(value), ContentType.JSON);
    }

    /** Answers with bytes of the given media type; they are not copied: do not change them afterwards. */
    public CompletionStage<Void> content(byte[] content, String contentType) {
        return answer(content, contentType);
    }

    /** Answers without a body, with 204 No Content unless a status is set. */
    public CompletionStage<Void> empty() {
        forgetAnswer();
        if (standardStatus == 200) {
            impliedStatus = 204;
        }
        return ANSWERED;
    }

    /**
     * Answers with a redirect, 302 Found unless 301, 303, 307 or 308 is set (RFC 9110, section 15.4).
     *
     * @param location a path of this app, from its slash, which is completed with {@link Request#basePath}; or a URL
     *     with its scheme. What may not stand in a URI is percent-encoded
     * @throws IllegalArgumentException for {@code //host}: another host has to be named with its scheme
     */
    public CompletionStage<Void> redirect(String location) {
        forgetAnswer();
        if (location.startsWith("//")) {
            throw new IllegalArgumentException("redirect: expected a path or a URL with its scheme, got '"
                    + Printable.of(location) + "'. Write https://... to leave this host.");
        }
        if (!Redirect.isStatus(status)) {
            status = UNSET;
            impliedStatus = 302;
        }
        String base = location.startsWith("/") ? request.basePath() : "";
        impliedLocation = PercentEncoding.encode(base + location, URI);
        headers.set("Location", impliedLocation);
        return ANSWERED;
    }

    /** For servers: the length to declare, for HEAD that of the body which GET would get; -1 for none (RFC 9110, section 8.6). */
    public long contentLength() {
        return bodyless() ? -1 : body.length;
    }

    /** For servers: whether the body goes out at all, not to HEAD, not with 204, 205 or 304 (RFC 9110, sections 9.3.2 and 15). */
    public boolean sendsBody() {
        return body.length > 0 && !bodyless() && !request.method().equals("HEAD");
    }

    /**
     * Remembers what those outside have set: an error further inside takes back only what came after. A middleware that
     * calls on once more, after an error, starts afresh.
     */
    void mark() {
        if (standardStatus != 200) {
            forgetAnswer();
            headers.replaceAll(earlierHeaders);
            status = UNSET;
            standardStatus = 200;
            unhandled = null;
        }
        if (headers.isEmpty()) {
            earlierHeaders = NO_HEADERS;
            return;
        }
        Headers copy = headers.copy();
        forget(copy, "Content-Type", impliedType);
        forget(copy, "Location", impliedLocation);
        earlierHeaders = copy;
    }

    /** Takes back the answer for an error handler to give another one. */
    void reset() {
        forgetAnswer();
        headers.replaceAll(earlierHeaders);
        status = UNSET;
        standardStatus = 500;
    }

    /** A response for an error handler in the place of this one, which somebody late may still hold and change. */
    Response successor() {
        Response successor = new Response(request, settings);
        successor.earlierHeaders = earlierHeaders;
        successor.reset();
        return successor;
    }

    /** The error that no handler took: it passes the middleware on its way out, and none of them is asked again. */
    @Nullable
    Throwable unhandled() {
        return unhandled;
    }

    void unhandled(Throwable error) {
        unhandled = error;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Refuses every use from here on, whoever is using it at this moment. */
    void end() {
        ended = true;
        headers.freeze();
    }

    /** Ends request and response as the answer goes out; length and framing are the server's. */
    void goOut() {
        headers.remove("Content-Length").remove("Transfer-Encoding");
        request.end();
        end();
    }

    private CompletionStage<Void> answer(byte[] content, String contentType) {
        forgetAnswer();
        if (!headers.contains("Content-Type")) {
            headers.set("Content-Type", contentType);
            impliedType = contentType;
        }
        body = content;
        return ANSWERED;
    }

    /** Takes back what the answer has implied, and nothing that was set. */
    private void forgetAnswer() {
        checkOpen();
        forget(headers, "Content-Type", impliedType);
        forget(headers, "Location", impliedLocation);
        impliedType = null;
        impliedLocation = null;
        impliedStatus = UNSET;
        body = NOTHING;
    }

    private static void forget(Headers headers, String name, @Nullable String implied) {
        if (implied != null && implied.equals(headers.get(name))) {
            headers.remove(name);
        }
    }

    private boolean bodyless() {
        return status() == 204 || status() == 205 || status() == 304;
    }

    private void checkOpen() {
        if (ended) {
            throw new IllegalStateException("response to " + request
                    + ": expected use before the end of the exchange, got it after."
                    + " Return a stage that completes when the answer is there.");
        }
    }
}
