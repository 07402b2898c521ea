package io.bocadillo.servlet;

import io.bocadillo.ClientDisconnect;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;

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

    /**
     * Writes until the end; throws {@link ClientDisconnect} if the exchange ends before.
     *
     * @param written is told after each piece how many bytes the container has taken
     */
    void write(ServletExchange exchange, LongConsumer written) throws IOException {
        long bytes = 0;
        while (true) {
            Throwable failure = pieces.failure();
            if (failure != null) {
                throw AbortException.brokenOff(failure);
            }
            boolean complete = pieces.isComplete();
            ByteBuffer piece = pieces.poll();
            if (piece != null) {
                byte[] array = new byte[piece.remaining()];
                piece.duplicate().get(array);
                exchange.withResponse(response -> response.getOutputStream().write(array));
                bytes += array.length;
                written.accept(bytes);
                pieces.demand(1);
            } else if (complete) {
                return;
            } else {
                exchange.withResponse(response -> response.getOutputStream().flush());
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
        if (pieces.isCancelled()) {
            throw new ClientDisconnect(null);
        }
    }
}
