package io.bocadillo.middleware;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A store that completes later, on a thread of its own, as the client of another process does. */
public class LateStore implements SessionStore {

    private static final int MILLIS = 20;

    private final SessionStore inner;

    /** Creates one in front of another, which has the sessions. */
    public LateStore(SessionStore inner) {
        this.inner = inner;
    }

    @Override
    public CompletionStage<Optional<byte[]>> load(String key) {
        return later(inner.load(key));
    }

    @Override
    public CompletionStage<?> create(String key, byte[] json, Duration lifetime) {
        return later(inner.create(key, json, lifetime));
    }

    @Override
    public CompletionStage<Boolean> replace(String key, byte[] json, Duration lifetime) {
        return later(inner.replace(key, json, lifetime));
    }

    @Override
    public CompletionStage<Boolean> delete(String key) {
        return later(inner.delete(key));
    }

    private static <T> CompletionStage<T> later(CompletionStage<T> stage) {
        CompletableFuture<T> later = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> stage.thenAccept(value -> {
                    sleep();
                    later.complete(value);
                }),
                "store");
        thread.setDaemon(true);
        thread.start();
        return later;
    }

    private static void sleep() {
        try {
            Thread.sleep(MILLIS);
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        }
    }
}
