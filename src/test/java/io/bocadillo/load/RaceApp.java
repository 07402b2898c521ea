package io.bocadillo.load;

import io.bocadillo.App;
import io.bocadillo.HttpError;
import io.bocadillo.Request;
import io.bocadillo.Settings;
import io.bocadillo.View;
import io.bocadillo.streams.Outbox;
import io.bocadillo.streams.Overflow;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Answers each request with its token in many ways and at many times, and counts how often each has ended. */
public final class RaceApp implements Supplier<App> {

    static final int TIMEOUT_MILLIS = 40;

    /** Also how long it takes to notice that a container has lost an exchange. */
    private static final int WRITE_IDLE_SECONDS = 3;

    private static final int LARGE = 4000;

    private static final class Ends {
        private final AtomicInteger background = new AtomicInteger();
        private final AtomicInteger disconnects = new AtomicInteger();
    }

    private final Map<String, Ends> ends = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);

    @Override
    public App get() {
        App app = Gauges.addTo(new App(Settings.defaults()
                .timeout(Duration.ofMillis(TIMEOUT_MILLIS))
                .writeIdleTimeout(Duration.ofSeconds(WRITE_IDLE_SECONDS))
                .eventHeartbeat(Duration.ofMillis(TIMEOUT_MILLIS))));
        app.get(
                "/ends",
                (req, res) -> res.text(ends.entrySet().stream()
                        .map(entry ->
                                entry.getKey() + " " + entry.getValue().background + " " + entry.getValue().disconnects)
                        .collect(Collectors.joining("\n"))));
        app.get("/late/{token}", counted((req, res) -> after(req).thenCompose(now -> res.text(token(req)))));
        app.get(
                "/failed/{token}",
                counted((req, res) -> after(req).thenCompose(now -> {
                    throw new HttpError(409, token(req));
                })));
        app.get(
                "/large/{token}",
                counted((req, res) -> after(req).thenCompose(now -> res.text((token(req) + " ").repeat(LARGE)))));
        app.get("/stream/{token}", counted((req, res) -> res.stream(pieces(req))));
        app.get(
                "/feed/{token}",
                counted((req, res) -> res.events(events -> {
                    for (int i = 0; i < pieceCount(req); i++) {
                        Thread.sleep(1);
                        events.send(token(req));
                    }
                    events.close();
                })));
        app.post("/echo/{token}", counted((req, res) -> res.text(token(req) + " " + req.text())));
        app.post("/early/{token}", counted((req, res) -> {
                    req.stream().subscribe(new Ignorant());
                    return after(req).thenCompose(now -> res.text(token(req)));
                }))
                .streaming();
        app.onShutdown(clock::shutdown);
        return app;
    }

    private View counted(View view) {
        return (req, res) -> {
            Ends own = ends.computeIfAbsent(token(req), token -> new Ends());
            res.background(own.background::incrementAndGet).onDisconnect(own.disconnects::incrementAndGet);
            return view.handle(req, res);
        };
    }

    private CompletableFuture<Void> after(Request req) {
        CompletableFuture<Void> later = new CompletableFuture<>();
        clock.schedule(() -> later.complete(null), req.query("micros").asLong(), TimeUnit.MICROSECONDS);
        return later;
    }

    private Flow.Publisher<String> pieces(Request req) {
        Outbox<String> pieces = new Outbox<>(100, Overflow.WAIT, CancellationException::new);
        String token = token(req);
        int count = pieceCount(req);
        boolean fails = req.query("fails").asBoolean();
        clock.execute(() -> {
            for (int i = 0; i < count; i++) {
                pieces.offer(token + " ");
            }
            if (fails) {
                pieces.fail(new HttpError(409, token));
            } else {
                pieces.close();
            }
        });
        return pieces;
    }

    private static int pieceCount(Request req) {
        return req.query("pieces").asInt();
    }

    private static String token(Request req) {
        return req.param("token").value();
    }

    private static final class Ignorant implements Flow.Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer piece) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
