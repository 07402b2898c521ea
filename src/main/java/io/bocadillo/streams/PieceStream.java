package io.bocadillo.streams;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a blocking writer writes to: gathers pieces of 16 KB, hands them over, and blocks while two are not yet taken.
 *
 * <pre>
 *   OPEN ── close() ──▶ CLOSED
 *    │                    │
 *    ├────────────────────┴── the writer returned ──▶ RETURNED
 *    │                    │
 *    └────────────────────┴── nobody takes more ────▶ ABANDONED
 * </pre>
 *
 * <p>Blocks on a condition, not on a monitor, which virtual threads would be pinned by; {@code arrival} and {@code
 * disconnect} are called without the lock.
 */
final class PieceStream extends OutputStream {

    private static final int MOST_UNTAKEN = 2;

    private enum State {
        OPEN,
        CLOSED,
        RETURNED,
        ABANDONED
    }

    private final Runnable arrival;
    private final Supplier<? extends IOException> disconnect;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final Queue<ByteBuffer> untaken = new ArrayDeque<>();
    private final Piece gathered = new Piece();
    private State state = State.OPEN;
    private @Nullable Throwable failure;

    /**
     * Makes an open one.
     *
     * @param arrival is told that there is something to take, or the end
     * @param disconnect what to throw at the writer when nobody takes any more
     */
    PieceStream(Runnable arrival, Supplier<? extends IOException> disconnect) {
        this.arrival = arrival;
        this.disconnect = disconnect;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int written = 0;
        do {
            written += gather(bytes, offset + written, length - written);
        } while (written < length);
    }

    /** Hands over what is there at once. */
    @Override
    public void flush() throws IOException {
        State met;
        lock.lock();
        try {
            met = handOver();
        } finally {
            lock.unlock();
        }
        proceed(met);
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (state == State.CLOSED || state == State.RETURNED) {
                return;
            }
        } finally {
            lock.unlock();
        }
        flush();
        move(State.CLOSED);
    }

    /** The writer has returned, or failed if that is not null; its thread waits for nobody any more. */
    void end(@Nullable Throwable failure) {
        lock.lock();
        try {
            this.failure = failure;
            if (failure == null && !gathered.isEmpty() && state != State.ABANDONED) {
                untaken.add(gathered.take());
            }
        } finally {
            lock.unlock();
        }
        move(State.RETURNED);
        arrival.run();
    }

    /** Nobody takes any more: the writer is told at its next write, or in the one that blocks. */
    void abandon() {
        lock.lock();
        try {
            untaken.clear();
        } finally {
            lock.unlock();
        }
        move(State.ABANDONED);
    }

    /** Takes the next piece; null when there is none now. */
    @Nullable
    ByteBuffer poll() {
        lock.lock();
        try {
            ByteBuffer piece = untaken.poll();
            change.signal();
            return piece;
        } finally {
            lock.unlock();
        }
    }

    /** Whether all is taken and the writer has returned; throws what it failed with. */
    boolean isAtEnd() throws Throwable {
        lock.lock();
        try {
            if (state != State.RETURNED || !untaken.isEmpty()) {
                return false;
            }
            if (failure != null) {
                throw failure;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private int gather(byte[] bytes, int offset, int length) throws IOException {
        int count = 0;
        State met;
        lock.lock();
        try {
            met = state;
            if (met == State.OPEN) {
                count = gathered.add(bytes, offset, length);
                if (gathered.room() > 0) {
                    return count;
                }
                met = handOver();
            }
        } finally {
            lock.unlock();
        }
        proceed(met);
        return count;
    }

    /** Waits for room and hands over what is gathered, unless the state it returns is another than OPEN. */
    private State handOver() throws IOException {
        while (state == State.OPEN && untaken.size() >= MOST_UNTAKEN && !gathered.isEmpty()) {
            try {
                change.await();
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("write: expected the client to take it, got an interrupt.");
            }
        }
        if (state == State.OPEN && !gathered.isEmpty()) {
            untaken.add(gathered.take());
        }
        return state;
    }

    private void proceed(State met) throws IOException {
        switch (met) {
            case OPEN -> arrival.run();
            case ABANDONED -> throw disconnect.get();
            case CLOSED -> throw new IOException("write: expected an open stream, got a closed one. Close it last.");
            case RETURNED ->
                throw new IOException("write: expected it before the writer returns, got it after."
                        + " Return when everything is written.");
        }
    }

    private void move(State next) {
        lock.lock();
        try {
            if (state == State.OPEN || state == State.CLOSED && next != State.CLOSED) {
                state = next;
            }
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
