package io.bocadillo.servlet;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The time in which the objects of the container are this exchange's to use.
 *
 * <pre>
 *   OPEN (any number of threads inside) ── end() ──▶ ENDING (nobody enters) ── the last one leaves ──▶ OVER
 * </pre>
 *
 * <p>A container uses its objects again for the next request, and one of our threads that is still inside a call of them
 * would then answer somebody else. So every call is made inside, and what ends the exchange waits for those who are:
 * it is a count and not a lock, so nobody is kept out before the end.
 */
final class Lease {

    private static final int ENDING = Integer.MIN_VALUE;

    private final AtomicInteger inside = new AtomicInteger();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /** Whether the objects may be used, until {@link #leave()}. */
    boolean enter() {
        if (inside.incrementAndGet() > 0) {
            return true;
        }
        leave();
        return false;
    }

    void leave() {
        if (inside.decrementAndGet() == ENDING) {
            over.complete(null);
        }
    }

    /** Lets nobody enter any more; called once. Completes when the last one has left, on its thread. */
    CompletableFuture<Void> end() {
        if (inside.addAndGet(ENDING) == ENDING) {
            over.complete(null);
        }
        return over;
    }
}
