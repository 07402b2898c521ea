package io.bocadillo.streams;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one subscription of a publisher: takes from a {@link Source} as much as is wanted and signals one thing at a time.
 *
 * <p>Whoever changes something (demand, an item, the end, cancel) calls {@link #signal}, and one thread at a time acts
 * on it; nothing is locked while it does. Nobody acts before {@code onSubscribe} has returned.
 *
 * <pre>
 *   BUSY ── done ─────▶ IDLE ── signal ──▶ BUSY
 *     ▲ │
 *     │ └── signal ───▶ AGAIN ── done ──▶ BUSY
 *     └── before there is a subscriber
 * </pre>
 *
 * <p>A subscriber that throws breaks the rules (2.13): that cancels. Of this, and of a source that can't be released after
 * cancel, the subscriber must not be told: somebody else is, or the thread's handler of uncaught exceptions.
 */
final class Delivery<T> implements Subscription {

    private static final int IDLE = 0;
    private static final int BUSY = 1;
    private static final int AGAIN = 2;

    private final Source<T> source;
    private final Executor executor;
    private final Consumer<? super Throwable> unheard;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicInteger state = new AtomicInteger(BUSY);
    private final AtomicLong demand = new AtomicLong();
    private volatile boolean cancelled;
    private volatile @Nullable Throwable broken;

    /** Null before there is one, and again at the end (3.13); for whoever is BUSY. */
    private @Nullable Subscriber<? super T> subscriber;

    private boolean over;

    /**
     * Makes one for a source.
     *
     * @param executor polls and releases the source, and signals the subscriber
     * @param unheard is told what the subscriber can't be told
     */
    Delivery(Source<T> source, Executor executor, Consumer<? super Throwable> unheard) {
        this.source = source;
        this.executor = executor;
        this.unheard = unheard;
    }

    /** On the threads that signal. */
    Delivery(Source<T> source) {
        this(source, Runnable::run, Delivery::uncaught);
    }

    /** Serves the first subscriber, and tells others that they are late. */
    void subscribe(Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscribe: expected a subscriber, got 'null'.");
        if (!taken.compareAndSet(false, true)) {
            NoSubscription.refuse(subscriber);
            return;
        }
        this.subscriber = subscriber;
        try {
            subscriber.onSubscribe(this);
        } catch (Throwable violation) {
            cancelled = true;
            report(violation);
        }
        dispatch();
    }

    /**
     * Takes the place of the subscriber and lets go of everything, on the executor; nothing happens if there was one
     * already.
     */
    void discard() {
        if (taken.compareAndSet(false, true)) {
            cancelled = true;
            dispatch();
        }
    }

    boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void request(long n) {
        if (n > 0) {
            demand.accumulateAndGet(n, (wanted, more) -> wanted + more < 0 ? Long.MAX_VALUE : wanted + more);
        } else {
            broken = new IllegalArgumentException(
                    "request: expected a positive number (Reactive Streams, rule 3.9), got '" + n + "'.");
        }
        signal();
    }

    @Override
    public void cancel() {
        cancelled = true;
        signal();
    }

    /** Says that there is something to look at. */
    void signal() {
        if (state.get() != AGAIN && state.getAndUpdate(now -> Math.min(now + 1, AGAIN)) == IDLE) {
            dispatch();
        }
    }

    private void dispatch() {
        try {
            executor.execute(this::run);
        } catch (Throwable rejected) {
            broken = rejected;
            run();
        }
    }

    private void run() {
        do {
            state.set(BUSY);
            while (!over && step()) {}
        } while (!state.compareAndSet(BUSY, IDLE));
    }

    /** Does what comes next; false when that has to wait for a signal. */
    private boolean step() {
        if (cancelled || broken != null) {
            over(broken);
            return false;
        }
        T item;
        boolean atEnd;
        try {
            item = demand.get() > 0 ? source.poll() : null;
            atEnd = item == null && source.isAtEnd();
        } catch (Throwable failure) {
            over(failure);
            return false;
        }
        if (atEnd) {
            over(null);
        } else if (item != null && !cancelled) {
            next(item);
        }
        return item != null;
    }

    private void next(T item) {
        demand.updateAndGet(wanted -> wanted == Long.MAX_VALUE ? wanted : wanted - 1);
        try {
            Objects.requireNonNull(subscriber).onNext(item);
        } catch (Throwable violation) {
            cancelled = true;
            report(violation);
        }
    }

    /** Releases the source, then says so: what fails in closing fails the stream, or is added to its failure. */
    private void over(@Nullable Throwable failure) {
        Subscriber<? super T> told = cancelled ? null : subscriber;
        Throwable reason = told == null ? null : failure;
        over = true;
        subscriber = null;
        try {
            source.release();
        } catch (Throwable unreleased) {
            if (reason == null) {
                reason = unreleased;
            } else if (reason != unreleased) {
                reason.addSuppressed(unreleased);
            }
        }
        if (told != null) {
            tell(told, reason);
        } else if (reason != null) {
            report(reason);
        }
    }

    private void tell(Subscriber<?> subscriber, @Nullable Throwable failure) {
        try {
            if (failure == null) {
                subscriber.onComplete();
            } else {
                subscriber.onError(failure);
            }
        } catch (Throwable violation) {
            report(violation);
        }
    }

    private void report(Throwable failure) {
        try {
            unheard.accept(failure);
        } catch (Throwable ignored) {
            // Nobody is left; of a handler of uncaught exceptions the virtual machine ignores it, too.
        }
    }

    private static void uncaught(Throwable failure) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    }
}
