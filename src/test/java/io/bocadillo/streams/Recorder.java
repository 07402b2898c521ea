package io.bocadillo.streams;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps what it is told, and sees whether it is told one thing at a time and one end. */
class Recorder<T> implements Flow.Subscriber<T> {

    private static final int LIMIT_SECONDS = 60;

    final List<T> items = Collections.synchronizedList(new ArrayList<>());

    private final long demand;
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile @Nullable String violation;

    /** With what it requests at first, 0 for nothing. */
    Recorder(long demand) {
        this.demand = demand;
    }

    static <T> Recorder<T> of(Flow.Publisher<T> publisher, long demand) {
        Recorder<T> recorder = new Recorder<>(demand);
        publisher.subscribe(recorder);
        return recorder;
    }

    void request(long n) {
        subscription.request(n);
    }

    /** Requests one item after the other, on two threads at once, until the end. */
    void requestByTwoThreads() {
        Runnable requests = () -> {
            while (!hasEnded()) {
                request(1);
                Thread.yield();
            }
        };
        Given.THREADS.execute(requests);
        requests.run();
    }

    void cancel() {
        subscription.cancel();
    }

    boolean hasEnded() {
        return ends.get() > 0;
    }

    /** Waits for the end, and returns the failure, or null if all is well. */
    @Nullable
    Throwable awaitEnd() throws Exception {
        try {
            end.get(LIMIT_SECONDS, SECONDS);
            return null;
        } catch (ExecutionException failure) {
            return failure.getCause();
        }
    }

    /** Fails if a rule was broken. */
    void check() {
        if (violation != null) {
            throw new AssertionError(violation);
        }
    }

    /** For tests that do something with each item. */
    void take(T item) {
        items.add(item);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        enter();
        this.subscription = subscription;
        if (demand > 0) {
            subscription.request(demand);
        }
        leave();
    }

    @Override
    public void onNext(T item) {
        enter();
        take(item);
        leave();
    }

    @Override
    public void onError(Throwable failure) {
        end();
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end();
        end.complete(null);
    }

    private void enter() {
        if (inside.incrementAndGet() != 1) {
            violation = "two signals at once";
        }
        if (ends.get() > 0) {
            violation = "a signal after the end";
        }
    }

    private void leave() {
        inside.decrementAndGet();
    }

    private void end() {
        enter();
        if (ends.incrementAndGet() > 1) {
            violation = "two ends";
        }
        leave();
    }
}
