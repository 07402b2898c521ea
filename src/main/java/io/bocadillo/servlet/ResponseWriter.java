package io.bocadillo.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a body as fast as the client takes it, without holding a thread.
 *
 * <pre>
 *   WRITING ── the last piece is flushed ──▶ DONE
 *      │
 *      └── write or publisher failed, or the client takes nothing for too long ──▶ DONE, with the failure
 * </pre>
 */
final class ResponseWriter implements WriteListener {

    /** What is handed over at once: until the container takes more, it may keep a copy of that size. */
    private static final int SLICE = 32 * 1024;

    private static final byte[] NOTHING = {};

    private final ServletOutputStream out;
    private final PieceQueue pieces;
    private final Lease lease;
    private final Consumer<@Nullable Throwable> done;
    private final SerialTask writing = new SerialTask(this::writeOrFail);
    private final IdleLimit idle;
    private ByteBuffer current = ByteBuffer.allocate(0);
    private byte[] copy = NOTHING;
    private boolean holdsPiece;
    private boolean unflushed = true;
    private volatile boolean possible;
    private boolean listening;
    private boolean over;
    private long bytes;

    /**
     * Creates a writer of the pieces in the queue, which is told of changes.
     *
     * @param done is called at least once: inside the lease with null when all is flushed, or with what went wrong
     */
    ResponseWriter(
            ServletOutputStream out,
            PieceQueue pieces,
            Lease lease,
            IdleLimit idle,
            Consumer<@Nullable Throwable> done) {
        this.out = out;
        this.pieces = pieces;
        this.lease = lease;
        this.done = done;
        this.idle = idle;
    }

    /** How much the container has taken; for whoever ends the exchange, when nobody is inside the lease. */
    long bytes() {
        return bytes;
    }

    /** There is a piece more, the end, or a failure. */
    void changed() {
        writing.signal();
    }

    /** Stops, because the exchange is over. */
    void abandon() {
        idle.stop();
        pieces.cancel();
    }

    @Override
    public void onWritePossible() {
        possible = true;
        writing.signal();
    }

    @Override
    public void onError(Throwable failure) {
        done.accept(failure);
    }

    private void writeOrFail() {
        if (over) {
            return;
        }
        try {
            if (!listening) {
                listening = true;
                inLease(this::listen);
            }
            if (over) {
                return;
            }
            if (!possible) {
                idle.waiting(true);
                return;
            }
            Throwable failure = pieces.failure();
            if (failure != null) {
                throw AbortException.brokenOff(failure);
            }
            pieces.demand(inLease(this::writePieces));
            // A publisher that has more at hand has given it by now: what can go out together does.
            if (pieces.isEmpty() && !holdsPiece) {
                inLease(this::flush);
            }
        } catch (Throwable failure) {
            over = true;
            done.accept(failure);
        }
    }

    /** Tomcat calls back from inside when this is none of its own threads. */
    private int listen() {
        out.setWriteListener(this);
        return 0;
    }

    /**
     * The number of pieces that are gone. {@code isReady()} is asked before each call and once more after the last
     * write of a piece: until then it is the container's.
     */
    private int writePieces() throws IOException {
        int gone = 0;
        while ((holdsPiece || !pieces.isEmpty()) && isReady()) {
            if (current.hasRemaining()) {
                writeSlice();
            } else {
                gone += holdsPiece ? 1 : 0;
                holdsPiece = next();
            }
        }
        return gone;
    }

    private boolean next() {
        ByteBuffer piece = pieces.poll();
        current = piece == null ? ByteBuffer.wrap(NOTHING) : piece.duplicate();
        unflushed |= piece != null;
        return piece != null;
    }

    private void writeSlice() throws IOException {
        int length = Math.min(SLICE, current.remaining());
        if (current.hasArray()) {
            out.write(current.array(), current.arrayOffset() + current.position(), length);
            current.position(current.position() + length);
        } else {
            copy = new byte[length];
            current.get(copy);
            out.write(copy);
        }
        bytes += length;
    }

    /**
     * Completing with a write pending would truncate the answer on Jetty and hang on Tomcat 10.1, so it is done when all
     * is flushed and nothing follows.
     */
    private int flush() throws IOException {
        if (unflushed && isReady()) {
            out.flush();
            unflushed = false;
        }
        if (!unflushed && pieces.isComplete() && pieces.isEmpty() && isReady()) {
            over = true;
            done.accept(null);
        }
        return 0;
    }

    private boolean isReady() {
        boolean ready = out.isReady();
        idle.waiting(!ready);
        return ready;
    }

    private int inLease(Step step) throws IOException {
        if (!lease.enter()) {
            over = true;
            return 0;
        }
        try {
            return step.run();
        } finally {
            lease.leave();
        }
    }

    private interface Step {
        int run() throws IOException;
    }
}
