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
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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

    /** Nobody can tell a view that is slow from one that is lost, and the limit holds for both. */
    @Test
    void aViewThatIsNeverDoneKeepsItsPlaceAndTheLogSaysSoOnce() {
        ConcurrencyLimit two = new ConcurrencyLimit(2);
        App app = new App(Settings.defaults().timeout(Duration.ofMillis(20)));
        app.use(two);
        app.get("/lost", (req, res) -> new CompletableFuture<>());
        app.get("/text", (req, res) -> res.text("x"));
        TestClient client = TestClient.of(app);
        try (CapturedLog log = new CapturedLog()) {
            client.get("/lost");
            assertThat(client.get("/text").status()).isEqualTo(200);
            client.get("/lost");
            for (int i = 0; i < 3; i++) {
                assertThat(client.get("/text").header("Retry-After")).isEqualTo("1");
            }
            assertThat(log.lines("WARN"))
                    .filteredOn(line -> line.contains("ConcurrencyLimit"))
                    .singleElement()
                    .asString()
                    .contains("expected views to be done with their answers, got 2 that are not");
        }
        assertThat(two.underWay()).isEqualTo(2);
    }

    @Test
    void whatIsStuckOnceMoreIsWarnedOfOnceMore() {
        Queue<CompletableFuture<Void>> late = new ConcurrentLinkedQueue<>();
        App app = new App(Settings.defaults().timeout(Duration.ofMillis(20)));
        app.use(new ConcurrencyLimit(1));
        app.get("/late", (req, res) -> {
            CompletableFuture<Void> view = new CompletableFuture<>();
            late.add(view);
            return view;
        });
        TestClient client = TestClient.of(app);
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 2; i++) {
                client.get("/late");
                for (int j = 0; j < 3; j++) {
                    assertThat(client.get("/late").header("Retry-After")).isEqualTo("1");
                }
                late.remove().complete(null);
            }
            assertThat(log.lines("WARN"))
                    .filteredOn(line -> line.contains("expected views to be done"))
                    .hasSize(2);
        }
    }

    @Test
    void aLimitThatIsFullBecauseThereIsMuchToDoIsNothingToWarnOf() throws InterruptedException {
        TestClient client = client();
        try (CapturedLog log = new CapturedLog();
                TestStream stream = client.stream("/events")) {
            assertThat(stream.next()).contains("hello");
            assertThat(client.get("/text").status()).isEqualTo(503);
            assertThat(log.lines("WARN")).isEmpty();
        }
    }

    /** However the timeout of a request and the end of its view race, its place is free once, and once only. */
    @Test
    void thePlaceOfARequestIsFreeOnceBothItsEndsHaveCome() {
        App app = new App(Settings.defaults().timeout(Duration.ofMillis(2)));
        AtomicReference<CompletableFuture<Void>> done = new AtomicReference<>(new CompletableFuture<>());
        app.use(limit);
        app.get("/", (req, res) -> done.get().thenCompose(nothing -> res.text("x")));
        TestClient client = TestClient.of(app);
        for (int i = 0; i < 300; i++) {
            CompletableFuture<Void> view = new CompletableFuture<>();
            done.set(view);
            view.completeOnTimeout(null, 2, TimeUnit.MILLISECONDS);
            assertThat(client.get("/").header("Retry-After")).isNull();
            view.join();
            while (limit.underWay() > 0) {
                Thread.onSpinWait();
            }
            assertThat(limit.underWay()).isZero();
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
