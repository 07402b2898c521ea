package io.bocadillo;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class MiddlewareTest {

    private static final Executor LATER = CompletableFuture.delayedExecutor(20, MILLISECONDS);
    private static final View OK = (req, res) -> res.text("ok");

    private final App app = new App();
    private final List<String> calls = new ArrayList<>();

    private Middleware logs(String name) {
        return (req, res, next) -> {
            calls.add(name + " in");
            return next.handle(req, res).thenRun(() -> calls.add(name + " out"));
        };
    }

    @Test
    void theFirstRegisteredIsTheOutermostAndThoseOfTheRouteAreInside() {
        Route route = app.get("/", (req, res) -> {
            calls.add("view");
            return res.text("ok");
        });
        route.use(logs("route 1")).use(logs("route 2"));
        app.use(logs("app 1"));
        app.use(logs("app 2"));
        TestClient.of(app).get("/");
        assertThat(calls)
                .containsExactly(
                        "app 1 in",
                        "app 2 in",
                        "route 1 in",
                        "route 2 in",
                        "view",
                        "route 2 out",
                        "route 1 out",
                        "app 2 out",
                        "app 1 out");
    }

    @Test
    void theMiddlewareOfARouteLeavesOtherRoutesAlone() {
        app.get("/a", OK).use(logs("a"));
        app.get("/b", OK);
        TestClient.of(app).get("/b");
        assertThat(calls).isEmpty();
    }

    @Test
    void oneThatDoesNotCallOnAnswersByItself() {
        app.use(logs("outer"));
        app.use((req, res, next) -> res.status(503).text("maintenance"));
        app.get("/", (req, res) -> {
            throw new AssertionError("reached");
        });
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.text()).isEqualTo("maintenance");
        assertThat(calls).containsExactly("outer in", "outer out");
    }

    @Test
    void whoeverRefusesDoesSoBeforeTheBodyIsRead() {
        app.use((req, res, next) -> {
            throw new HttpError(401);
        });
        app.post("/", OK);
        app.start();
        StubExchange exchange = new StubExchange("POST", "/", new CompletableFuture<>());
        assertThat(app.handle(exchange)).isCompletedWithValueMatching(response -> response.status() == 401);
        assertThat(exchange.bodiesRead()).isZero();
    }

    @Test
    void theViewWaitsForTheBodyWithoutAThread() {
        app.use(logs("outer"));
        app.post("/", (req, res) -> res.text(req.text()));
        app.start();
        CompletableFuture<byte[]> body = new CompletableFuture<>();
        CompletableFuture<Response> answer = app.handle(new StubExchange("POST", "/", body));
        assertThat(answer).isNotDone();
        assertThat(calls).containsExactly("outer in");
        body.complete(new byte[] {'h', 'i'});
        assertThat(answer).isCompletedWithValueMatching(response -> new String(response.body()).equals("hi"));
    }

    @Test
    void theBodyIsReadOnceHoweverManyAskForIt() {
        app.use((req, res, next) -> req.whenBody()
                .thenCompose(first -> req.whenBody().thenCompose(second -> {
                    calls.add(new String(first) + new String(second) + req.text());
                    return next.handle(req, res);
                })));
        app.post("/", (req, res) -> res.text(req.text()));
        app.start();
        StubExchange exchange = new StubExchange("POST", "/", CompletableFuture.completedFuture(new byte[] {'x'}));
        Response response = app.handle(exchange).join();
        assertThat(response.body()).containsExactly('x');
        assertThat(calls).containsExactly("xxx");
        assertThat(exchange.bodiesRead()).isOne();
    }

    @Test
    void bodyInMiddlewareSaysWhatToDo() {
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        app.use((req, res, next) -> {
            try {
                req.body();
            } catch (IllegalStateException tooEarly) {
                refusal.set(tooEarly);
            }
            return next.handle(req, res);
        });
        app.post("/", (req, res) -> res.text(req.text()));
        assertThat(TestClient.of(app).post("/", "hi").text()).isEqualTo("hi");
        assertThat(refusal.get())
                .hasMessage("body of POST /: expected to be read, got 'not read yet'."
                        + " Middleware runs before the body is read: compose on whenBody().");
    }

    @Test
    void bodyInMiddlewareIsEmptyWhenThereIsNone() {
        app.use((req, res, next) -> {
            calls.add("length " + req.body().length);
            return next.handle(req, res);
        });
        app.get("/", OK);
        TestClient.of(app).get("/");
        assertThat(calls).containsExactly("length 0");
    }

    @Test
    void itSeesTheAnswerToAnErrorAsTheClientWill() {
        app.use((req, res, next) ->
                next.handle(req, res).thenRun(() -> calls.add(res.status() + " " + new String(res.body()))));
        app.get("/", (req, res) -> {
            throw new HttpError(409);
        });
        TestClient.of(app).get("/");
        assertThat(calls).containsExactly("409 {\"error\":\"409 Conflict\",\"status\":409}");
    }

    @Test
    void anErrorThatNobodyHandlesPassesThroughAsAFailure() {
        IOException disk = new IOException("disk");
        app.use((req, res, next) -> next.handle(req, res).whenComplete((value, error) -> calls.add("" + error)));
        app.get("/", (req, res) -> {
            throw disk;
        });
        try (CapturedLog log = new CapturedLog()) {
            assertThat(TestClient.of(app).get("/").status()).isEqualTo(500);
            assertThat(log.lines("ERROR")).hasSize(1);
        }
        assertThat(calls).containsExactly("java.io.IOException: disk");
    }

    @Test
    void itCanAnswerAnErrorThatNobodyHandles() {
        app.use((req, res, next) -> {
            CompletionStage<?> answered = next.handle(req, res);
            return answered.handle((value, error) ->
                            error == null ? answered : res.status(502).text("sorry"))
                    .thenCompose(stage -> stage);
        });
        app.get("/", (req, res) -> CompletableFuture.failedFuture(new IOException("upstream")));
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.text()).isEqualTo("sorry");
    }

    @Test
    void nextNeverThrows() {
        app.use((req, res, next) -> {
            CompletionStage<?> answered;
            try {
                answered = next.handle(req, res);
            } catch (Throwable thrown) {
                calls.add("thrown");
                throw thrown;
            }
            return answered;
        });
        app.get("/view", (req, res) -> {
            throw new AssertionError("view");
        });
        app.get("/null", (req, res) -> null);
        app.get("/inner", OK).use((req, res, next) -> {
            throw new IOException("inner");
        });
        try (CapturedLog log = new CapturedLog()) {
            TestClient client = TestClient.of(app);
            assertThat(client.get("/view").status()).isEqualTo(500);
            assertThat(client.get("/null").status()).isEqualTo(500);
            assertThat(client.get("/inner").status()).isEqualTo(500);
            assertThat(client.get("/nowhere").status()).isEqualTo(404);
            assertThat(log.lines("ERROR")).hasSize(3);
        }
        assertThat(calls).isEmpty();
    }

    @Test
    void afterwardsItCanChangeStatusHeadersAndBody() {
        app.use((req, res, next) -> next.handle(req, res).thenCompose(answered -> {
            String body = new String(res.body());
            res.headers().remove("X-View");
            return res.status(203).header("X-Middleware", "yes").text(body + "!");
        }));
        app.get("/", (req, res) -> res.header("X-View", "yes").html("ok"));
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(203);
        assertThat(response.header("X-View")).isNull();
        assertThat(response.header("X-Middleware")).isEqualTo("yes");
        assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(response.text()).isEqualTo("ok!");
    }

    @Test
    void theServerTimingExampleWorksAsWritten() {
        app.use((req, res, next) -> {
            long start = System.nanoTime();
            return next.handle(req, res)
                    .thenRun(() -> res.header("Server-Timing", "app;dur=" + (System.nanoTime() - start) / 1e6));
        });
        app.get("/", OK);
        app.get("/late", (req, res) -> CompletableFuture.runAsync(() -> res.text("late"), LATER));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/").header("Server-Timing")).startsWith("app;dur=");
        assertThat(client.get("/late").header("Server-Timing")).startsWith("app;dur=");
        assertThat(client.get("/nowhere").header("Server-Timing")).startsWith("app;dur=");
    }

    @Test
    void oneThatThrowsIsAnsweredByTheHandlerOfItsError() {
        app.use(logs("outer"));
        app.use((req, res, next) -> {
            throw new IOException("no");
        });
        app.get("/", OK);
        app.onError(IOException.class, (req, res, error) -> res.status(502).text(error.getMessage()));
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.text()).isEqualTo("no");
        assertThat(calls).containsExactly("outer in", "outer out");
    }

    @Test
    void oneThatFailsAfterwardsReplacesTheAnswer() {
        app.use((req, res, next) -> next.handle(req, res).thenRun(() -> {
            throw new HttpError(502, "after");
        }));
        app.get("/", (req, res) -> res.header("X-View", "yes").html("ok"));
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.text()).isEqualTo("{\"error\":\"502 Bad Gateway\",\"status\":502,\"detail\":\"after\"}");
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.header("X-View")).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneThatFailsAfterwardsTakesItsHeadersBackAndThoseInsideOfIt(boolean later) {
        app.use((req, res, next) -> {
            res.header("X-Outside", "yes");
            return next.handle(req, res);
        });
        app.use((req, res, next) -> {
            res.header("X-Failed", "yes");
            return next.handle(req, res).thenRun(() -> {
                throw new HttpError(503);
            });
        });
        app.use((req, res, next) -> {
            res.header("Cache-Control", "public, max-age=3600");
            return next.handle(req, res);
        });
        app.get("/", (req, res) -> later ? CompletableFuture.runAsync(() -> res.text("ok"), LATER) : res.text("ok"));
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("X-Outside")).isEqualTo("yes");
        assertThat(response.header("X-Failed")).isNull();
        assertThat(response.header("Cache-Control")).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUnhandledErrorTakesNoHeadersBackOfTheMiddlewareThatItPasses(boolean later) {
        for (String name : List.of("X-First", "X-Second")) {
            app.use((req, res, next) -> {
                res.header(name, "yes");
                return next.handle(req, res);
            });
        }
        app.get("/", (req, res) -> {
            res.header("X-View", "yes");
            IOException failure = new IOException("no");
            return later
                    ? CompletableFuture.failedFuture(failure).whenCompleteAsync((value, error) -> {}, LATER)
                    : CompletableFuture.failedFuture(failure);
        });
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.header("X-First")).isEqualTo("yes");
        assertThat(response.header("X-Second")).isEqualTo("yes");
        assertThat(response.header("X-View")).isNull();
    }

    @Test
    void oneThatAnswersAndThenFailsLeavesNothingOfItsAnswer() {
        app.use((req, res, next) -> {
            res.html("<p>half</p>");
            throw new HttpError(502);
        });
        app.get("/", OK);
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.text()).isEqualTo("{\"error\":\"502 Bad Gateway\",\"status\":502}");
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void itMayCallOnLaterAndFromAnotherThread() {
        app.use((req, res, next) -> CompletableFuture.supplyAsync(() -> "user", LATER)
                .thenCompose(user -> {
                    req.put(String.class, user);
                    return next.handle(req, res);
                }));
        app.get("/", (req, res) -> res.text(req.get(String.class)));
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("user");
    }

    @Test
    void whenBodyGivesTheBody() {
        app.use((req, res, next) -> req.whenBody().thenCompose(body -> {
            res.header("X-Length", "" + body.length);
            return next.handle(req, res);
        }));
        app.post("/", (req, res) -> res.text(req.text()));
        TestResponse response = TestClient.of(app).post("/", "hello");
        assertThat(response.header("X-Length")).isEqualTo("5");
        assertThat(response.text()).isEqualTo("hello");
    }

    @Test
    void whenBodyGivesNothingWhenThereIsNone() {
        app.use((req, res, next) -> req.whenBody().thenCompose(body -> {
            calls.add("length " + body.length);
            return next.handle(req, res);
        }));
        app.get("/", OK);
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("ok");
        assertThat(calls).containsExactly("length 0");
    }

    @ParameterizedTest
    @CsvSource({"GET, /nowhere, 404", "PUT, /x, 405", "OPTIONS, /x, 204", "GET, /y, 308"})
    void itRunsWhetherARouteMatchesOrNot(String method, String target, int status) {
        app.use((req, res, next) -> {
            res.header("X-Middleware", "ran");
            return next.handle(req, res);
        });
        app.get("/x", OK);
        app.get("/y/", OK);
        TestResponse response = TestClient.of(app).request(method, target, new byte[0]);
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("X-Middleware")).isEqualTo("ran");
    }

    @Test
    void oneThatReturnsNullIsToldWhatToReturn() {
        app.use((req, res, next) -> null);
        try (CapturedLog log = new CapturedLog()) {
            assertThat(TestClient.of(app).get("/").status()).isEqualTo(500);
            assertThat(log.text()).contains("expected a stage, got 'null'. Return what a method of Response returned");
        }
    }

    @Test
    void anErrorHandlerThatFailsRunsOnceHoweverMuchMiddlewareThereIs() {
        AtomicInteger runs = new AtomicInteger();
        app.use(logs("1"));
        app.use(logs("2"));
        app.use(logs("3"));
        app.onError(IllegalStateException.class, (req, res, error) -> {
            runs.incrementAndGet();
            throw new IOException("the handler failed");
        });
        app.get("/", (req, res) -> {
            throw new IllegalStateException("the view failed");
        });
        try (CapturedLog log = new CapturedLog()) {
            TestClient.of(app).get("/");
            assertThat(log.lines("ERROR")).hasSize(1);
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    void anErrorHandlerThatRethrowsRunsOnceHoweverMuchMiddlewareThereIs() {
        AtomicInteger runs = new AtomicInteger();
        app.use(logs("1"));
        app.use(logs("2"));
        app.onError(IllegalStateException.class, (req, res, error) -> {
            runs.incrementAndGet();
            throw error;
        });
        app.get("/", (req, res) -> {
            throw new IllegalStateException("the view failed");
        });
        try (CapturedLog log = new CapturedLog()) {
            assertThat(TestClient.of(app).get("/").status()).isEqualTo(500);
            assertThat(log.lines("ERROR")).hasSize(1);
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    void oneThatReturnsNullIsNamedByItsPlace() {
        app.use(logs("outer"));
        app.use((req, res, next) -> null);
        app.get("/route", OK).use((req, res, next) -> null);
        app.post("/", OK);
        try (CapturedLog log = new CapturedLog()) {
            TestClient client = TestClient.of(app);
            assertThat(client.get("/nowhere").status()).isEqualTo(500);
            assertThat(client.post("/", "body").status()).isEqualTo(500);
            assertThat(log.lines("ERROR")).hasSize(2);
            assertThat(log.text())
                    .containsPattern("middleware \\(MiddlewareTest\\.java:\\d+\\): expected a stage, got 'null'\\.")
                    .doesNotContain("Lambda");
        }
    }

    @Test
    void oneOfARouteThatReturnsNullIsNamedByItsPlaceToo() {
        app.get("/", OK).use((req, res, next) -> null);
        try (CapturedLog log = new CapturedLog()) {
            assertThat(TestClient.of(app).get("/").status()).isEqualTo(500);
            assertThat(log.text())
                    .containsPattern("middleware \\(MiddlewareTest\\.java:\\d+\\): expected a stage, got 'null'\\.");
        }
    }

    private static CompletionStage<?> retried(Request req, Response res, Next next) {
        return next.handle(req, res)
                .handle((value, error) -> error != null || res.status() == 503)
                .thenCompose(failed -> {
                    CompletionStage<?> last =
                            failed ? next.handle(req, res) : CompletableFuture.completedFuture("answered");
                    return last;
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void callingOnOnceMoreAfterAnErrorGivesACleanAnswer(boolean later) {
        AtomicInteger attempts = new AtomicInteger();
        app.use(MiddlewareTest::retried);
        app.onError(
                HttpError.class,
                (req, res, error) -> res.status(error.status()).html("<h1>" + error.title() + "</h1>"));
        app.get("/", (req, res) -> {
            if (attempts.incrementAndGet() == 1) {
                res.status(201).header("X-View", "first").html("half");
                return later
                        ? CompletableFuture.runAsync(
                                () -> {
                                    throw new HttpError(503);
                                },
                                LATER)
                        : CompletableFuture.failedFuture(new HttpError(503));
            }
            return res.text("ok");
        });
        TestResponse response = TestClient.of(app).get("/");
        assertThat(attempts).hasValue(2);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("ok");
        assertThat(response.header("X-View")).isNull();
        assertThat(response.headers().all("Content-Type")).containsExactly("text/plain; charset=utf-8");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void callingOnOnceMoreRunsTheMiddlewareInsideAfresh(Throwable failure, Executor executor) {
        AtomicInteger attempts = new AtomicInteger();
        app.use((req, res, next) -> {
            res.header("X-Outside", "yes");
            return retried(req, res, next);
        });
        for (String link : List.of("</a>", "</b>")) {
            app.use((req, res, next) -> {
                res.headers().add("Link", link);
                return next.handle(req, res);
            });
        }
        app.get(
                "/",
                (req, res) -> CompletableFuture.supplyAsync(attempts::incrementAndGet, executor)
                        .thenCompose(
                                attempt -> attempt == 1 ? CompletableFuture.failedFuture(failure) : res.text("ok")));
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.text()).isEqualTo("ok");
        assertThat(response.header("X-Outside")).isEqualTo("yes");
        assertThat(response.headers().all("Link")).containsExactly("</a>", "</b>");
    }

    @Test
    void callingOnOnceMoreForgetsWhatWasToFollowTheFirstAttempt() throws InterruptedException {
        AtomicInteger attempts = new AtomicInteger();
        BlockingQueue<Integer> ran = new LinkedBlockingQueue<>();
        app.use(MiddlewareTest::retried);
        app.use((req, res, next) -> {
            CompletionStage<?> stage = next.handle(req, res);
            int attempt = attempts.get();
            res.background(() -> ran.add(attempt));
            return stage;
        });
        app.get("/", (req, res) -> {
            if (attempts.incrementAndGet() == 1) {
                throw new HttpError(503);
            }
            return res.background(() -> ran.add(0)).text("ok");
        });
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("ok");
        assertThat(List.of(ran.take(), ran.take())).containsExactly(0, 2);
    }

    @Test
    void aTimeoutOnTheWayOutLeavesWhatWasSetBeforeCallingOn() {
        App slow = new App(Settings.defaults().timeout(Duration.ofMillis(20)).gracePeriod(Duration.ZERO));
        slow.use((req, res, next) -> {
            res.header("X-Outside", "yes");
            return next.handle(req, res).thenCompose(done -> new CompletableFuture<>());
        });
        slow.use((req, res, next) -> {
            res.header("X-Inside", "yes");
            return next.handle(req, res);
        });
        slow.get("/", OK);
        TestResponse response = TestClient.of(slow).get("/");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("X-Outside")).isEqualTo("yes");
        assertThat(response.header("X-Inside")).isNull();
    }

    static Stream<Arguments> failures() {
        return Stream.of(new HttpError(503), new IOException("flaky"))
                .flatMap(failure ->
                        Stream.of(LATER, (Executor) Runnable::run).map(executor -> Arguments.of(failure, executor)));
    }

    @Test
    void callingOnOnceMoreAfterAnUnhandledErrorGivesACleanAnswer() {
        AtomicInteger attempts = new AtomicInteger();
        app.use(MiddlewareTest::retried);
        app.get("/", (req, res) -> {
            if (attempts.incrementAndGet() == 1) {
                res.status(201).header("X-View", "first").html("half");
                throw new IOException("flaky");
            }
            return res.text("ok");
        });
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("ok");
        assertThat(response.header("X-View")).isNull();
        assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void callingOnOnceMoreWithABodyFindsIt() {
        AtomicInteger attempts = new AtomicInteger();
        app.use(MiddlewareTest::retried);
        app.post("/", (req, res) -> {
            if (attempts.incrementAndGet() == 1) {
                throw new HttpError(503);
            }
            return res.text(req.text());
        });
        assertThat(TestClient.of(app).post("/", "body").text()).isEqualTo("body");
    }

    @Test
    void aSecondAttemptThatFailsIsAnsweredForItself() {
        AtomicInteger attempts = new AtomicInteger();
        app.use(MiddlewareTest::retried);
        app.get("/", (req, res) -> {
            throw attempts.incrementAndGet() == 1 ? new HttpError(503) : new HttpError(409);
        });
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(409);
        assertThat(response.text()).isEqualTo("{\"error\":\"409 Conflict\",\"status\":409}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatItAnswersAfterAnUnhandledErrorHasNothingOfTheView(boolean later) {
        app.use((req, res, next) -> {
            res.header("X-Middleware", "yes");
            return next.handle(req, res)
                    .handle((value, error) -> error == null ? value : res.text("fallback"))
                    .thenApply(stage -> stage);
        });
        app.get("/", (req, res) -> {
            res.status(201).header("X-View", "yes").html("<p>half</p>");
            IOException failure = new IOException("no");
            return later
                    ? CompletableFuture.failedFuture(failure).whenCompleteAsync((value, error) -> {}, LATER)
                    : CompletableFuture.failedFuture(failure);
        });
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.text()).isEqualTo("fallback");
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.header("X-View")).isNull();
        assertThat(response.header("X-Middleware")).isEqualTo("yes");
        assertThat(response.headers().all("Content-Type")).containsExactly("text/plain; charset=utf-8");
    }

    @Test
    void theHeadersOfAnHttpErrorDoNotOutliveACallOnceMore() {
        AtomicInteger attempts = new AtomicInteger();
        app.use(MiddlewareTest::retried);
        app.get("/", (req, res) -> {
            if (attempts.incrementAndGet() == 1) {
                throw new HttpError(503).header("Retry-After", "60");
            }
            return res.text("ok");
        });
        assertThat(TestClient.of(app).get("/").header("Retry-After")).isNull();
    }

    @Test
    void theSameErrorOnceMoreLeavesNothingOfItsViewEither() {
        IOException always = new IOException("always the same");
        app.use((req, res, next) -> retried(req, res, next)
                .handle((value, error) -> res.text("fallback"))
                .thenCompose(stage -> stage));
        app.get("/", (req, res) -> {
            res.status(201).header("X-View", "yes");
            throw always;
        });
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.text()).isEqualTo("fallback");
        assertThat(response.status()).isNotEqualTo(201);
        assertThat(response.header("X-View")).isNull();
    }
}
