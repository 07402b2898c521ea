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
 * of a timer, which must be put in order each time, costs 10,000 requests more than anything else done for them here.
 */
final class Deadlines {

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    private final ScheduledExecutorService timer;
    private final ReentrantLock lock = new ReentrantLock();

    /** Stands before the earliest and after the latest. */
    private final Deadline ring = new Deadline(0, () -> {});

    private @Nullable Future<?> alarm;
    private long alarmEnd;
    private boolean closed;

    /** The end of a time, in a ring with those before and after it; outside, in one with itself. */
    static final class Deadline {

        private final long end;
        private final Runnable task;
        private Deadline earlier = this;
        private Deadline later = this;
        private @Nullable Future<?> ownAlarm;

        private Deadline(long end, Runnable task) {
            this.end = end;
            this.task = task;
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
            if (ownAlarm != null) {
                ownAlarm.cancel(false);
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
            while (next.earlier != ring && next.earlier.end - end > 0) {
                next = next.earlier;
            }
            added.insertBefore(next);
            if (added.earlier == ring) {
                watch(end);
            }
        } finally {
            lock.unlock();
        }
        return added;
    }

    /** Its task will not run, unless it is running already. */
    void remove(Deadline deadline) {
        lock.lock();
        try {
            deadline.leave();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more, and sets an alarm for each that is left: a timer that stops has to have them all. */
    void close() {
        lock.lock();
        try {
            closed = true;
            if (alarm != null) {
                alarm.cancel(false);
            }
            for (Deadline left = ring.later; left != ring; left = left.later) {
                left.ownAlarm = schedule(left.task, left.end);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Leaves an alarm that comes earlier, for what has been taken back since: it sets the next one. */
    private void watch(long end) {
        if (alarm != null) {
            if (alarmEnd - end <= 0) {
                return;
            }
            alarm.cancel(false);
        }
        alarm = schedule(this::runDue, end);
        alarmEnd = end;
    }

    private Future<?> schedule(Runnable task, long end) {
        return timer.schedule(task, end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void runDue() {
        List<Runnable> due = new ArrayList<>();
        lock.lock();
        try {
            if (closed) {
                return;
            }
            alarm = null;
            long now = System.nanoTime();
            while (ring.later != ring && ring.later.end - now <= 0) {
                due.add(ring.later.task);
                ring.later.leave();
            }
            if (ring.later != ring) {
                watch(ring.later.end);
            }
        } finally {
            lock.unlock();
        }
        due.forEach(Deadlines::run);
    }

    /** None may cost the others their end. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable failure) {
            LOG.error("the end of the time of a request failed", failure);
        }
    }
}
