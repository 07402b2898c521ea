package io.bocadillo.servlet;

import io.bocadillo.HttpError;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * Gathers a body in memory, up to a limit.
 *
 * <p>The array grows with what has arrived, not with what was announced: a client that announces much and sends little
 * costs little. It never grows past the announced length, so that of an honest client needs no copy at the end.
 */
final class BodyBuffer implements BodySink {

    private static final int FIRST_CHUNK = 8 * 1024;
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final long announced;
    private final long limit;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private byte[] bytes;
    private int count;

    /** Creates one for a body of the announced length, -1 if that is not known. */
    BodyBuffer(long announced, long limit) {
        this.announced = announced;
        this.limit = Math.min(limit, LONGEST_ARRAY - 1);
        this.bytes = new byte[(int) (announced <= 0 ? FIRST_CHUNK : Math.min(FIRST_CHUNK, announced))];
    }

    /** The whole body; completes on the thread that reads its end. */
    CompletableFuture<byte[]> body() {
        return body;
    }

    @Override
    public boolean wantsMore() {
        return !body.isDone();
    }

    @Override
    public int read(InputStream in) throws IOException {
        boolean isFull = count == bytes.length;
        // Never the single-byte read(): on Tomcat it fails when only the head of a chunk is there.
        byte[] next = isFull ? new byte[1] : bytes;
        int read = isFull ? in.read(next) : in.read(bytes, count, bytes.length - count);
        if (isFull && read > 0) {
            grow();
            bytes[count] = next[0];
        }
        count += Math.max(0, read);
        return read;
    }

    @Override
    public void deliver() {
        if (count > limit) {
            body.completeExceptionally(HttpError.contentTooLarge(limit));
        }
    }

    @Override
    public void end() {
        body.complete(count == bytes.length ? bytes : Arrays.copyOf(bytes, count));
    }

    @Override
    public void fail(Throwable failure) {
        body.completeExceptionally(failure);
    }

    private void grow() {
        long doubled = 2L * bytes.length;
        long length = announced > count ? Math.min(doubled, announced) : doubled;
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, LONGEST_ARRAY));
    }
}
