package io.bocadillo.parity;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** Publishes numbered pieces as they are asked for, and tells how many were. */
final class PiecePublisher implements Flow.Publisher<Object>, Flow.Subscription {

    private final int count;
    private final IntFunction<Object> piece;
    private final Executor threads;
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger signals = new AtomicInteger();
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    private volatile int given;
    private Flow.Subscriber<? super Object> subscriber;

    PiecePublisher(int count, IntFunction<Object> piece, Executor threads) {
        this.count = count;
        this.piece = piece;
        this.threads = threads;
    }

    int given() {
        return given;
    }

    CompletableFuture<Void> cancelled() {
        return cancelled;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Object> given) {
        subscriber = given;
        given.onSubscribe(this);
        if (count == 0) {
            given.onComplete();
        }
    }

    @Override
    public void request(long n) {
        demand.addAndGet(n);
        if (signals.getAndIncrement() == 0) {
            threads.execute(this::give);
        }
    }

    @Override
    public void cancel() {
        cancelled.complete(null);
    }

    private void give() {
        int seen = signals.get();
        do {
            while (demand.get() > 0 && given < count && !cancelled.isDone()) {
                demand.decrementAndGet();
                Object next = piece.apply(given);
                given++;
                subscriber.onNext(next);
                if (given == count) {
                    subscriber.onComplete();
                }
            }
            seen = signals.addAndGet(-seen);
        } while (seen > 0);
    }
}
