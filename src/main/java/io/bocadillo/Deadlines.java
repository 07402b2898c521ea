package io.bocadillo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits, with one alarm of the timer, for the ends of the times that requests have.
 *
 * <p>All have the same time, so a new end is nearly always the last one, and nearly all of them are taken back. The heap
 * of a timer would have to be put in order for each.
 */
final class Deadlines {

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    /** How many later ends a new one passes; one that is earlier still, because its view has blocked, has an alarm of its own. */
    private static final int MOST_STEPS = 16;

    private final ScheduledExecutorService timer;
    private final ReentrantLock lock = new ReentrantLock();

    /** Stands before the earliest and after the latest. */
    private final Deadline ring = new Deadline(0, () -> {});

    private @Nullable Future<?> alarm;
    private long alarmEnd;
    private boolean closed;

    /** The end of a time, in a ring with those before and after it; outside, in one with itself. */
    final class Deadline {

        private final long end;
        private final Runnable task;
        private Deadline earlier = this;
        private Deadline later = this;
        private @Nullable Future<?> ownAlarm;

        private Deadline(long end, Runnable task) {
            this.end = end;
            this.task = task;
        }

        /** Its task will not run, unless it is running already. */
        void cancel() {
            lock.lock();
            try {
                leave();
                if (ownAlarm != null) {
                    ownAlarm.cancel(false);
                }
            } finally {
                lock.unlock();
            }
        }

        private void insertBefore(Deadline next) {
            earlier = next.earlier;
            later = next;
            earlier.later = this;
            later.earlier = this;
        }

        private void leave() {
            earlier.later = later;
            later.earlier = earlier;
            earlier = this;
            later = this;
        }

        /** None may cost the others their end. */
        private void run() {
            try {
                task.run();
            } catch (Throwable failure) {
                LOG.error("the end of the time of a request failed", failure);
            }
        }
    }

    Deadlines(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * Runs a task on the timer, which it must not hold up, at that {@link System#nanoTime}.
     *
     * @throws RejectedExecutionException if they are closed
     */
    Deadline add(long end, Runnable task) {
        Deadline added = new Deadline(end, task);
        lock.lock();
        try {
            if (closed) {
                throw new RejectedExecutionException("the timer is about to stop");
            }
            Deadline next = ring;
            int steps = 0;
            while (next.earlier != ring && next.earlier.end - end > 0 && steps++ < MOST_STEPS) {
                next = next.earlier;
            }
            if (steps > MOST_STEPS) {
                added.ownAlarm = schedule(added::run, end);
            } else {
                added.insertBefore(next);
                watch(ring.later.end);
            }
        } finally {
            lock.unlock();
        }
        return added;
    }

    /** Takes no more, and sets an alarm for each that is left: a timer that stops has to have them all. */
    void close() {
        lock.lock();
        try {
            closed = true;
            forgetAlarm();
            for (Deadline left = ring.later; left != ring; left = left.later) {
                left.ownAlarm = schedule(left::run, left.end);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Leaves an alarm that comes earlier, for what has been taken back since: it sets the next one. */
    private void watch(long end) {
        if (alarm != null && alarmEnd - end <= 0) {
            return;
        }
        forgetAlarm();
        alarm = schedule(this::runDue, end);
        alarmEnd = end;
    }

    /** One that runs already, and waits for the lock, finds what is due and no more. */
    private void forgetAlarm() {
        Future<?> set = alarm;
        alarm = null;
        if (set != null) {
            set.cancel(false);
        }
    }

    private void runDue() {
        List<Deadline> due = new ArrayList<>();
        lock.lock();
        try {
            if (closed) {
                return;
            }
            forgetAlarm();
            long now = System.nanoTime();
            while (ring.later != ring && ring.later.end - now <= 0) {
                due.add(ring.later);
                ring.later.leave();
            }
            if (ring.later != ring) {
                watch(ring.later.end);
            }
        } finally {
            lock.unlock();
            due.forEach(Deadline::run);
        }
    }

    private Future<?> schedule(Runnable task, long end) {
        return timer.schedule(task, end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
