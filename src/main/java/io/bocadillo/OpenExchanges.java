package io.bocadillo;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The requests under way, until their answers are sent and their background tasks have run. */
final class OpenExchanges {

    private static final int POLL_MILLIS = 10;

    private final LongAdder open = new LongAdder();
    private final Set<Runnable> endless = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    void opened() {
        open.increment();
    }

    void closed() {
        open.decrement();
    }

    long count() {
        return open.sum();
    }

    /** Lets an answer that goes on until somebody ends it, know when to end. */
    void whenDraining(Runnable end) {
        endless.add(end);
        if (draining) {
            end.run();
        }
    }

    void hasEnded(Runnable end) {
        endless.remove(end);
    }

    /** Ends what is endless; the future completes when nothing is open. */
    CompletableFuture<Void> drain() {
        draining = true;
        endless.forEach(Runnable::run);
        CompletableFuture<Void> drained = new CompletableFuture<>();
        poll(drained);
        return drained;
    }

    /** A striped counter costs a request nothing, and tells nobody when it comes to zero. */
    private void poll(CompletableFuture<Void> drained) {
        if (count() == 0) {
            drained.complete(null);
        } else if (!drained.isDone()) {
            Executor later = CompletableFuture.delayedExecutor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            later.execute(() -> poll(drained));
        }
    }
}
