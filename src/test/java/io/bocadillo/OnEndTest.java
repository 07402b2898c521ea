package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OnEndTest {

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    private App app(View view) {
        App app = new App(Settings.defaults().timeout(Duration.ofMillis(200)));
        app.use((req, res, next) -> {
            req.onEnd(outcome -> told.add(outcome.status() + " " + outcome.bytes() + " "
                    + (outcome.failure() == null
                            ? "sent"
                            : outcome.failure().getClass().getSimpleName())));
            return next.handle(req, res);
        });
        app.get("/", view);
        return app;
    }

    @Test
    void anAnswerThatIsSentIsToldWithItsStatusAndSize() {
        TestClient.of(app((req, res) -> res.status(201).text("hello"))).get("/");
        assertThat(told).containsExactly("201 5 sent");
    }

    @Test
    void theAnswerToHeadHasNoBytes() {
        TestClient.of(app((req, res) -> res.text("hello"))).head("/");
        assertThat(told).containsExactly("200 0 sent");
    }

    @Test
    void aStreamIsToldAtItsEnd() throws InterruptedException {
        try (TestStream stream = TestClient.of(app((req, res) -> res.stream(Stream.of("a", "bc")))).stream("/")) {
            assertThat(told).isEmpty();
            StringBuilder text = new StringBuilder();
            for (String piece = stream.next(); piece != null; piece = stream.next()) {
                text.append(piece);
            }
            assertThat(text).hasToString("abc");
            assertThat(told).containsExactly("200 3 sent");
        }
        assertThat(told).hasSize(1);
    }

    @Test
    void aClientThatGoesIsTold() {
        TestClient.of(app((req, res) -> res.stream(Stream.of("a", "bc")))).stream("/")
                .close();
        assertThat(told).containsExactly("200 0 ClientDisconnect");
    }

    @Test
    void theAnswerInThePlaceOfOneThatFailsOrComesTooLateIsTold() {
        TestClient.of(app((req, res) -> {
                    throw new HttpError(418);
                }))
                .get("/");
        TestClient.of(app((req, res) -> {
                    throw new IOException();
                }))
                .get("/");
        TestClient.of(app((req, res) -> new CompletableFuture<>())).get("/");
        assertThat(told).hasSize(3);
        assertThat(told.get(0)).startsWith("418 ").endsWith(" sent");
        assertThat(told.get(1)).startsWith("500 ").endsWith(" sent");
        assertThat(told.get(2)).startsWith("503 ").endsWith(" sent");
    }

    @Test
    void allAreToldOnceAndBeforeTheBackgroundTasks() {
        App app = app((req, res) -> {
            req.onEnd(outcome -> told.add("second"));
            req.onEnd(outcome -> {
                throw new IllegalStateException("third");
            });
            return res.background(() -> told.add("task")).text("x");
        });
        try (CapturedLog log = new CapturedLog()) {
            TestClient.of(app).get("/");
            assertThat(log.lines("ERROR")).singleElement().asString().contains("GET /: a listener to its end failed");
        }
        assertThat(told).containsExactly("second", "200 1 sent", "task");
    }

    @Test
    void theServerMayEndItTwice() {
        App app = app((req, res) -> res.text("x"));
        app.start();
        Response response = app.handle(new StubExchange("/", Runnable::run)).join();
        response.sent(null, 1);
        response.sent(new ClientDisconnect(null), 0);
        assertThat(told).containsExactly("200 1 sent");
    }

    @Test
    void afterTheEndNobodyIsTold() {
        AtomicReference<Request> late = new AtomicReference<>();
        TestClient.of(app((req, res) -> {
                    late.set(req);
                    return res.text("x");
                }))
                .get("/");
        assertThatIllegalStateException()
                .isThrownBy(() -> late.get().onEnd(outcome -> told.add("late")))
                .withMessageContaining("expected use before the end of the exchange, got it after");
        assertThat(told).hasSize(1);
    }

    @Test
    void whoRacesWithTheEndIsToldOrRefused() {
        App app = new App();
        AtomicReference<Request> started = new AtomicReference<>();
        app.get("/", (req, res) -> {
            started.set(req);
            return res.text("x");
        });
        app.start();
        for (int round = 0; round < 2000; round++) {
            Response response = app.handle(new StubExchange("/", Runnable::run)).join();
            Request req = started.get();
            AtomicInteger heard = new AtomicInteger();
            CompletableFuture<Integer> refused = CompletableFuture.supplyAsync(() -> {
                try {
                    req.onEnd(outcome -> heard.incrementAndGet());
                    return 0;
                } catch (IllegalStateException over) {
                    return 1;
                }
            });
            response.sent(null, 1);
            assertThat(refused.join() + heard.get()).isEqualTo(1);
        }
    }
}
