package io.bocadillo.servlet;

import io.bocadillo.App;
import io.bocadillo.Settings;
import io.bocadillo.staticfiles.WebAppResources;
import jakarta.servlet.ServletContext;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the exchanges of a servlet share: the app, the container, its threads, and those of the app. */
final class Host {

    private static final Logger LOG = LoggerFactory.getLogger(BocadilloServlet.class);

    private final Settings settings;
    private final Container container;
    private final @Nullable Executor threads;
    private final Executor threadsOfApp;
    private final ScheduledExecutorService timer;
    private final WebAppResources resources;

    /** Creates a host of an app that is started. */
    Host(App app, Container container, ServletContext context) {
        this.settings = app.settings();
        this.container = container;
        this.threads = container.threads(context);
        this.threadsOfApp = app.threads();
        this.timer = app.timer();
        this.resources = path -> resource(context, path);
    }

    Settings settings() {
        return settings;
    }

    Container container() {
        return container;
    }

    /** The container's own object of that type that all exchanges share; null if there is none. */
    <T> @Nullable T get(Class<T> type) {
        return type == WebAppResources.class ? type.cast(resources) : null;
    }

    /** Runs it on a thread of the container that needs no exchange; false if there is none. */
    boolean execute(Runnable task) {
        return threads != null && runs(threads, task);
    }

    /** Runs it when its exchange is over, or the container has no thread for it. */
    void executeLate(Runnable task) {
        if (!execute(task) && !runs(threadsOfApp, task)) {
            // The app has stopped.
            ForkJoinPool.commonPool().execute(task);
        }
    }

    /** Runs it on the timer, which it must not hold up; null if the app has stopped. */
    @Nullable
    Future<?> after(long nanos, Runnable task) {
        try {
            return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException stopped) {
            LOG.trace("no alarm, the app has stopped", stopped);
            return null;
        }
    }

    /** Completes with that value, on a thread of {@code late}, what has not completed in time. */
    <T> CompletableFuture<T> limit(CompletableFuture<T> future, T otherwise, int millis, Executor late) {
        Runnable complete = () -> late.execute(() -> future.complete(otherwise));
        Future<?> alarm = after(TimeUnit.MILLISECONDS.toNanos(millis), complete);
        if (alarm == null) {
            complete.run();
        } else {
            future.whenComplete((value, failure) -> alarm.cancel(false));
        }
        return future;
    }

    private static @Nullable URL resource(ServletContext context, String path) {
        try {
            return context.getResource(path);
        } catch (MalformedURLException none) {
            return null;
        }
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
}
