package io.bocadillo.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.App;
import io.bocadillo.ClientDisconnect;
import io.bocadillo.HttpError;
import io.bocadillo.testing.LiveServer;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import io.bocadillo.testing.TestStream;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class StreamingPageTest {

    // #region subscriber
    static final class Checksum extends CompletableFuture<Long> implements Flow.Subscriber<ByteBuffer> {

        private final CRC32 sum = new CRC32();
        private Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            subscription.request(1);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            sum.update(piece);
            subscription.request(1); // only now is more read from the connection
        }

        @Override
        public void onError(Throwable failure) {
            completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            complete(sum.getValue());
        }
    }
    // #endregion subscriber

    @Test
    void request() {
        App app = new App();
        // #region request
        app.post("/checksums", (req, res) -> {
                    Checksum checksum = new Checksum();
                    req.stream().subscribe(checksum);
                    return checksum.thenCompose(sum -> res.text(Long.toHexString(sum)));
                })
                .streaming();
        // #endregion request
        Shown.console("StreamingPageTest#request", app);
    }

    @Test
    void forward() throws Exception {
        AtomicInteger stored = new AtomicInteger();
        App store = new App();
        store.post("/scans", (req, res) -> {
            stored.set(req.body().length);
            return res.status(201).empty();
        });
        HttpClient http = HttpClient.newHttpClient();
        try (LiveServer server = LiveServer.start(store)) {
            App app = new App();
            forward(app, http, server.url("/scans"));
            TestResponse response = TestClient.of(app).post("/scans", "x".repeat(100_000));
            assertThat(response.status()).isEqualTo(201);
            assertThat(stored).hasValue(100_000);
        }
    }

    private static void forward(App app, HttpClient http, URI store) {
        // #region forward
        app.post("/scans", (req, res) -> {
                    HttpRequest upload = HttpRequest.newBuilder(store)
                            .POST(BodyPublishers.fromPublisher(req.stream()))
                            .build();
                    return http.sendAsync(upload, BodyHandlers.discarding())
                            .thenCompose(
                                    answer -> res.status(answer.statusCode()).empty());
                })
                .streaming()
                .maxBody(100 * 1024 * 1024);
        // #endregion forward
    }

    @Test
    void notStreaming() {
        App app = new App();
        app.post("/ordinary", (req, res) -> {
            Shown.text("StreamingPageTest#ordinary", messageOf(req::stream));
            return res.empty();
        });
        app.post("/streaming", (req, res) -> {
                    Shown.text("StreamingPageTest#streaming", messageOf(req::body));
                    return res.empty();
                })
                .streaming();
        TestClient client = TestClient.of(app);
        assertThat(client.post("/ordinary", "x").status()).isEqualTo(204);
        assertThat(client.post("/streaming", "x").status()).isEqualTo(204);
    }

    private static String messageOf(Runnable refused) {
        try {
            refused.run();
        } catch (IllegalStateException expected) {
            return expected.getMessage();
        }
        throw new AssertionError("was not refused");
    }

    record Reading(String sensor, double value) {}

    /** Stands for a database whose cursor has to be closed. */
    private static final class Readings {

        final AtomicBoolean closed = new AtomicBoolean();

        Stream<Reading> all() {
            return Stream.of(new Reading("kitchen", 19.5), new Reading("cellar", 11))
                    .onClose(() -> closed.set(true));
        }
    }

    @Test
    void javaStream() {
        Readings readings = new Readings();
        App app = new App();
        // #region stream
        app.get("/readings.csv", (req, res) -> {
            Stream<Reading> all = readings.all(); // closed when the answer is sent, or breaks off
            res.header("Content-Type", "text/csv; charset=utf-8");
            return res.stream(all.map(reading -> reading.sensor() + "," + reading.value() + "\n"));
        });
        // #endregion stream
        Shown.console("StreamingPageTest#stream", app);
        assertThat(readings.closed).isTrue();
    }

    @Test
    void writer() throws Exception {
        Map<String, byte[]> photos = Map.of("cat.jpg", new byte[] {1, 2, 3});
        App app = new App();
        // #region write
        app.get(
                "/photos.zip",
                (req, res) -> res.attachment("photos.zip").write(out -> {
                    ZipOutputStream zip = new ZipOutputStream(out);
                    for (Map.Entry<String, byte[]> photo : photos.entrySet()) {
                        zip.putNextEntry(new ZipEntry(photo.getKey()));
                        zip.write(photo.getValue());
                        zip.closeEntry();
                    }
                    zip.finish();
                }));
        // #endregion write
        TestResponse response = TestClient.of(app).get("/photos.zip");
        assertThat(response.header("Content-Type")).isEqualTo("application/zip");
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(response.body()))) {
            assertThat(zip.getNextEntry().getName()).isEqualTo("cat.jpg");
            assertThat(zip.readAllBytes()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void publisher() {
        App app = new App();
        SubmissionPublisher<String> lines = new SubmissionPublisher<>();
        // #region publisher
        app.get("/log", (req, res) -> {
            res.header("Content-Type", "text/plain; charset=utf-8");
            return res.stream(lines); // a Flow.Publisher<String>
        });
        // #endregion publisher
        try (TestStream stream = streamWhenSubscribed(app, lines)) {
            assertThat(stream.headers().get("Content-Type")).startsWith("text/plain");
        }
    }

    private static TestStream streamWhenSubscribed(App app, SubmissionPublisher<String> lines) {
        CompletableFuture.runAsync(() -> {
            while (lines.getNumberOfSubscribers() == 0) {
                Thread.onSpinWait();
            }
            lines.submit("started\n");
        });
        return TestClient.of(app).stream("/log");
    }

    @Test
    void bridge() {
        App app = new App();
        // #region echo
        app.post("/echo", (req, res) -> res.stream(req.stream())).streaming();
        // #endregion echo
        assertThat(TestClient.of(app).post("/echo", "hello").text()).isEqualTo("hello");
    }

    @Test
    void length() {
        byte[] clip = new byte[100];
        App app = new App();
        // #region length
        app.get("/clip", (req, res) -> res.contentLength(clip.length).write(out -> out.write(clip)));
        // #endregion length
        assertThat(TestClient.of(app).get("/clip").header("Content-Length")).isEqualTo("100");
        assertThat(TestClient.of(app).head("/clip").header("Content-Length")).isEqualTo("100");
    }

    @Test
    void errors() throws InterruptedException {
        App app = new App();
        // #region errors
        app.get(
                "/early",
                (req, res) -> res.write(out -> {
                    throw new HttpError(404); // nothing has been sent: a 404
                }));
        app.get(
                "/late",
                (req, res) -> res.write(out -> {
                    out.write("a,b\n".getBytes(UTF_8));
                    out.flush();
                    throw new HttpError(404); // too late: the connection breaks off
                }));
        // #endregion errors
        Shown.console("StreamingPageTest#early", app);
        try (TestStream stream = TestClient.of(app).stream("/late")) {
            assertThat(stream.next()).isEqualTo("a,b\n");
            assertThatIllegalStateException().isThrownBy(stream::next).withCauseInstanceOf(HttpError.class);
        }
    }

    @Test
    void disconnects() throws InterruptedException {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        CompletableFuture<String> query = new CompletableFuture<>();
        App app = new App();
        // #region disconnect
        app.get("/endless", (req, res) -> {
            res.onDisconnect(() -> query.cancel(true));
            return res.write(out -> {
                try {
                    while (true) {
                        out.write("more\n".getBytes(UTF_8));
                    }
                } catch (ClientDisconnect gone) {
                    thrown.complete(gone); // for whoever has something to put away
                    throw gone;
                }
            });
        });
        // #endregion disconnect
        try (TestStream stream = TestClient.of(app).stream("/endless")) {
            assertThat(stream.next()).startsWith("more");
        }
        assertThat(thrown).succeedsWithin(30, SECONDS);
        assertThat(query).isCancelled();
    }

    @Test
    void testing() throws InterruptedException {
        App app = new App();
        app.get(
                "/count",
                (req, res) -> res.write(out -> {
                    for (String line : List.of("one\n", "two\n")) {
                        out.write(line.getBytes(UTF_8));
                        out.flush();
                    }
                }));
        TestClient client = TestClient.of(app);
        // #region test
        try (TestStream stream = client.stream("/count")) {
            assertThat(stream.next()).isEqualTo("one\n");
            assertThat(stream.next()).isEqualTo("two\n");
            assertThat(stream.next()).isNull(); // the end
        }
        // #endregion test
    }
}
