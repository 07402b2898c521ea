package io.bocadillo;

import io.bocadillo.files.ContentDisposition;
import io.bocadillo.files.MediaTypes;
import io.bocadillo.staticfiles.StaticFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
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

    private final Request request;
    private final Errors errors;
    private final Draft draft;

    Response(Request request, Errors errors) {
        this(request, errors, new Draft(request));
    }

    private Response(Request request, Errors errors, Draft draft) {
        this.request = request;
        this.errors = errors;
        this.draft = draft;
    }

    /** Sets the status code, 200 to 599, else {@link IllegalArgumentException}; 200 unless set. */
    public Response status(int status) {
        draft.checkOpen();
        head().setStatus(status);
        return this;
    }

    /** The status code as it stands. */
    public int status() {
        return head().status(draft.answer().status());
    }

    /**
     * Sets a header field, replacing those of that name.
     *
     * @throws IllegalArgumentException for a name or value that can't be one, for instance with a line break
     */
    public Response header(String name, String value) {
        draft.checkOpen();
        headers().set(name, value);
        return this;
    }

    /** The header fields as they stand, to read, add and remove. */
    public Headers headers() {
        return head().headers();
    }

    /**
     * Sets a cookie of the client, in the place of one of that name, domain and path that this answer sets already.
     *
     * <p>An error takes it back with what else was set inside; a middleware that sets it around {@code next} keeps it.
     *
     * @throws IllegalArgumentException for a cookie that browsers would refuse, see {@link Cookie}
     */
    public Response cookie(Cookie cookie) {
        draft.checkOpen();
        cookie.addTo(headers(), request);
        return this;
    }

    /** The body as it stands, shared: do not change it; empty when there is none, or none in memory. */
    public byte[] body() {
        return draft.answer().bytes();
    }

    /** The body as it stands if it is made while it goes out, for one subscriber; null for one in memory. */
    public Flow.@Nullable Publisher<ByteBuffer> bodyStream() {
        return draft.answer().publisher();
    }

    /**
     * For middleware: encodes the body as it stands, at once or, where it is made on the way, on the way; with its {@code
     * Content-Encoding}. An {@code ETag} becomes weak: it may name the plain body, too (RFC 9110, section 8.8.1).
     */
    public Response encode(ContentCoding coding) {
        draft.encode(coding);
        return this;
    }

    /** Answers with plain text in UTF-8. */
    public CompletionStage<Void> text(String text) {
        return draft.give(Answer.of(text.getBytes(StandardCharsets.UTF_8), ContentType.TEXT), this);
    }

    /** Answers with HTML in UTF-8, as given: nothing is escaped. */
    public CompletionStage<Void> html(String html) {
        return draft.give(Answer.of(html.getBytes(StandardCharsets.UTF_8), ContentType.HTML), this);
    }

    /** Answers with a value, or null, written as JSON (RFC 8259). */
    public CompletionStage<Void> json(@Nullable Object value) {
        return draft.give(Answer.of(request.app().settings().json().encode(value), ContentType.JSON), this);
    }

    /**
     * Answers with a template, of the media type that the extension of its name says; see {@link App#templates}.
     *
     * @param model what the template finds by name; values may be null
     * @throws IllegalArgumentException if there is no template of that name
     */
    public CompletionStage<Void> render(String name, Map<String, ?> model) {
        String text = request.app().templates().render(name, model, request);
        return content(text.getBytes(StandardCharsets.UTF_8), ContentType.ofText(name));
    }

    /**
     * Answers with a value, or null, as the {@code Content-Type} that is set, else as that of the app's media types which
     * the client likes best (RFC 9110, section 12.5.1).
     *
     * @throws HttpError 406 if it likes none of them
     * @throws IllegalArgumentException for a value that can't be written, or a type without a handler
     * @see App#mediaType(String, MediaHandler)
     */
    public CompletionStage<Void> media(@Nullable Object value) {
        draft.forgetAnswer();
        return draft.give(request.app().media().answer(value, headers(), request), this);
    }

    /** Answers with bytes of the given media type; they are not copied: do not change them afterwards. */
    public CompletionStage<Void> content(byte[] content, String contentType) {
        return draft.give(Answer.of(content, contentType), this);
    }

    /**
     * Answers with what a publisher gives: strings in UTF-8, byte arrays or byte buffers, each sent as it comes.
     *
     * <p>It is asked for more as the client takes what there is, and cancelled when the client has gone. The head goes
     * out with the first piece, an empty one too; an error before it is answered like that of a view, one after it
     * breaks the connection off. Two buffers may be the answer's at a time: each further request gives back the oldest.
     */
    public CompletionStage<Void> stream(Flow.Publisher<?> publisher) {
        return draft.give(Streamed.ofChunks(publisher), this);
    }

    /**
     * Answers with the items of a stream at hand, strings in UTF-8, byte arrays or byte buffers, gathered into pieces.
     *
     * <p>It is read on threads that may block, no faster than the client takes it, and always closed.
     *
     * @see #stream(Flow.Publisher)
     */
    public CompletionStage<Void> stream(Stream<?> items) {
        return draft.give(Streamed.ofChunks(items, request.executor(), request), this);
    }

    /**
     * Answers with what a blocking writer writes, on a virtual thread from JDK 21 on, else on one of at most 256 threads.
     *
     * <p>It is called when the body goes out: not for HEAD, nor with a status or a {@link #contentLength(long)} of nothing.
     *
     * @see #stream(Flow.Publisher)
     */
    public CompletionStage<Void> write(BodyWriter writer) {
        return draft.give(
                Streamed.ofWriter(writer, request.dispatcher().threads().blocking()), this);
    }

    /** Answers with a stream of events that a handler sends; see {@link #events(EventQueue, EventsHandler)}. */
    public CompletionStage<Void> events(EventsHandler handler) {
        return events(EventQueue.STANDARD, handler);
    }

    /**
     * Answers with a stream of events (HTML standard, section 9.2), which stays open until it is closed, the client goes or
     * the app stops.
     *
     * <p>The answer is not to be cached unless {@code Cache-Control} is set.
     *
     * @param queue how many events may wait for this client; unless given, 256, and the connection of one that is
     *     slower is closed
     */
    public CompletionStage<Void> events(EventQueue queue, EventsHandler handler) {
        return draft.give(
                Answer.events(Streamed.of(
                        new EventStream(handler, queue, request, request.app().settings()))),
                this);
    }

    /** Answers with the events of a publisher, which is asked for the next one as the client takes them. */
    public CompletionStage<Void> eventStream(Flow.Publisher<ServerEvent> publisher) {
        return events(EventQueue.waiting(1), events -> publisher.subscribe(new EventSubscriber(events)));
    }

    /**
     * Answers with a file: all of it, the ranges that the request asks for, or word that it need not be sent again (RFC
     * 9110, sections 13 and 14).
     *
     * <p>It gets {@code Last-Modified}, an {@code ETag} and the type of its extension unless these are set before. With a
     * status other than 200, or in answer to another method than GET and HEAD, it is sent as it is. It is read on
     * threads that may block, in pieces of 32 KB, no faster than the client takes them. If another version takes its place
     * before the first of them, the answer is an error.
     *
     * @throws HttpError 404 if it is no regular file that may be read
     * @throws IllegalArgumentException for an {@code ETag} without quotes, or a {@code Last-Modified} that is no date
     * @throws UncheckedIOException if the file system fails
     */
    public CompletionStage<Void> file(Path file) {
        draft.forgetAnswer();
        return draft.give(Answer.file(file, draft.attachmentType(), head(), request), this);
    }

    /** Answers with a static file, in the form that was found for the request. */
    CompletionStage<Void> file(StaticFile file) {
        draft.forgetAnswer();
        return draft.give(Answer.file(file, head(), request), this);
    }

    /**
     * Lets a browser save the answer under that name (RFC 6266), whose extension says what a stream or a file is unless
     * the {@code Content-Type} is set.
     *
     * @param fileName reduced to its last segment
     */
    public Response attachment(String fileName) {
        draft.attachmentType(MediaTypes.of(fileName));
        return header("Content-Disposition", ContentDisposition.attachment(fileName));
    }

    /** Lets a browser show the answer, and suggests that name should it be saved; else as {@link #attachment}. */
    public Response inline(String fileName) {
        draft.attachmentType(MediaTypes.of(fileName));
        return header("Content-Disposition", ContentDisposition.inline(fileName));
    }

    /**
     * Declares how many bytes the stream or the writer of the next answer will give, for the client to see its progress;
     * one that gives another number breaks off.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Response contentLength(long length) {
        draft.checkOpen();
        if (length < 0) {
            throw new IllegalArgumentException(
                    "contentLength: expected 0 or more bytes, got '" + length + "'. Leave it out if it is not known.");
        }
        draft.streamLength(length);
        return this;
    }

    /**
     * Lets a task run after the answer has been sent, or broken off, after those added earlier, on a thread that may
     * block.
     *
     * <p>It runs before the files of an upload are deleted. A failure is logged. An error in place of the answer takes
     * its tasks back. A server that stops waits for them within {@link Settings#gracePeriod}.
     */
    public Response background(Task task) {
        draft.following().background(task);
        return this;
    }

    /** Lets a task run if the client goes before it has the whole answer, on a thread that may block. */
    public Response onDisconnect(Task task) {
        draft.following().onDisconnect(task);
        return this;
    }

    /** Answers without a body, with 204 No Content unless a status is set. */
    public CompletionStage<Void> empty() {
        return draft.give(head().isOfError() ? Answer.NONE : Answer.EMPTY, this);
    }

    /**
     * Answers with a redirect, 302 Found unless 301, 303, 307 or 308 is set (RFC 9110, section 15.4).
     *
     * @param location a path of this app, from its slash, which is completed with {@link Request#basePath} and
     *     {@link Request#mountPath}; or a URL with its scheme. What may not stand in a URI is percent-encoded
     * @throws IllegalArgumentException for {@code //host}: another host has to be named with its scheme
     */
    public CompletionStage<Void> redirect(String location) {
        draft.forgetAnswer();
        return draft.give(Answer.redirect(Redirect.resolve(location, request), head()), this);
    }

    /** Answers with a redirect to a URI as it is, {@code req.urlFor("home")}; else as {@link #redirect(String)}. */
    public CompletionStage<Void> redirect(URI uri) {
        draft.forgetAnswer();
        return draft.give(Answer.redirect(Redirect.resolve(uri), head()), this);
    }

    /** For servers: the length to declare, for HEAD that which GET would get, 0 for 205; -1 for none (RFC 9110, section 8.6). */
    public long bodyLength() {
        return Head.allowsBody(status()) ? draft.answer().length() : status() == 205 ? 0 : -1;
    }

    /** For servers: whether the body goes out at all, not to HEAD, not with 204, 205 or 304 (RFC 9110, sections 9.3.2 and 15). */
    public boolean sendsBody() {
        return draft.answer().length() != 0
                && Head.allowsBody(status())
                && !request.method().equals("HEAD");
    }

    /** For servers: the answer to an error of the {@link #bodyStream} of this one, nothing of which has been sent. */
    public Response insteadAfter(Throwable error) {
        discard();
        draft.returnToGiver();
        Response giver = draft.giver(this);
        Response instead = giver.errors.instead(giver.request, giver, error);
        instead.goOut();
        return instead;
    }

    /** For servers: whether a task follows, before which the answer has to be flushed. */
    public boolean isFollowedByTasks() {
        Afterwards owed = draft.afterwards();
        return owed != null && !owed.isEmpty(false);
    }

    /**
     * For servers: ends the exchange, on whatever thread; called when the answer has been sent, or broken off, while
     * {@link Exchange#execute} still works. Does nothing the second time.
     *
     * @param failure why it broke off, a {@link ClientDisconnect} if that is the client's doing; null if it was sent
     * @param bytes how much of the body was written
     * @return completes when the tasks that follow have run
     */
    public CompletionStage<Void> sent(@Nullable Throwable failure, long bytes) {
        discard();
        return request.lifetime().end(request, this, draft.afterwards(), failure, bytes);
    }

    /** What it is the response to, for logs. */
    @Override
    public String toString() {
        return request.toString();
    }

    /** Takes back the answer for an error handler to give another one. */
    void reset() {
        draft.reset();
    }

    /** The same response, as the code of the app has it that has that request. */
    Response in(Request inside, Errors errors) {
        return inside == request ? this : new Response(inside, errors, draft);
    }

    /** A response for an error handler in the place of this one, which somebody late may still hold and change. */
    Response successor() {
        return new Response(request, errors, draft.successor());
    }

    Draft draft() {
        return draft;
    }

    Head head() {
        return draft.head();
    }

    /** For middleware: whether it has gone out, or another has taken its place, such as that to a timeout: it is final. */
    public boolean hasEnded() {
        return draft.hasEnded();
    }

    /** Lets go of the source of a body that nobody will send. */
    void discard() {
        draft.discard();
    }

    /** Refuses every use from here on, whoever is using it at this moment. */
    void end() {
        draft.end();
    }

    /** Fixes the response as it goes out; length and framing are the server's. */
    void goOut() {
        headers().remove("Content-Length").remove("Transfer-Encoding");
        end();
    }
}
