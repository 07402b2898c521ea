package io.bocadillo;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class ViewTest {

    private static final Executor LATER = CompletableFuture.delayedExecutor(20, MILLISECONDS);

    private final App app = new App();

    private TestResponse answerOf(View view) {
        app.get("/", view);
        return TestClient.of(app).get("/");
    }

    private String logOf(View view) {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(answerOf(view).text()).isEqualTo("{\"error\":\"500 Internal Server Error\",\"status\":500}");
            return log.text();
        }
    }

    @Test
    void aPlainViewIsOneExpression() {
        TestResponse response = answerOf((req, res) -> res.text("hi"));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("hi");
    }

    @Test
    void anAsyncViewIsOrdinaryComposition() {
        assertThat(answerOf((req, res) -> CompletableFuture.supplyAsync(() -> "late", LATER)
                                .thenCompose(res::text))
                        .text())
                .isEqualTo("late");
    }

    @Test
    void aViewMayReturnAStageThatIsCompleteAlready() {
        assertThat(answerOf((req, res) ->
                                CompletableFuture.completedStage("at once").thenCompose(res::text))
                        .text())
                .isEqualTo("at once");
    }

    @Test
    void aViewMayGoOnFromWhatAnAnswerReturned() {
        assertThat(answerOf((req, res) -> res.text("x").thenRun(() -> res.header("X-After", "yes")))
                        .header("X-After"))
                .isEqualTo("yes");
    }

    @Test
    void aViewMayReturnAStageThatOnlyComposes() {
        CompletableFuture<String> found = new CompletableFuture<>();
        app.get("/", (req, res) -> {
            LATER.execute(() -> found.complete("found"));
            return found.minimalCompletionStage().thenCompose(res::text);
        });
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("found");
    }

    @Test
    void theResponseWaitsForTheStageAndNotForTheFirstAnswer() {
        assertThat(answerOf((req, res) -> {
                            res.text("too early");
                            return CompletableFuture.runAsync(() -> res.text("in time"), LATER);
                        })
                        .text())
                .isEqualTo("in time");
    }

    @Test
    void theValueOfTheStageIsNotUsed() {
        TestResponse response = answerOf((req, res) -> res.text("recorded").thenApply(nothing -> "returned"));
        assertThat(response.text()).isEqualTo("recorded");
    }

    @Test
    void theLastAnswerWins() {
        TestResponse response = answerOf((req, res) -> {
            res.json("first");
            res.html("<p>second</p>");
            return res.text("third");
        });
        assertThat(response.text()).isEqualTo("third");
        assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(response.headers().all("Content-Type")).hasSize(1);
    }

    @Test
    void aViewThatRecordsNothingAnswersWithAnEmpty200() {
        TestResponse response = answerOf((req, res) -> CompletableFuture.completedFuture("forgotten"));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Length")).isEqualTo("0");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void aViewThatReturnsNullIsToldWhatToReturn() {
        assertThat(logOf((req, res) -> null))
                .contains("view of GET / (ViewTest.java:")
                .contains(
                        "expected a stage, got 'null'. Return what a method of Response returned, like res.text(...).");
    }

    @Test
    void aCheckedExceptionIsA500() {
        assertThat(logOf((req, res) -> {
                    throw new IOException("disk");
                }))
                .contains("java.io.IOException: disk");
    }

    @Test
    void anUncheckedExceptionIsA500() {
        assertThat(logOf((req, res) -> {
                    throw new IllegalArgumentException("wrong");
                }))
                .contains("java.lang.IllegalArgumentException: wrong");
    }

    @Test
    void anErrorIsA500() {
        assertThat(logOf((req, res) -> {
                    throw new StackOverflowError();
                }))
                .contains("java.lang.StackOverflowError");
    }

    @Test
    void anErrorInALateStageIsA500() {
        assertThat(logOf((req, res) -> CompletableFuture.runAsync(
                        () -> {
                            throw new AssertionError("late");
                        },
                        LATER)))
                .contains("java.lang.AssertionError: late");
    }

    @Test
    void anHttpErrorIsAnsweredWhereverItComesFrom() {
        app.get("/thrown", (req, res) -> {
            throw new HttpError(409);
        });
        app.get("/failed", (req, res) -> CompletableFuture.failedFuture(new HttpError(409)));
        app.get(
                "/late",
                (req, res) -> CompletableFuture.runAsync(
                        () -> {
                            throw new HttpError(409);
                        },
                        LATER));
        app.get(
                "/wrapped",
                (req, res) -> CompletableFuture.failedStage(
                        new CompletionException(new CompletionException(new HttpError(409)))));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/thrown").status()).isEqualTo(409);
        assertThat(client.get("/failed").status()).isEqualTo(409);
        assertThat(client.get("/late").status()).isEqualTo(409);
        assertThat(client.get("/wrapped").status()).isEqualTo(409);
    }

    @Test
    void aResponseKeptBeyondItsEndRefusesUse() {
        AtomicReference<Request> request = new AtomicReference<>();
        AtomicReference<Response> response = new AtomicReference<>();
        answerOf((req, res) -> {
            request.set(req);
            response.set(res);
            return res.text("done");
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> response.get().text("more"))
                .withMessage("response to GET /: expected use before the end of the exchange, got it after."
                        + " Return a stage that completes when the answer is there.");
        assertThatIllegalStateException()
                .isThrownBy(() -> request.get().header("Accept"))
                .withMessageContaining("request GET /: expected use before the end of the exchange, got it after.");
        assertThat(request.get()).hasToString("GET /");
    }

    @Test
    void aStageOfAForeignClassIsWaitedFor() {
        CompletableFuture<Void> later = new CompletableFuture<>();
        app.get("/", (req, res) -> {
            LATER.execute(() -> {
                res.text("foreign");
                later.complete(null);
            });
            return (CompletionStage<?>) Proxy.newProxyInstance(
                    ViewTest.class.getClassLoader(),
                    new Class<?>[] {CompletionStage.class},
                    (proxy, method, arguments) -> method.invoke(later, arguments));
        });
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("foreign");
    }
}
