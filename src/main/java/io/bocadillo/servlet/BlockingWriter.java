package io.bocadillo.servlet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** Writes a body on one thread, which waits: where a filter or a container leaves no other way. */
final class BlockingWriter {

    private final Semaphore changes = new Semaphore(0);
    private final PieceQueue pieces = new PieceQueue((Executor) Runnable::run, changes::release);

    PieceQueue pieces() {
        return pieces;
    }

    /** Waits until there is a piece, the end or a failure. */
    void awaitFirst() throws IOException {
        while (pieces.isEmpty() && !pieces.isComplete() && pieces.failure() == null) {
            awaitChange();
        }
    }

    void write(OutputStream out) throws IOException {
        while (true) {
            Throwable failure = pieces.failure();
            if (failure != null) {
                throw AbortException.brokenOff(failure);
            }
            boolean complete = pieces.isComplete();
            ByteBuffer piece = pieces.poll();
            if (piece != null) {
                byte[] bytes = new byte[piece.remaining()];
                piece.duplicate().get(bytes);
                out.write(bytes);
                pieces.demand(1);
            } else if (complete) {
                return;
            } else {
                out.flush();
                awaitChange();
            }
        }
    }

    private void awaitChange() throws IOException {
        try {
            changes.acquire();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it waited for more of the body", stopped);
        }
        changes.drainPermits();
    }
}
