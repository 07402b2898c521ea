package io.bocadillo;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How much memory something allocates: as much on a slow machine as on a fast one.
 *
 * <p>The JIT compiler may leave objects out that do not get around. What it does depends on what has run before, so a
 * limit should hold without it; what it leaves out is a bonus.
 */
public final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARMUP_ROUNDS = 1000;
    private static final int BATCHES = 20;
    private static final int ROUNDS = 100;

    /** Keeps results from being optimised away. */
    private static volatile @Nullable Object result;

    private Allocation() {}

    /** Bytes for each call of a task, the least of several batches. */
    public static long of(Supplier<?> task) {
        run(task, WARMUP_ROUNDS);
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            run(task, ROUNDS);
            long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
            least = Math.min(least, bytes / ROUNDS);
        }
        return least;
    }

    private static void run(Supplier<?> task, int rounds) {
        for (int round = 0; round < rounds; round++) {
            result = task.get();
        }
    }
}
