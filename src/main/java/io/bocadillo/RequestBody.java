package io.bocadillo;

import io.bocadillo.routing.Printable;
import io.bocadillo.streams.FailedPublisher;
import io.bocadillo.streams.MappedPublisher;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of one request, which is taken in one way alone.
 *
 * <pre>
 *   UNREAD ── whenBytes() ──▶ READING ── all is there ──▶ READ
 *      │
 *      ├── whenForm() of a multipart form ──▶ PARSING ── all is there ──▶ PARSED
 *      │
 *      └── stream(), parts() ──▶ STREAMED
 * </pre>
 */
final class RequestBody {

    private static final Logger LOG = LoggerFactory.getLogger(App.class);
    private static final byte[] NOTHING = {};

    private final Request request;
    private final @Nullable Route route;
    private final Settings settings;

    /** What is under way; read by the timeout too, from another thread. */
    private volatile @Nullable CompletionStage<?> reading;

    private @Nullable CompletionStage<byte[]> whenBytes;
    private @Nullable CompletionStage<Form> whenForm;
    private byte @Nullable [] bytes;
    private @Nullable Form form;
    private volatile @Nullable RequestStream stream;
    private volatile @Nullable FormReader formReader;

    RequestBody(Request request, @Nullable Route route, Settings settings) {
        this.request = request;
        this.route = route;
        this.settings = settings;
    }

    /** What hooks and views wait for. */
    CompletionStage<?> whenRead() {
        return isMultipart() && whenBytes == null ? whenForm() : whenBytes();
    }

    byte[] bytes() {
        byte[] read = bytes;
        if (read == null) {
            if (request.hasBody()) {
                throw notRead("body", "whenBody()");
            }
            read = NOTHING;
            bytes = read;
        }
        return read;
    }

    CompletionStage<byte[]> whenBytes() {
        CompletionStage<byte[]> begun = whenBytes;
        if (begun == null) {
            checkUnread();
            begun = readBytes();
            whenBytes = begun;
            reading = begun;
        }
        return begun;
    }

    Form form() {
        Form read = form;
        if (read == null) {
            boolean isThere = bytes != null || !request.hasBody();
            if (!isThere) {
                throw notRead("form", "whenForm()");
            }
            read = parse(bytes());
            form = read;
        }
        return read;
    }

    CompletionStage<Form> whenForm() {
        CompletionStage<Form> begun = whenForm;
        if (begun == null) {
            if (isMultipart() && whenBytes == null && request.hasBody()) {
                checkUnread();
                begun = readForm();
                reading = begun;
            } else {
                begun = whenBytes().thenApply(read -> form());
            }
            whenForm = begun;
        }
        return begun;
    }

    Flow.Publisher<ByteBuffer> stream() {
        if (!isStreaming()) {
            throw new IllegalStateException("stream of " + request
                    + ": expected a route that streams, got one that reads the body. Add .streaming() to the route.");
        }
        checkUnread();
        return open(limit(Long.MAX_VALUE));
    }

    Flow.Publisher<Part> parts() {
        if (!isMultipart()) {
            throw unsupported("multipart/form-data");
        }
        return Part.publisher(stream(), contentType(), settings.multipartLimits());
    }

    boolean isReading() {
        CompletionStage<?> begun = reading;
        return begun != null && !begun.toCompletableFuture().isDone();
    }

    long lastPiece(long start) {
        RequestStream opened = isStreaming() ? stream : null;
        return opened == null ? start : opened.lastPiece();
    }

    /** Deletes the files of a form. */
    void close() {
        FormReader reader = formReader;
        if (reader != null) {
            try {
                reader.close();
            } catch (IOException undeleted) {
                LOG.error("{}: a temporary file was not deleted", request, undeleted);
            }
        }
    }

    private CompletionStage<byte[]> readBytes() {
        if (!request.hasBody()) {
            return CompletableFuture.completedFuture(bytes());
        }
        HttpError coded = contentCoding();
        if (coded != null) {
            return CompletableFuture.failedFuture(coded);
        }
        return request.exchange().body(limit(settings.maxBody())).thenApply(all -> {
            bytes = all;
            return all;
        });
    }

    private CompletionStage<Form> readForm() {
        try {
            HttpError coded = contentCoding();
            if (coded != null) {
                throw coded;
            }
            FormReader reader = new FormReader(contentType(), settings);
            formReader = reader;
            open(limit(settings.maxUpload())).subscribe(reader);
            return reader.form().thenApply(all -> {
                form = all;
                return all;
            });
        } catch (HttpError refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private Flow.Publisher<ByteBuffer> open(long limit) {
        String announced = request.exchange().header("Content-Length");
        if (announced != null && Long.parseLong(announced) > limit) {
            return new FailedPublisher<>(HttpError.contentTooLarge(limit));
        }
        RequestStream opened = new RequestStream(
                request.hasBody()
                        ? request.exchange().bodyStream()
                        : new MappedPublisher<>(HttpRequest.BodyPublishers.noBody(), piece -> piece),
                limit);
        stream = opened;
        return opened;
    }

    private Form parse(byte[] all) {
        if (all.length == 0) {
            return Form.of(Map.of());
        }
        if (isMultipart()) {
            FormReader reader = new FormReader(contentType(), settings);
            formReader = reader;
            reader.onNext(ByteBuffer.wrap(all));
            reader.onComplete();
            return Stages.value(reader.form());
        }
        ContentType type = ContentType.of(contentType());
        if (!type.type().equals(ContentType.FORM)) {
            throw unsupported(ContentType.FORM + " or multipart/form-data");
        }
        String text = new String(all, StandardCharsets.ISO_8859_1);
        return Form.of(UrlEncoded.form(text, type.charset(), settings.maxFormFields()));
    }

    private String contentType() {
        String type = request.headers().get("Content-Type");
        return type == null ? "" : type;
    }

    private boolean isMultipart() {
        String type = request.exchange().header("Content-Type");
        return type != null && type.regionMatches(true, 0, ContentType.MULTIPART, 0, ContentType.MULTIPART.length());
    }

    private boolean isStreaming() {
        return route != null && route.isStreaming();
    }

    private long limit(long standard) {
        return route == null ? standard : route.maxBodyOr(standard);
    }

    private void checkUnread() {
        if (reading != null || stream != null) {
            throw new IllegalStateException("body of " + request + ": expected to be taken once, got a second time."
                    + " Keep what the first call returned.");
        }
    }

    private IllegalStateException notRead(String what, String remedy) {
        String got = isStreaming()
                ? "a route that streams it. Take stream() or parts(), or compose on " + remedy + "."
                : whenForm != null
                        ? "a multipart form. Take form()."
                        : "'not read yet'. Middleware runs before the body is read: compose on " + remedy + ".";
        return new IllegalStateException(what + " of " + request + ": expected to be read, got " + got);
    }

    private HttpError unsupported(String expected) {
        return new HttpError(
                415, "Content-Type: expected " + expected + ", got '" + Printable.of(contentType()) + "'.");
    }

    /** RFC 9110, section 15.5.16: the answer says which codings would have done. */
    private @Nullable HttpError contentCoding() {
        String encoding = request.exchange().header("Content-Encoding");
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return null;
        }
        return new HttpError(
                        415,
                        "Content-Encoding: expected none, got '" + Printable.of(encoding) + "'. Send the body plain.")
                .header("Accept-Encoding", "identity");
    }
}
