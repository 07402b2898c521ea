package io.bocadillo.load;

import io.bocadillo.App;
import io.bocadillo.Settings;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Takes and gives two gigabytes. */
public final class TransferApp implements Supplier<App> {

    @Override
    public App get() {
        App app = Gauges.addTo(new App(Settings.defaults()
                .timeout(Duration.ofMinutes(5))
                .maxUpload(Long.MAX_VALUE)
                .maxPartSize(Long.MAX_VALUE)));
        app.post(
                        "/uploads",
                        (req, res) -> Checksum.of(req.stream()).thenCompose(sum -> res.text(Long.toHexString(sum))))
                .streaming()
                .maxBody(Long.MAX_VALUE);
        app.post("/files", (req, res) -> {
            CRC32C sum = new CRC32C();
            try (InputStream content = req.form().file("file").content()) {
                content.transferTo(new CheckedOutputStream(OutputStream.nullOutputStream(), sum));
            }
            return res.text(Long.toHexString(sum.getValue()));
        });
        app.get("/generated", (req, res) -> {
            long blocks = req.query("blocks").asLong();
            return res.contentLength(blocks * Blocks.SIZE).stream(
                    LongStream.range(0, blocks).mapToObj(Blocks::block));
        });
        app.get("/file", (req, res) -> res.file(Path.of(req.query("path").value())));
        return app;
    }

    /** Adds up pieces, a few of them at a time. */
    private static final class Checksum implements Flow.Subscriber<ByteBuffer> {

        private final CRC32C sum = new CRC32C();
        private final CompletableFuture<Long> whole = new CompletableFuture<>();
        private Flow.Subscription subscription;

        static CompletionStage<Long> of(Flow.Publisher<ByteBuffer> body) {
            Checksum checksum = new Checksum();
            body.subscribe(checksum);
            return checksum.whole;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            subscription.request(4);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            sum.update(piece);
            subscription.request(1);
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(sum.getValue());
        }
    }
}
