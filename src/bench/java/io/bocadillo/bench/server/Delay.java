package io.bocadillo.bench.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What {@code /wait} waits for: something that takes 100 ms and holds no thread, such as a query to another server. */
final class Delay {

    private static final int MILLIS = 100;

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "delay");
        thread.setDaemon(true);
        return thread;
    });

    private Delay() {}

    static void then(Runnable task) {
        TIMER.schedule(task, MILLIS, TimeUnit.MILLISECONDS);
    }

    static CompletableFuture<String> text() {
        CompletableFuture<String> text = new CompletableFuture<>();
        then(() -> text.complete(Content.TEXT));
        return text;
    }
}
