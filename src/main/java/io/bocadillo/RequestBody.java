package io.bocadillo;

import io.bocadillo.routing.Printable;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request, which is taken in one way alone.
 *
 * <pre>
 *   UNREAD ── whenBytes() ──▶ READING ── all is there ──▶ READ
 *      │
 *      └── stream() ────────▶ STREAMED
 * </pre>
 */
final class RequestBody {

    private static final byte[] NOTHING = {};

    private final Request request;
    private final @Nullable Route route;
    private final Settings settings;

    /** Read by the timeout too, from another thread. */
    private volatile @Nullable CompletionStage<byte[]> reading;

    private byte @Nullable [] bytes;
    private volatile @Nullable RequestStream stream;

    RequestBody(Request request, @Nullable Route route, Settings settings) {
        this.request = request;
        this.route = route;
        this.settings = settings;
    }

    byte[] bytes() {
        byte[] read = bytes;
        if (read == null) {
            if (request.hasBody()) {
                throw new IllegalStateException("body of " + request + ": expected to be read, got "
                        + (isStreaming()
                                ? "a route that streams it. Take stream(), or compose on whenBody()."
                                : "'not read yet'. Middleware runs before the body is read: compose on whenBody()."));
            }
            read = NOTHING;
            bytes = read;
        }
        return read;
    }

    CompletionStage<byte[]> whenBytes() {
        CompletionStage<byte[]> begun = reading;
        if (begun == null) {
            checkUnread();
            begun = read();
            reading = begun;
        }
        return begun;
    }

    Flow.Publisher<ByteBuffer> stream() {
        if (!isStreaming()) {
            throw new IllegalStateException("stream of " + request
                    + ": expected a route that streams, got one that reads the body. Add .streaming() to the route.");
        }
        checkUnread();
        Flow.Publisher<ByteBuffer> source =
                request.hasBody() ? request.exchange().bodyStream() : HttpRequest.BodyPublishers.noBody();
        RequestStream opened = new RequestStream(source, limit(Long.MAX_VALUE));
        stream = opened;
        return opened;
    }

    boolean isReading() {
        CompletionStage<byte[]> begun = reading;
        return begun != null && !begun.toCompletableFuture().isDone();
    }

    long lastPiece(long start) {
        RequestStream opened = stream;
        return opened == null ? start : opened.lastPiece();
    }

    private CompletionStage<byte[]> read() {
        if (!request.hasBody()) {
            return CompletableFuture.completedFuture(bytes());
        }
        String encoding = request.exchange().header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return CompletableFuture.failedFuture(unsupported(encoding));
        }
        return request.exchange().body(limit(settings.maxBody())).thenApply(all -> {
            bytes = all;
            return all;
        });
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

    /** RFC 9110, section 15.5.16: the answer says which codings would have done. */
    private static HttpError unsupported(String encoding) {
        return new HttpError(
                        415,
                        "Content-Encoding: expected none, got '" + Printable.of(encoding) + "'. Send the body plain.")
                .header("Accept-Encoding", "identity");
    }
}
