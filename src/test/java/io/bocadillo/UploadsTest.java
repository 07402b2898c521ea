package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestForm;
import io.bocadillo.testing.TestResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {

    private static final byte[] LARGE = new byte[300_000];

    static {
        new Random(7).nextBytes(LARGE);
    }

    @TempDir
    Path folder;

    private final App app = new App();

    private TestResponse post(Object body) {
        try (TestClient client = TestClient.of(app)) {
            return client.post("/", body);
        }
    }

    private static List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("bocadillo-"))
                    .toList();
        }
    }

    @Test
    void aFormWithoutFilesHasItsFields() {
        app.post("/", (req, res) -> res.json(req.form().fields()));
        TestResponse answer = post(
                new TestForm().field("name", "Tacos & más").field("tag", "a").field("tag", "b"));
        assertThat(answer.text()).isEqualTo("{\"name\":[\"Tacos & más\"],\"tag\":[\"a\",\"b\"]}");
    }

    @Test
    void aMultipartFormHasFieldsAndFiles() {
        app.post("/", (req, res) -> {
            UploadedFile photo = req.form().file("photo");
            return res.text(req.form().field("name") + " " + photo.fileName() + " " + photo.contentType() + " "
                    + photo.size() + " " + new String(photo.bytes(), StandardCharsets.UTF_8));
        });
        TestResponse answer = post(new TestForm()
                .field("name", "taco")
                .file("photo", "C:\\fotos\\niño.png", "image/png", "pixels".getBytes(StandardCharsets.UTF_8)));
        assertThat(answer.text()).isEqualTo("taco niño.png image/png 6 pixels");
    }

    @Test
    void aLargeFileIsOnDiskUntilTheEndOfTheExchange() throws Exception {
        List<Path> before = temporaryFiles();
        List<Path> during = new ArrayList<>();
        app.post("/", (req, res) -> {
            during.addAll(temporaryFiles());
            assertThat(req.form().file("photo").bytes()).isEqualTo(LARGE);
            return res.empty();
        });
        assertThat(post(new TestForm().file("photo", "p.png", "image/png", LARGE))
                        .status())
                .isEqualTo(204);
        assertThat(during).hasSize(before.size() + 1);
        assertThat(temporaryFiles()).isEqualTo(before);
    }

    @Test
    void aMovedFileStays() throws Exception {
        Path target = folder.resolve("kept.png");
        app.post("/", (req, res) -> {
            req.form().file("photo").moveTo(target);
            return res.empty();
        });
        post(new TestForm().file("photo", "p.png", "image/png", LARGE));
        assertThat(target).hasBinaryContent(LARGE);
    }

    @Test
    void aBackgroundTaskStillHasTheFiles() {
        List<Long> sizes = new ArrayList<>();
        app.post("/", (req, res) -> {
            UploadedFile photo = req.form().file("photo");
            return res.background(() -> sizes.add((long) photo.bytes().length)).empty();
        });
        post(new TestForm().file("photo", "p.png", "image/png", LARGE));
        assertThat(sizes).containsExactly((long) LARGE.length);
    }

    @Test
    void aMissingFileIsA400ThatNamesIt() {
        app.post("/", (req, res) -> res.text(req.form().file("photo").fileName()));
        TestResponse answer = post(new TestForm().field("name", "taco"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("{\"photo\":\"Is required.\"}");
    }

    @Test
    void whatIsNoFormIsA415() {
        app.post("/", (req, res) -> res.json(req.form().fields()));
        assertThat(post("just text").status()).isEqualTo(415);
    }

    @Test
    void anEmptyBodyIsAnEmptyForm() {
        app.post("/", (req, res) -> res.json(req.form().fields()));
        assertThat(post(new byte[0]).text()).isEqualTo("{}");
    }

    @Test
    void aMalformedFormIsA400AndLeavesNothing() throws Exception {
        List<Path> before = temporaryFiles();
        app.post("/", (req, res) -> res.empty());
        TestForm form = new TestForm().file("photo", "p.png", "image/png", LARGE);
        byte[] cut = new String(form.body(), StandardCharsets.ISO_8859_1)
                .substring(0, 200_000)
                .getBytes(StandardCharsets.ISO_8859_1);
        try (TestClient client = TestClient.of(app).with("Content-Type", form.contentType())) {
            assertThat(client.post("/", cut).status()).isEqualTo(400);
        }
        assertThat(temporaryFiles()).isEqualTo(before);
    }

    @Test
    void eachLimitHasItsStatus() {
        Settings settings = Settings.defaults()
                .maxUpload(1000)
                .maxParts(2)
                .maxFormFields(2)
                .maxPartSize(100)
                .maxPartHeaders(200);
        App limited = new App(settings);
        limited.post("/", (req, res) -> res.empty());
        try (TestClient client = TestClient.of(limited)) {
            assertThat(client.post("/", new TestForm().file("a", "a", "text/plain", new byte[100]))
                            .status())
                    .isEqualTo(204);
            assertThat(client.post("/", new TestForm().file("a", "a", "text/plain", new byte[101]))
                            .status())
                    .isEqualTo(413);
            assertThat(client.post("/", new TestForm().file("a", "a", "text/plain", LARGE))
                            .status())
                    .isEqualTo(413);
            assertThat(client.post(
                                    "/",
                                    new TestForm()
                                            .field("a", "")
                                            .field("b", "")
                                            .field("c", "")
                                            .file("d", "d", "text/plain", new byte[0]))
                            .status())
                    .isEqualTo(413);
            assertThat(client.post("/", new TestForm().file("a", "a".repeat(300), "text/plain", new byte[0]))
                            .status())
                    .isEqualTo(431);
            TestForm fields = new TestForm().field("a", "").field("b", "").field("c", "");
            App counting = new App(settings);
            counting.post("/", (req, res) -> res.json(req.form().fields()));
            try (TestClient other = TestClient.of(counting)) {
                assertThat(other.post("/", fields).status()).isEqualTo(413);
            }
        }
    }

    @Test
    void theLimitOfTheRouteIsThatOfItsForms() {
        app.post("/", (req, res) -> res.text("" + req.form().file("a").size())).maxBody(1000);
        assertThat(post(new TestForm().file("a", "a", "text/plain", LARGE)).status())
                .isEqualTo(413);
    }

    @Test
    void middlewareComposesOnTheForm() {
        app.use((req, res, next) -> req.whenForm().thenCompose(form -> {
            res.header("X-Token", form.field("token").value());
            return next.handle(req, res);
        }));
        app.post("/", (req, res) -> res.text(req.form().field("name").value()));
        TestResponse answer = post(
                new TestForm().field("token", "t").field("name", "taco").file("f", "f", "text/plain", new byte[1]));
        assertThat(answer.header("X-Token")).isEqualTo("t");
        assertThat(answer.text()).isEqualTo("taco");
    }

    @Test
    void middlewareThatTakesTheBytesLeavesTheForm() {
        app.use((req, res, next) -> req.whenBody().thenCompose(bytes -> next.handle(req, res)));
        app.post("/", (req, res) -> res.text(req.form().file("f").fileName() + (req.body().length > 100)));
        assertThat(post(new TestForm().file("f", "name", "text/plain", new byte[1]))
                        .text())
                .isEqualTo("nametrue");
    }

    @Test
    void theBytesOfAParsedFormAreGone() {
        app.post("/", (req, res) -> res.content(req.body(), "text/plain"));
        app.onError(
                IllegalStateException.class, (req, res, e) -> res.status(500).text(e.getMessage()));
        assertThat(post(new TestForm().file("f", "name", "text/plain", new byte[1]))
                        .text())
                .isEqualTo("body of POST /: expected to be read, got a multipart form. Take form().");
    }

    @Test
    void aStreamingRouteTakesThePartsAsTheyCome() {
        app.post("/", UploadsTest::sizes).streaming();
        TestForm form = new TestForm().field("name", "taco").file("photo", "p.png", "image/png", LARGE);
        assertThat(post(form).text()).isEqualTo("name:4 photo:300000");
    }

    @Test
    void aPartMayBeAsLargeAsTheBodyOfItsRoute() {
        app.post("/", (req, res) -> res.text("" + req.form().file("f").size())).maxBody(12 << 20);
        TestForm form = new TestForm().file("f", "f", "text/plain", new byte[11 << 20]);
        assertThat(post(form).text()).isEqualTo("" + (11 << 20));
    }

    @Test
    void aPartOfAStreamMayBeAsLargeAsItIs() {
        app.post("/", UploadsTest::sizes).streaming();
        TestForm form = new TestForm().file("f", "f", "text/plain", new byte[11 << 20]);
        assertThat(post(form).text()).isEqualTo("f:" + (11 << 20));
    }

    @Test
    void packedPartsAreA415() {
        app.post("/", UploadsTest::sizes).streaming();
        try (TestClient client = TestClient.of(app).with("Content-Encoding", "gzip")) {
            TestResponse answer = client.post("/", new TestForm().file("f", "f", "text/plain", new byte[1]));
            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.header("Accept-Encoding")).isEqualTo("identity");
        }
    }

    @Test
    void aTypeThatOnlyBeginsAsThatOfAFormIsAnother() {
        app.post("/", (req, res) -> res.text(req.text()));
        try (TestClient client = TestClient.of(app).with("Content-Type", "multipart/form-database; boundary=B")) {
            assertThat(client.post("/", "hello").text()).isEqualTo("hello");
        }
    }

    @Test
    void anUrlencodedFormNeedNotBeEncoded() {
        app.post("/", (req, res) -> res.json(req.form().fields()));
        try (TestClient client = TestClient.of(app).with("Content-Type", "application/x-www-form-urlencoded")) {
            assertThat(client.post("/", "name=José&discount=100%").text())
                    .isEqualTo("{\"name\":[\"José\"],\"discount\":[\"100%\"]}");
            assertThat(client.post("/", new byte[] {'a', '=', -23}).status()).isEqualTo(400);
        }
    }

    @Test
    void aDiskThatFailsIsA500ThatIsLogged() {
        app.post("/", (req, res) -> res.empty());
        String directory = System.getProperty("java.io.tmpdir");
        System.setProperty("java.io.tmpdir", folder.resolve("missing").toString());
        try (CapturedLog log = new CapturedLog()) {
            TestResponse answer = post(new TestForm().file("photo", "p.png", "image/png", LARGE));
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(answer.text()).doesNotContain("missing");
            assertThat(log.lines("ERROR")).hasSize(1);
            assertThat(log.text()).contains("NoSuchFileException");
        } finally {
            System.setProperty("java.io.tmpdir", directory);
        }
    }

    @Test
    void aFormThatFailsGivesItsRoomBackAtOnce() throws Exception {
        List<Path> before = temporaryFiles();
        List<Path> during = new ArrayList<>();
        app.onError(HttpError.class, (req, res, e) -> {
            during.addAll(temporaryFiles());
            return res.status(e.status()).empty();
        });
        app.post("/", (req, res) -> res.empty()).maxBody(500_000);
        TestForm form = new TestForm().file("a", "a", "a/b", LARGE).file("b", "b", "a/b", LARGE);
        try (TestClient client = TestClient.of(app).with("Transfer-Encoding", "chunked")) {
            assertThat(client.post("/", form).status()).isEqualTo(413);
        }
        assertThat(during).isEqualTo(before);
    }

    @Test
    void aFormParsedAfterTheEndLeavesNothing() throws Exception {
        List<Path> before = temporaryFiles();
        AtomicReference<Request> held = new AtomicReference<>();
        app.use((req, res, next) -> req.whenBody().thenCompose(bytes -> next.handle(req, res)));
        app.post("/", (req, res) -> {
            req.headers();
            held.set(req);
            return res.empty();
        });
        post(new TestForm().file("photo", "p.png", "image/png", LARGE));
        assertThatIllegalStateException()
                .isThrownBy(() -> held.get().form())
                .withMessageContaining("expected use before the end of the exchange, got it after");
        assertThat(temporaryFiles()).isEqualTo(before);
    }

    @Test
    void aSubscriberOfPartsThatFailsAtTheEndIsLogged() {
        App hasty = new App(Settings.defaults().timeout(Duration.ofMillis(100)));
        hasty.post("/", (req, res) -> {
                    req.parts().subscribe(new PartSizes() {
                        @Override
                        public void onComplete() {
                            throw new AssertionError("a bug at the end");
                        }
                    });
                    return new CompletableFuture<>();
                })
                .streaming();
        try (CapturedLog log = new CapturedLog();
                TestClient client = TestClient.of(hasty)) {
            assertThat(client.post("/", new TestForm().file("f", "f", "a/b", new byte[1]))
                            .status())
                    .isEqualTo(503);
            assertThat(log.lines("ERROR"))
                    .singleElement()
                    .asString()
                    .contains("POST /: the subscriber of its parts failed");
        }
    }

    private static CompletionStage<?> sizes(Request req, Response res) {
        PartSizes sizes = new PartSizes();
        req.parts().subscribe(sizes);
        return sizes.all.thenCompose(all -> res.text(String.join(" ", all)));
    }

    /** Counts the bytes of each part. */
    private static class PartSizes implements Flow.Subscriber<Part> {

        private final CompletableFuture<List<String>> all = new CompletableFuture<>();
        private final List<String> sizes = new ArrayList<>();
        private Flow.Subscription parts;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            parts = subscription;
            subscription.request(1);
        }

        @Override
        public void onNext(Part part) {
            part.content().subscribe(new Flow.Subscriber<ByteBuffer>() {

                private long size;

                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscription.request(Long.MAX_VALUE);
                }

                @Override
                public void onNext(ByteBuffer piece) {
                    size += piece.remaining();
                }

                @Override
                public void onError(Throwable failure) {
                    all.completeExceptionally(failure);
                }

                @Override
                public void onComplete() {
                    sizes.add(part.name() + ":" + size);
                    parts.request(1);
                }
            });
        }

        @Override
        public void onError(Throwable failure) {
            all.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            all.complete(sizes);
        }
    }
}
