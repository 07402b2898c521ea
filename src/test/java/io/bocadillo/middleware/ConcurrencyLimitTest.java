package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.App;
import io.bocadillo.CapturedLog;
import io.bocadillo.HttpError;
import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import io.bocadillo.testing.TestStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConcurrencyLimitTest {

    private final ConcurrencyLimit limit = new ConcurrencyLimit(1);

    private TestClient client() {
        App app = new App();
        app.use(limit);
        app.get("/text", (req, res) -> res.text("x"));
        app.get("/empty", (req, res) -> res.empty());
        app.get("/stream", (req, res) -> res.stream(Stream.of("a", "b")));
        app.get("/events", (req, res) -> res.events(events -> events.send("hello")));
        app.get("/background", (req, res) -> res.background(() -> {}).text("x"));
        app.get("/broken", (req, res) -> res.stream(Stream.of(1)));
        app.get("/error", (req, res) -> {
            throw new HttpError(418);
        });
        app.get("/bug", (req, res) -> {
            throw new AssertionError("SECRET");
        });
        return TestClient.of(app);
    }

    @Test
    void whoComesWhileAllAreTakenIsToldToComeBack() throws InterruptedException {
        TestClient client = client();
        try (TestStream stream = client.stream("/events")) {
            assertThat(stream.next()).contains("hello");
            assertThat(limit.underWay()).isEqualTo(1);
            TestResponse refused = client.get("/text");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(limit.underWay()).isEqualTo(1);
        }
        assertThat(client.get("/text").status()).isEqualTo(200);
        assertThat(limit.underWay()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/text", "/empty", "/stream", "/background", "/error", "/bug", "/none", "/broken"})
    void howeverARequestEndsItMakesRoomForAnother(String path) {
        TestClient client = client();
        for (int i = 0; i < 3; i++) {
            assertThat(client.get(path).status()).isNotEqualTo(503);
            assertThat(limit.underWay()).isZero();
        }
    }

    @Test
    void aViewThatGoesOnAfterItsTimeoutKeepsItsPlaceUntilItIsDone() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        App app = new App(Settings.defaults().timeout(Duration.ofMillis(20)));
        app.use(limit);
        app.get("/slow", (req, res) -> gate.thenCompose(open -> res.text("x")));
        app.get("/text", (req, res) -> res.text("x"));
        TestClient client = TestClient.of(app);
        TestResponse timedOut = client.get("/slow");
        assertThat(timedOut.status()).isEqualTo(503);
        assertThat(timedOut.header("Retry-After")).isNull();
        assertThat(limit.underWay()).isEqualTo(1);
        assertThat(client.get("/text").header("Retry-After")).isEqualTo("1");
        gate.complete(null);
        assertThat(limit.underWay()).isZero();
        assertThat(client.get("/text").status()).isEqualTo(200);
    }

    @Test
    void whatIsNotDoneTenMinutesAfterItsAnswerIsLostWhenItsPlaceIsNeeded() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE);
        ConcurrencyLimit two = new ConcurrencyLimit(2).clock(now::get);
        List<CompletableFuture<Void>> gates = new CopyOnWriteArrayList<>();
        App app = new App(Settings.defaults().timeout(Duration.ofMillis(20)));
        app.use(two);
        app.get("/lost", (req, res) -> {
            gates.add(new CompletableFuture<>());
            return gates.get(gates.size() - 1).thenCompose(open -> res.text("late"));
        });
        app.get("/text", (req, res) -> res.text("x"));
        TestClient client = TestClient.of(app);
        client.get("/lost");
        now.addAndGet(TimeUnit.MINUTES.toNanos(1));
        client.get("/lost");
        now.addAndGet(TimeUnit.MINUTES.toNanos(9) - 1);
        assertThat(client.get("/text").status()).isEqualTo(503);
        now.incrementAndGet();
        try (CapturedLog log = new CapturedLog()) {
            assertThat(client.get("/text").status()).isEqualTo(200);
            assertThat(log.text()).contains("GET /lost: expected its view to be done at last");
        }
        assertThat(two.underWay()).isEqualTo(1);
        gates.forEach(gate -> gate.complete(null));
        assertThat(two.underWay()).isZero();
        assertThat(client.get("/text").status()).isEqualTo(200);
    }

    /** However the two ends of a request race, its place is free once, and once only. */
    @Test
    void thePlaceOfARequestIsFreeOnceBothItsEndsHaveCome() throws InterruptedException {
        Permits permits = new Permits(1, System::nanoTime);
        for (int i = 0; i < 5_000; i++) {
            Permits.Permit permit = Objects.requireNonNull(permits.take("x"));
            assertThat(permits.take("y")).isNull();
            Thread done = new Thread(permit::done);
            done.start();
            permit.ended();
            done.join();
            assertThat(permits.taken()).isZero();
        }
    }

    @Test
    void aRequestThatComesHereAfterItsTimeTakesNoRoom() throws InterruptedException {
        App app = new App(Settings.defaults().timeout(Duration.ofMillis(20)));
        CompletableFuture<Void> slow = new CompletableFuture<>();
        CountDownLatch late = new CountDownLatch(1);
        app.use((req, res, next) ->
                slow.thenCompose(nothing -> next.handle(req, res)).whenComplete((nothing, error) -> late.countDown()));
        app.use(limit);
        app.get("/", (req, res) -> res.text("x"));
        assertThat(TestClient.of(app).get("/").status()).isEqualTo(503);
        slow.complete(null);
        late.await();
        assertThat(limit.underWay()).isZero();
    }

    @Test
    void manyAtOnceAreNeverMoreThanAllowed() {
        ConcurrencyLimit three = new ConcurrencyLimit(3).retryAfter(Duration.ofMinutes(2));
        App app = new App();
        CompletableFuture<Void> gate = new CompletableFuture<>();
        app.get("/", (req, res) -> gate.thenCompose(open -> res.text("x"))).use(three);
        TestClient client = TestClient.of(app);
        CompletableFuture<?>[] waiting = new CompletableFuture<?>[3];
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = CompletableFuture.runAsync(() -> client.get("/"), task -> new Thread(task).start());
        }
        while (three.underWay() < waiting.length) {
            Thread.onSpinWait();
        }
        assertThat(client.get("/").header("Retry-After")).isEqualTo("120");
        gate.complete(null);
        CompletableFuture.allOf(waiting).join();
        assertThat(three.underWay()).isZero();
    }

    @Test
    void mistakesAreRefusedAtOnce() {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> new ConcurrencyLimit(0))
                .withMessageStartingWith("ConcurrencyLimit: expected 1 request or more");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> limit.retryAfter(Duration.ofMillis(999)))
                .withMessageStartingWith("ConcurrencyLimit: expected 1 request or more");
    }
}
