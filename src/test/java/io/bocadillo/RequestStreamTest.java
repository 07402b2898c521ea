package io.bocadillo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class RequestStreamTest {

    private final App app = new App();

    /** Gathers a body; its stage has the failure if there is one. */
    private static class Gathering extends CompletableFuture<String> implements Flow.Subscriber<ByteBuffer> {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.Subscription subscription;

        static CompletableFuture<String> of(Flow.Publisher<ByteBuffer> body) {
            Gathering gathering = new Gathering();
            body.subscribe(gathering);
            return gathering;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            bytes.writeBytes(copy);
            subscription.request(1);
        }

        @Override
        public void onError(Throwable failure) {
            completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            complete(bytes.toString(UTF_8));
        }
    }

    private static final View ECHO = (req, res) -> Gathering.of(req.stream()).thenCompose(res::text);

    private TestResponse post(String body) {
        return TestClient.of(app).post("/", body);
    }

    @Test
    void aBodyIsTakenAsItComes() {
        app.post("/", ECHO).streaming();
        assertThat(post("é".repeat(50_000)).text()).isEqualTo("é".repeat(50_000));
    }

    @Test
    void aBodyGoesFromTheRequestIntoTheAnswer() {
        app.post("/", (req, res) -> res.stream(req.stream())).streaming();
        assertThat(post("x".repeat(100_000)).text()).hasSize(100_000);
    }

    @Test
    void noBodyIsAnEmptyStream() {
        app.post("/", ECHO).streaming();
        TestResponse response = TestClient.of(app).post("/");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEmpty();
    }

    @Test
    void hooksAndViewRunBeforeTheBodyIsRead() {
        app.post("/", (req, res) -> res.text("refused"))
                .before((req, res) -> {
                    throw new HttpError(401);
                })
                .streaming();
        app.start();
        assertThat(app.handle(new StubExchange("POST", "/", new CompletableFuture<>()))
                        .join()
                        .status())
                .isEqualTo(401);
    }

    @Test
    void theBodyOfAStreamingRouteIsNoValue() {
        AtomicReference<Throwable> refused = new AtomicReference<>();
        app.post("/", (req, res) -> {
                    refused.set(catchThrowable(req::body));
                    return res.text("ok");
                })
                .streaming();
        assertThat(post("x").text()).isEqualTo("ok");
        assertThat(refused.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("body of POST /: expected to be read, got a route that streams it.")
                .hasMessageContaining("stream()")
                .hasMessageContaining("whenBody()");
    }

    @Test
    void aStreamingRouteWithoutABodyHasAnEmptyValue() {
        app.post("/", (req, res) -> res.text("<" + req.text() + ">")).streaming();
        assertThat(TestClient.of(app).post("/").text()).isEqualTo("<>");
    }

    @Test
    void anOrdinaryRouteDoesNotStream() {
        AtomicReference<Throwable> refused = new AtomicReference<>();
        app.post("/", (req, res) -> {
            refused.set(catchThrowable(req::stream));
            return res.text(req.text());
        });
        assertThat(post("x").text()).isEqualTo("x");
        assertThat(refused.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("stream of POST /: expected a route that streams, got one that reads the body."
                        + " Add .streaming() to the route.");
    }

    @Test
    void whenBodyReadsTheBodyOfAStreamingRoute() {
        app.post("/", (req, res) -> req.whenBody().thenCompose(body -> res.text(body.length + req.text())))
                .streaming();
        assertThat(post("four").text()).isEqualTo("4four");
    }

    @Test
    void whenBodyOfAStreamingRouteHasALimitIfTheRouteHasOne() {
        app.post("/", (req, res) -> req.whenBody().thenCompose(body -> res.text("" + body.length)))
                .maxBody(3)
                .streaming();
        assertThat(post("four").status()).isEqualTo(413);
        assertThat(post("two").status()).isEqualTo(200);
    }

    @Test
    void aBodyIsTakenInOneWayAlone() {
        AtomicReference<Throwable> refused = new AtomicReference<>();
        app.post("/", (req, res) -> {
                    Flow.Publisher<ByteBuffer> body = req.stream();
                    refused.set(catchThrowable(req::stream));
                    assertThat(catchThrowable(req::whenBody)).isInstanceOf(IllegalStateException.class);
                    return Gathering.of(body).thenCompose(res::text);
                })
                .streaming();
        app.put(
                        "/",
                        (req, res) -> req.whenBody().thenCompose(body -> {
                            assertThat(catchThrowable(req::stream)).isInstanceOf(IllegalStateException.class);
                            return res.content(body, "text/plain");
                        }))
                .streaming();
        assertThat(post("x").text()).isEqualTo("x");
        assertThat(refused.get())
                .hasMessage("body of POST /: expected to be taken once, got a second time."
                        + " Keep what the first call returned.");
        assertThat(TestClient.of(app).put("/", "y").text()).isEqualTo("y");
    }

    @Test
    void aSecondSubscriberIsToldSo() {
        app.post("/", (req, res) -> {
                    Flow.Publisher<ByteBuffer> body = req.stream();
                    CompletableFuture<String> first = Gathering.of(body);
                    assertThat(Gathering.of(body))
                            .failsWithin(10, SECONDS)
                            .withThrowableThat()
                            .withMessageContaining("expected one subscriber, got a second");
                    return first.thenCompose(res::text);
                })
                .streaming();
        assertThat(post("x").text()).isEqualTo("x");
        assertThat(TestClient.of(app).post("/").status()).isEqualTo(200);
    }

    @Test
    void aStreamedBodyHasNoLimitUnlessTheRouteSetsOne() {
        App limited = new App(Settings.defaults().maxBody(10));
        limited.post("/free", ECHO).streaming();
        limited.post("/limited", ECHO).streaming().maxBody(20);
        TestClient client = TestClient.of(limited);
        assertThat(client.post("/free", "x".repeat(1000)).text()).hasSize(1000);
        assertThat(client.post("/limited", "x".repeat(20)).text()).hasSize(20);
        TestResponse refused = client.post("/limited", "x".repeat(21));
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.header("Connection")).isEqualTo("close");
        assertThat(refused.text()).contains("body: expected at most 20 bytes, got more.");
    }

    @Test
    void whoeverCancelsMayAnswer() {
        app.post("/", (req, res) -> {
                    req.stream().subscribe(new Gathering() {
                        @Override
                        public void onSubscribe(Flow.Subscription given) {
                            given.cancel();
                        }
                    });
                    return res.status(202).text("enough");
                })
                .streaming();
        assertThat(post("x".repeat(100_000)).status()).isEqualTo(202);
    }

    @Test
    void nobodyHasToTakeTheBody() {
        app.post("/", (req, res) -> res.status(202).text("thanks")).streaming();
        assertThat(post("x").status()).isEqualTo(202);
    }

    @Test
    void theTimeForTheAnswerCountsAnewWithEachPiece() throws Exception {
        App patient = new App(Settings.defaults().timeout(Duration.ofSeconds(2)));
        patient.post("/", ECHO).streaming();
        patient.start();
        try (SubmissionPublisher<ByteBuffer> body = new SubmissionPublisher<>()) {
            CompletableFuture<Response> answer = patient.handle(StubExchange.streaming("/", body));
            for (int i = 0; i < 6; i++) {
                Thread.sleep(500);
                body.submit(ByteBuffer.wrap(("" + i).getBytes(UTF_8)));
            }
            body.close();
            Response response = answer.get(10, SECONDS);
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).asString(UTF_8).isEqualTo("012345");
        }
    }

    @Test
    void aBodyOfWhichNothingComesIsA503InTime() throws Exception {
        App impatient = new App(Settings.defaults().timeout(Duration.ofMillis(100)));
        impatient.post("/", ECHO).streaming();
        impatient.start();
        try (SubmissionPublisher<ByteBuffer> body = new SubmissionPublisher<>()) {
            Response response =
                    impatient.handle(StubExchange.streaming("/", body)).get(10, SECONDS);
            assertThat(response.status()).isEqualTo(503);
        }
    }

    @Test
    void streamingIsSetBeforeTheStart() {
        Route route = app.post("/", ECHO);
        app.start();
        assertThat(catchThrowable(route::streaming)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBodyAnnouncedBeyondTheLimitIsTakenOnce() {
        AtomicReference<Throwable> second = new AtomicReference<>();
        app.post("/", (req, res) -> {
                    CompletableFuture<String> first = Gathering.of(req.stream());
                    second.set(catchThrowable(req::stream));
                    return first.thenCompose(res::text);
                })
                .streaming()
                .maxBody(4);
        assertThat(post("hello").status()).isEqualTo(413);
        assertThat(second.get()).hasMessageContaining("expected to be taken once, got a second time");
    }
}
