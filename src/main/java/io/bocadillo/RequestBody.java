package io.bocadillo;

import io.bocadillo.routing.Printable;
import io.bocadillo.streams.FailedPublisher;
import io.bocadillo.streams.MappedPublisher;
import java.io.IOException;
import java.lang.reflect.Type;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
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

    /** Each byte gives its body that much time: 500 of them a second, as the mod_reqtimeout of Apache has it. */
    private static final long NANOS_PER_BYTE = TimeUnit.SECONDS.toNanos(1) / 500;

    private final Request request;
    private final @Nullable Route route;
    private final Settings settings;

    /** What is under way; read by the timeout too, from another thread. */
    private volatile @Nullable CompletionStage<?> reading;

    private @Nullable CompletionStage<byte[]> whenBytes;
    private @Nullable CompletionStage<Form> whenForm;
    private byte @Nullable [] bytes;
    private @Nullable Form form;
    private volatile @Nullable Exchange source;
    private volatile @Nullable RequestStream stream;
    private volatile @Nullable FormReader formReader;
    private volatile long readAt;
    private volatile boolean closed;

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
            if (request.exchange().hasBody()) {
                throw notRead("body", "whenBody()");
            }
            read = NOTHING;
            bytes = read;
        }
        return read;
    }

    String text() {
        Charset charset = ContentType.of(contentType()).charset();
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes())).toString();
        } catch (CharacterCodingException malformed) {
            throw new HttpError(400, "body: expected " + charset + " text, got bytes that are none.");
        }
    }

    <T> T json(Type type, Json codec) {
        if (!ContentType.of(contentType()).isJson()) {
            throw unsupported(ContentType.JSON);
        }
        return codec.decode(bytes(), type);
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
            boolean isThere = bytes != null || !request.exchange().hasBody();
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
            if (isMultipart() && whenBytes == null && request.exchange().hasBody()) {
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
        HttpError coded = contentCoding();
        if (coded != null) {
            throw coded;
        }
        return Part.publisher(
                stream(),
                contentType(),
                settings.multipartLimits(),
                thrown -> LOG.error("{}: the subscriber of its parts failed", request, thrown));
    }

    boolean isReading() {
        CompletionStage<?> begun = reading;
        return begun != null && !begun.toCompletableFuture().isDone();
    }

    /**
     * From when the timeout of a request that began at {@code start} counts.
     *
     * <p>Of a stream, whose subscriber decides how fast it comes, that is the last piece. What is read to its end here has
     * as much more time as its bytes have earned: a steady client is not cut off, one that sends a byte now and then is.
     * Once all is read they earn nothing more, and the view has the whole timeout at most.
     */
    long lastPiece(long start) {
        RequestStream opened = stream;
        if (reading == null) {
            return opened == null ? start : opened.lastPiece();
        }
        Exchange exchange = source;
        long received = opened != null ? opened.received() : exchange != null ? exchange.received() : 0;
        long passed = (isReading() ? System.nanoTime() : readAt) - start;
        return received == 0 ? start : start + Math.min(received * NANOS_PER_BYTE, passed);
    }

    /** Whether {@link #close} has a disk to wait for; asking waits for nothing. */
    boolean hasFiles() {
        FormReader reader = formReader;
        return reader != null && reader.isOnDisk();
    }

    /** Deletes the files of a form. */
    void close() {
        closed = true;
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
        if (!request.exchange().hasBody()) {
            return CompletableFuture.completedFuture(bytes());
        }
        HttpError coded = contentCoding();
        if (coded != null) {
            return CompletableFuture.failedFuture(coded);
        }
        Exchange exchange = request.exchange();
        source = exchange;
        return exchange.body(limit(settings.maxBody())).whenComplete((all, failure) -> {
            readAt = System.nanoTime();
            bytes = all;
        });
    }

    private CompletionStage<Form> readForm() {
        try {
            HttpError coded = contentCoding();
            if (coded != null) {
                throw coded;
            }
            FormReader reader = newReader();
            open(limit(settings.maxUpload())).subscribe(reader);
            return reader.form().whenComplete((all, failure) -> {
                readAt = System.nanoTime();
                form = all;
            });
        } catch (HttpError refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private Flow.Publisher<ByteBuffer> open(long limit) {
        String announced = request.exchange().header("Content-Length");
        Flow.Publisher<ByteBuffer> pieces;
        if (announced != null && Long.parseLong(announced) > limit) {
            pieces = new FailedPublisher<>(HttpError.contentTooLarge(limit));
        } else if (request.exchange().hasBody()) {
            pieces = request.exchange().bodyStream();
        } else {
            pieces = new MappedPublisher<>(HttpRequest.BodyPublishers.noBody(), piece -> piece);
        }
        RequestStream opened = new RequestStream(pieces, limit);
        stream = opened;
        return opened;
    }

    /** A reader whose files are deleted at the end of the exchange, also if that comes at this very moment. */
    private FormReader newReader() {
        FormReader reader = new FormReader(contentType(), settings);
        formReader = reader;
        if (closed) {
            close();
            throw new IllegalStateException("form of " + request
                    + ": expected use before the end of the exchange, got it after. Read what you need before.");
        }
        return reader;
    }

    private Form parse(byte[] all) {
        if (all.length == 0) {
            return Form.of(Map.of());
        }
        if (isMultipart()) {
            FormReader reader = newReader();
            reader.onNext(ByteBuffer.wrap(all));
            reader.onComplete();
            return Stages.value(reader.form());
        }
        ContentType type = ContentType.of(contentType());
        if (!type.type().equals(ContentType.FORM)) {
            throw unsupported(ContentType.FORM + " or multipart/form-data");
        }
        return Form.of(UrlEncoded.form(all, type.charset(), settings.maxFormFields()));
    }

    private String contentType() {
        String type = request.firstHeader("Content-Type");
        return type == null ? "" : type;
    }

    private boolean isMultipart() {
        String type = request.exchange().header("Content-Type");
        int end = type == null ? 0 : type.indexOf(';');
        return type != null
                && type.substring(0, end < 0 ? type.length() : end).strip().equalsIgnoreCase(ContentType.MULTIPART);
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
