package io.bocadillo.load;

import io.bocadillo.App;
import io.bocadillo.Events;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.ServerEvent;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Uploads, downloads and event streams without an end, and how many of them have begun and were cancelled. */
public final class ResetApp implements Supplier<App> {

    private static final int MILLIS_BETWEEN_EVENTS = 100;

    private final LongAdder begun = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder disconnected = new LongAdder();
    private final Set<Events> feeds = ConcurrentHashMap.newKeySet();

    @Override
    public App get() {
        App app = Gauges.addTo(new App());
        app.post("/uploads", this::upload).streaming().maxBody(Long.MAX_VALUE);
        app.get("/downloads", this::download);
        app.get("/feeds", this::feed);
        app.get("/begun", (req, res) -> res.text(begun.toString()));
        app.get("/cancelled", (req, res) -> res.text(cancelled.toString()));
        app.get("/disconnected", (req, res) -> res.text(disconnected.toString()));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        app.onStartup(() -> clock.scheduleAtFixedRate(
                this::tick, MILLIS_BETWEEN_EVENTS, MILLIS_BETWEEN_EVENTS, TimeUnit.MILLISECONDS));
        app.onShutdown(clock::shutdown);
        return app;
    }

    private CompletionStage<?> upload(Request req, Response res) {
        res.onDisconnect(disconnected::increment);
        CompletableFuture<Void> end = new CompletableFuture<>();
        req.stream().subscribe(new Reader(end));
        return end.thenCompose(whole -> res.text("whole"));
    }

    private CompletionStage<?> download(Request req, Response res) {
        res.onDisconnect(disconnected::increment);
        begun.increment();
        byte[] block = new byte[16 * 1024];
        return res.stream(Stream.generate(() -> block).onClose(cancelled::increment));
    }

    private CompletionStage<?> feed(Request req, Response res) {
        res.onDisconnect(disconnected::increment);
        return res.events(events -> {
            begun.increment();
            feeds.add(events);
            events.onClose(() -> {
                feeds.remove(events);
                cancelled.increment();
            });
        });
    }

    private void tick() {
        ServerEvent event = ServerEvent.of("tick");
        feeds.forEach(events -> events.send(event));
    }

    private final class Reader implements Flow.Subscriber<ByteBuffer> {

        private final CompletableFuture<Void> end;
        private boolean isFirst = true;

        Reader(CompletableFuture<Void> end) {
            this.end = end;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            if (isFirst) {
                isFirst = false;
                begun.increment();
            }
        }

        @Override
        public void onError(Throwable failure) {
            cancelled.increment();
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }
    }
}
