package io.bocadillo;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a started app beside those of its server. They end with the app: those of the JDK that all share would
 * keep the classes of a web app that is gone.
 */
final class AppThreads {

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    /** On a JDK without virtual threads; whatever is refused when that many more wait is answered with 503. */
    private static final int MOST_BLOCKED = 256;

    private static final int MOST_WAITING = 1024;

    private static final int MOST_ENDING = 4;

    private static final int KEEP_ALIVE_SECONDS = 30;

    /** For threads that have nothing left to do. */
    private static final int MOST_MILLIS_TO_END = 1000;

    private final ScheduledThreadPoolExecutor timer;
    private final @Nullable Executor chosen;
    private final @Nullable ThreadPoolExecutor pool;
    private final @Nullable ThreadPoolExecutor ending;
    private final @Nullable ThreadPoolExecutor overflow;

    /** Creates them, with the class loader of the calling thread; none runs before it is needed. */
    AppThreads(@Nullable Executor ofSettings) {
        timer = new ScheduledThreadPoolExecutor(1, daemons("bocadillo-timer"));
        timer.setRemoveOnCancelPolicy(true);
        chosen = ofSettings == null ? VirtualThreads.EXECUTOR : ofSettings;
        pool = chosen == null ? pool(MOST_BLOCKED, MOST_WAITING, "bocadillo-blocking") : null;
        ending = VirtualThreads.EXECUTOR == null ? pool(MOST_ENDING, Integer.MAX_VALUE, "bocadillo-ending") : null;
        overflow = VirtualThreads.EXECUTOR == null ? pool(1, Integer.MAX_VALUE, "bocadillo-overflow") : null;
    }

    /** Keeps time, on one thread, which nothing may hold up. */
    ScheduledExecutorService timer() {
        return timer;
    }

    /**
     * Where what may wait for a client runs: none of the server's own threads, on which the client's progress depends.
     */
    Executor blocking() {
        return pool != null ? pool : Objects.requireNonNull(chosen);
    }

    /**
     * Runs a task that must not be left out: where {@link #blocking} takes no more, on a thread for such tasks alone, and
     * on this one if the app has stopped.
     */
    void runAnyway(Runnable task) {
        if (!runs(blocking(), task) && !runs(own(overflow), task)) {
            task.run();
        }
    }

    /**
     * Where exchanges end and publishers are cancelled, which frees those who block in {@link #blocking}: never queued
     * behind these, nor refused.
     */
    Executor ending() {
        return own(ending);
    }

    /** Where what waits for a disk at most runs. */
    Executor reading(Executor server) {
        return chosen == null ? server : chosen;
    }

    /** Threads end when what they do is done; those that do nothing, before this returns. */
    void stop() {
        List<ExecutorService> own = Stream.<@Nullable ExecutorService>of(timer, pool, ending, overflow)
                .filter(Objects::nonNull)
                .toList();
        own.forEach(ExecutorService::shutdown);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MOST_MILLIS_TO_END);
        try {
            for (ExecutorService threads : own) {
                threads.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /** There is a pool where there are no virtual threads. */
    private static Executor own(@Nullable ThreadPoolExecutor pool) {
        return pool != null ? pool : Objects.requireNonNull(VirtualThreads.EXECUTOR);
    }

    private static boolean runs(Executor threads, Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException full) {
            LOG.trace("no thread", full);
            return false;
        }
    }

    private static ThreadPoolExecutor pool(int mostThreads, int mostWaiting, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                mostThreads,
                mostThreads,
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(mostWaiting),
                daemons(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory daemons(String name) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        };
    }
}
