package io.bocadillo;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** A request comes, and the oldest of those that each thread has under way is answered. */
@State(Scope.Benchmark)
public class DeadlinesBenchmark {

    private static final int UNDER_WAY = 10_000;
    private static final long TIMEOUT_SECONDS = 30;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Deadlines deadlines = new Deadlines(timer);

    /** Those of one thread, the oldest at {@code next}. */
    @State(Scope.Thread)
    public static class Listed {

        private final Deadlines.Deadline[] ends = new Deadlines.Deadline[UNDER_WAY];
        private int next;

        @Setup
        public void fill(DeadlinesBenchmark benchmark) {
            for (int i = 0; i < UNDER_WAY; i++) {
                replaceOldest(benchmark);
            }
        }

        private void replaceOldest(DeadlinesBenchmark benchmark) {
            Deadlines.Deadline oldest = ends[next];
            if (oldest != null) {
                oldest.cancel();
            }
            ends[next] =
                    benchmark.deadlines.add(System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS), () -> {});
            next = (next + 1) % UNDER_WAY;
        }
    }

    /** The same with an alarm for each, which a timer keeps in a heap. */
    @State(Scope.Thread)
    public static class Alarms {

        private final Future<?>[] ends = new Future<?>[UNDER_WAY];
        private int next;

        @Setup
        public void fill(DeadlinesBenchmark benchmark) {
            for (int i = 0; i < UNDER_WAY; i++) {
                replaceOldest(benchmark);
            }
        }

        private void replaceOldest(DeadlinesBenchmark benchmark) {
            Future<?> oldest = ends[next];
            if (oldest != null) {
                oldest.cancel(false);
            }
            ends[next] = benchmark.timer.schedule(() -> {}, TIMEOUT_SECONDS, TimeUnit.SECONDS);
            next = (next + 1) % UNDER_WAY;
        }
    }

    @Setup
    public void forgetCancelled() {
        timer.setRemoveOnCancelPolicy(true);
    }

    @TearDown
    public void stop() {
        timer.shutdownNow();
    }

    @Benchmark
    public void listed(Listed listed) {
        listed.replaceOldest(this);
    }

    @Benchmark
    @Threads(2)
    public void listedBy2Threads(Listed listed) {
        listed.replaceOldest(this);
    }

    @Benchmark
    public void alarms(Alarms alarms) {
        alarms.replaceOldest(this);
    }

    @Benchmark
    @Threads(2)
    public void alarmsBy2Threads(Alarms alarms) {
        alarms.replaceOldest(this);
    }
}
