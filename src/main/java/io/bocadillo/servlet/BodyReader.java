package io.bocadillo.servlet;

import io.bocadillo.HttpError;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * Reads a body into memory as it arrives, up to a limit. What is left when the answer has gone out it drops, because a
 * container would wait for it on one of its threads.
 *
 * <pre>
 *   READING ── end of the body ──▶ COMPLETE
 *      │
 *      ├── read failed ──────────▶ FAILED
 *      │
 *      └── limit passed ─────────▶ STOPPED ── drop() ──▶ DROPPING ── end of the body ──▶ COMPLETE
 * </pre>
 *
 * <p>The array grows with what has arrived, not with what was announced: a client that announces much and sends little
 * costs little. It never grows past the announced length, so that of an honest client needs no copy at the end.
 */
final class BodyReader implements ReadListener {

    private static final int FIRST_CHUNK = 8 * 1024;
    private static final long UNKNOWN = -1;

    /** Then it stops; with a body up to the standard limit before it, that is less than Undertow takes at all. */
    private static final long MOST_DROPPED = 512 * 1024;

    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final HttpServletRequest request;
    private final ServletInputStream in;
    private final boolean filtered;
    private final long announced;
    private final long limit;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private final SerialTask reading = new SerialTask(this::readWhileReady);
    private byte[] bytes;
    private int count;
    private long dropped;
    private volatile boolean dropping;

    BodyReader(HttpServletRequest request, long limit) throws IOException {
        this.request = request;
        this.in = request.getInputStream();
        this.filtered = FilterStream.is(in, request);
        this.announced = filtered ? UNKNOWN : request.getContentLengthLong();
        this.limit = Math.min(limit, LONGEST_ARRAY - 1);
        this.bytes = new byte[(int) (announced <= 0 ? FIRST_CHUNK : Math.min(FIRST_CHUNK, announced))];
    }

    /** HTTP/1.1 announces a body (RFC 9112, section 6); later versions do not, there only the stream knows. */
    static boolean isBodyIn(HttpServletRequest request) {
        long announced = request.getContentLengthLong();
        if (announced >= 0) {
            return announced > 0;
        }
        return request.getHeader("Transfer-Encoding") != null
                || !request.getProtocol().startsWith("HTTP/1") && isStreamOpen(request);
    }

    /** Whether it is known where the body ends. */
    static boolean isCodingKnown(HttpServletRequest request) {
        String coding = request.getHeader("Transfer-Encoding");
        return coding == null || coding.equalsIgnoreCase("chunked");
    }

    private static boolean isStreamOpen(HttpServletRequest request) {
        try {
            return !request.getInputStream().isFinished();
        } catch (IOException | IllegalStateException unreadable) {
            return false;
        }
    }

    /** The whole body; fails with {@link HttpError} 413 or 400. Completes on the thread that reads its end. */
    CompletableFuture<byte[]> body() {
        return body;
    }

    /** Starts a reader that only drops; the asynchronous mode is on. */
    static BodyReader startDropping(HttpServletRequest request) throws IOException {
        BodyReader reader = new BodyReader(request, 0);
        reader.body.cancel(false);
        reader.dropping = true;
        reader.start();
        return reader;
    }

    /** Drops what comes from here on; the future says whether the body has ended well. */
    CompletableFuture<Boolean> drop() {
        dropping = true;
        reading.signal();
        return end.copy();
    }

    boolean isAtEnd() {
        return end.isDone();
    }

    /** Whether the client has broken off, or sent what is no body; containers then commit the response by themselves. */
    boolean hasFailed() {
        return end.isDone() && !end.join();
    }

    /** Reads as it arrives, on threads of the container; the asynchronous mode is on. */
    void start() {
        if (filtered) {
            readBlocking();
        } else {
            in.setReadListener(this);
        }
    }

    /** Reads on this thread until the end. */
    void readBlocking() {
        try {
            while (!body.isDone()) {
                if (!read()) {
                    onAllDataRead();
                }
            }
        } catch (IOException | RuntimeException failure) {
            onError(failure);
        }
    }

    @Override
    public void onDataAvailable() {
        reading.signal();
    }

    private void readWhileReady() {
        try {
            while (isWanted() && in.isReady() && read()) {}
        } catch (IOException | RuntimeException failure) {
            onError(failure);
        }
    }

    /** Containers may call this twice, or from inside {@code isReady()}. */
    @Override
    public void onAllDataRead() {
        end.complete(true);
        if (body.isDone()) {
            return;
        }
        if (count == 0 && ConsumedForm.is(request)) {
            completeWith(ConsumedForm.body(request));
        } else if (count < announced) {
            onError(new EOFException("expected " + announced + " bytes, got " + count));
        } else {
            body.complete(count == bytes.length ? bytes : Arrays.copyOf(bytes, count));
        }
    }

    /** What came is malformed or cut off, so nothing after it on this connection can be trusted (RFC 9112, 6.3). */
    @Override
    public void onError(Throwable failure) {
        end.complete(false);
        body.completeExceptionally(new HttpError(400, "body: expected to be whole, got one that breaks off.", failure)
                .header("Connection", "close"));
    }

    /** Lets whoever waits for the body know that it will not come. */
    void abandon() {
        onError(new EOFException("the exchange is over"));
    }

    private boolean isWanted() {
        return !end.isDone() && (!body.isDone() || dropping && dropped < MOST_DROPPED);
    }

    /** Reads what is there; false at the end. */
    private boolean read() throws IOException {
        return body.isDone() ? dropNext() : keep();
    }

    private boolean keep() throws IOException {
        boolean isFull = count == bytes.length;
        // Never the single-byte read(): on Tomcat it fails when only the head of a chunk is there.
        byte[] next = isFull ? new byte[1] : bytes;
        int read = isFull ? in.read(next) : in.read(bytes, count, bytes.length - count);
        if (read < 0) {
            return false;
        }
        if (isFull && read > 0) {
            grow();
            bytes[count] = next[0];
        }
        count += read;
        if (count > limit) {
            body.completeExceptionally(HttpError.contentTooLarge(limit));
        }
        return true;
    }

    private boolean dropNext() throws IOException {
        int read = in.read(bytes);
        dropped += Math.max(0, read);
        return read >= 0;
    }

    private void completeWith(byte[] form) {
        if (form.length > limit) {
            body.completeExceptionally(HttpError.contentTooLarge(limit));
        } else {
            body.complete(form);
        }
    }

    private void grow() {
        long doubled = 2L * bytes.length;
        long length = announced > count ? Math.min(doubled, announced) : doubled;
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, LONGEST_ARRAY));
    }
}
