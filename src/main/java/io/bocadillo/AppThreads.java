package io.bocadillo;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a started app beside those of its server. They end with the app: those of the JDK that all share would
 * keep the classes of a web app that is gone.
 */
final class AppThreads {

    /** On a JDK without virtual threads; whatever is refused when that many more wait is answered with 503. */
    private static final int MOST_BLOCKED = 256;

    private static final int MOST_WAITING = 1024;

    private static final int KEEP_ALIVE_SECONDS = 30;

    /** For threads that have nothing left to do. */
    private static final int MOST_MILLIS_TO_END = 1000;

    private final ScheduledThreadPoolExecutor timer;
    private final @Nullable Executor chosen;
    private final @Nullable ThreadPoolExecutor pool;

    /** Creates them, with the class loader of the calling thread; none runs before it is needed. */
    AppThreads(@Nullable Executor ofSettings) {
        timer = new ScheduledThreadPoolExecutor(1, daemons("bocadillo-timer"));
        timer.setRemoveOnCancelPolicy(true);
        chosen = ofSettings == null ? VirtualThreads.EXECUTOR : ofSettings;
        pool = chosen == null ? pool() : null;
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

    /** Where what waits for a disk at most runs. */
    Executor reading(Executor server) {
        return chosen == null ? server : chosen;
    }

    /** Threads end when what they do is done; those that do nothing, before this returns. */
    void stop() {
        timer.shutdown();
        if (pool != null) {
            pool.shutdown();
        }
        try {
            if (pool == null || pool.awaitTermination(MOST_MILLIS_TO_END, TimeUnit.MILLISECONDS)) {
                timer.awaitTermination(MOST_MILLIS_TO_END, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadPoolExecutor pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MOST_BLOCKED,
                MOST_BLOCKED,
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                daemons("bocadillo-blocking"));
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
