package io.bocadillo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests under way, until their answers are sent and their background tasks have run. */
final class OpenExchanges {

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    /** One number, not a striped adder, whose sum may be one that there never was. */
    private final AtomicLong open = new AtomicLong();

    private final Set<Runnable> endless = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<CompletableFuture<Void>> drains = new ArrayList<>(1);
    private volatile boolean draining;

    void opened() {
        open.incrementAndGet();
    }

    void closed() {
        if (open.decrementAndGet() == 0 && draining) {
            completeDrains();
        }
    }

    long count() {
        return open.get();
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

    /** Ends what is endless; the future completes as soon as nothing is open. */
    CompletableFuture<Void> drain() {
        draining = true;
        endless.forEach(Runnable::run);
        CompletableFuture<Void> drained = new CompletableFuture<>();
        lock.lock();
        try {
            drains.add(drained);
        } finally {
            lock.unlock();
        }
        completeDrains();
        return drained;
    }

    /** The same, waited for; what is still open after that time is left to itself. */
    void drainWithin(Duration gracePeriod) {
        CompletableFuture<Void> drained = drain();
        try {
            drained.get(gracePeriod.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException unfinished) {
            LOG.warn("app: expected to be done within the grace period, got {} requests or tasks under way", count());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
        drained.cancel(false);
    }

    /** Looks under the lock, so that each of these drains has begun before nothing was open. */
    private void completeDrains() {
        List<CompletableFuture<Void>> complete;
        lock.lock();
        try {
            if (open.get() != 0) {
                return;
            }
            complete = List.copyOf(drains);
            drains.clear();
        } finally {
            lock.unlock();
        }
        complete.forEach(drained -> drained.complete(null));
    }
}
