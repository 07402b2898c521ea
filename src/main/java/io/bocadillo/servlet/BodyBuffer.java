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
 * costs little. It never grows past the announced length, so that of an honest client needs no copy at the end; nor past the
 * limit: the byte beyond it is read to be told, and not kept.
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
        this.limit = Math.min(limit, LONGEST_ARRAY);
        this.bytes = new byte[Math.min(FIRST_CHUNK, longest())];
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
        if (isFull && read > 0 && count < limit) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(2L * bytes.length, longest()));
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
        if (wantsMore()) {
            body.complete(count == bytes.length ? bytes : Arrays.copyOf(bytes, count));
        }
    }

    @Override
    public void fail(Throwable failure) {
        body.completeExceptionally(failure);
    }

    /** What the array may grow to; a form that a filter has read may come back longer than it was announced. */
    private int longest() {
        return (int) (announced > count ? Math.min(announced, limit) : limit);
    }
}
