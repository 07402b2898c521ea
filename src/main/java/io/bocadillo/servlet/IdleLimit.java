package io.bocadillo.servlet;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells when the client has done nothing for a while although it was its turn.
 *
 * <p>It looks up once in that while, so that progress costs no more than a look at the clock; whoever never waits for the
 * client sets no alarm at all.
 */
final class IdleLimit {

    /** See {@link Host#after}. */
    interface Alarms {
        @Nullable
        Future<?> after(long nanos, Runnable task);
    }

    private final long nanos;
    private final Alarms alarms;
    private final Executor threads;
    private final Runnable onIdle;
    private volatile boolean waiting;
    private volatile long since;
    private volatile @Nullable Future<?> alarm;
    private volatile boolean stopped;

    /**
     * Creates one that calls {@code onIdle} on a thread of {@code threads}.
     *
     * @param limit zero for none
     */
    IdleLimit(Duration limit, Alarms alarms, Executor threads, Runnable onIdle) {
        this.nanos = TimeUnit.NANOSECONDS.convert(limit);
        this.alarms = alarms;
        this.threads = threads;
        this.onIdle = onIdle;
    }

    /** Whether it is the client's turn, from now on; called by one thread at a time. */
    void waiting(boolean waiting) {
        if (nanos == 0) {
            return;
        }
        since = System.nanoTime();
        this.waiting = waiting;
        if (waiting && alarm == null) {
            schedule(nanos);
        }
    }

    void stop() {
        stopped = true;
        Future<?> set = alarm;
        if (set != null) {
            set.cancel(false);
        }
    }

    private void schedule(long delay) {
        alarm = alarms.after(delay, this::look);
        if (stopped) {
            stop();
        }
    }

    private void look() {
        long left = waiting ? nanos - (System.nanoTime() - since) : nanos;
        if (left > 0) {
            schedule(left);
        } else {
            threads.execute(onIdle);
        }
    }
}
