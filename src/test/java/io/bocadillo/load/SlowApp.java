package io.bocadillo.load;

import io.bocadillo.App;
import io.bocadillo.Settings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Takes bodies of several kinds, and gives large answers that it makes as they go. */
public final class SlowApp implements Supplier<App> {

    private static final int PIECE = 16 * 1024;
    private static final long PIECES = 100L * 1024 * 1024 / PIECE;

    @Override
    public App get() {
        App app = Gauges.addTo(new App(Settings.defaults().timeout(Duration.ofMinutes(2))));
        app.post("/bodies", (req, res) -> res.text(req.body().length + " bytes"));
        app.post("/forms", (req, res) -> res.text(req.form().field("a").value()));
        app.post("/streams", (req, res) -> {
                    Count count = new Count();
                    req.stream().subscribe(count);
                    return count.bytes.thenCompose(bytes -> res.text(bytes + " bytes"));
                })
                .streaming();
        app.get("/large", (req, res) -> res.stream(LongStream.range(0, PIECES).mapToObj(i -> new byte[PIECE])));
        return app;
    }

    private static final class Count implements Flow.Subscriber<ByteBuffer> {

        private final CompletableFuture<Long> bytes = new CompletableFuture<>();
        private Flow.Subscription subscription;
        private long count;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            subscription.request(1);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            count += piece.remaining();
            subscription.request(1);
        }

        @Override
        public void onError(Throwable failure) {
            bytes.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            bytes.complete(count);
        }
    }
}
