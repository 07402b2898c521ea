package io.bocadillo.middleware;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * So many permits, each for the work of one request and its answer: it is free again when both are over.
 *
 * <pre>
 *            done()              ended()
 *   TAKEN ──────────▶ ANSWERING ──────────▶ FREE
 *     │                                      ▲
 *     └── ended() ──▶ LATE ── done(), or somebody needs it after ten minutes
 * </pre>
 */
final class Permits {

    private static final Logger LOG = LoggerFactory.getLogger(ConcurrencyLimit.class);

    /** Then work that is late counts as lost: a view that never completes must not take its permit for ever. */
    private static final long LOST_AFTER = TimeUnit.MINUTES.toNanos(10);

    private enum State {
        TAKEN,
        ANSWERING,
        LATE,
        FREE
    }

    private final int most;
    private final LongSupplier clock;
    private final AtomicInteger taken = new AtomicInteger();

    /** In the order of their ends; only there is a permit looked for that may be lost. */
    private final Queue<Permit> late = new ConcurrentLinkedQueue<>();

    /** One of them. */
    final class Permit {

        private final AtomicReference<State> state = new AtomicReference<>(State.TAKEN);
        private final Object holder;
        private volatile long lateSince;

        private Permit(Object holder) {
            this.holder = holder;
        }

        /** The work is done. */
        void done() {
            if (!state.compareAndSet(State.TAKEN, State.ANSWERING) && freed(State.LATE)) {
                late.remove(this);
            }
        }

        /** The answer has been sent or broken off. */
        void ended() {
            if (freed(State.ANSWERING)) {
                return;
            }
            lateSince = clock.getAsLong();
            late.add(this);
            if (!state.compareAndSet(State.TAKEN, State.LATE)) {
                late.remove(this);
                freed(State.ANSWERING);
            }
        }

        private boolean freed(State from) {
            boolean isFreed = state.compareAndSet(from, State.FREE);
            if (isFreed) {
                taken.decrementAndGet();
            }
            return isFreed;
        }
    }

    /** Creates so many, with a clock of nanoseconds. */
    Permits(int most, LongSupplier clock) {
        this.most = most;
        this.clock = clock;
    }

    /** How many are taken. */
    int taken() {
        return taken.get();
    }

    /**
     * A permit, null if there is none.
     *
     * @param holder to be named in the log if its work is lost
     */
    @Nullable
    Permit take(Object holder) {
        do {
            int before = taken.get();
            while (before < most) {
                if (taken.compareAndSet(before, before + 1)) {
                    return new Permit(holder);
                }
                before = taken.get();
            }
        } while (giveUpOldest());
        return null;
    }

    private boolean giveUpOldest() {
        Permit oldest = late.peek();
        if (oldest == null || clock.getAsLong() - oldest.lateSince < LOST_AFTER) {
            return false;
        }
        if (oldest.freed(State.LATE)) {
            LOG.warn("{}: expected its view to be done at last, got none 10 minutes after its answer", oldest.holder);
        }
        late.remove(oldest);
        return true;
    }
}
