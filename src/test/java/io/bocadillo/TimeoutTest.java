package io.bocadillo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestForm;
import io.bocadillo.testing.TestResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class TimeoutTest {

    private static final CompletableFuture<Void> NEVER = new CompletableFuture<>();
    private static final String IN_JSON = "{\"error\":\"503 Service Unavailable\",\"status\":503}";

    private static App appWithTimeout(Duration timeout) {
        return new App(Settings.defaults().gracePeriod(Duration.ZERO).timeout(timeout));
    }

    private final App app = appWithTimeout(Duration.ofMillis(50));

    @Test
    void aRequestWithoutAnAnswerInTimeGets503() {
        app.get("/", (req, res) -> NEVER);
        try (CapturedLog log = new CapturedLog()) {
            TestResponse response = TestClient.of(app).get("/");
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.text()).isEqualTo(IN_JSON);
            assertThat(log.lines("WARN")).singleElement().asString().contains("GET /: no answer in time");
        }
    }

    @Test
    void the503IsAnsweredByTheErrorHandlersOfTheApp() {
        app.get("/", (req, res) -> NEVER);
        app.onError(HttpError.class, ErrorHandlers.problem());
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.text()).isEqualTo("{\"title\":\"Service Unavailable\",\"status\":503}");
    }

    @Test
    void aHandlerThatFailsAnswersPlain503() {
        app.get("/", (req, res) -> NEVER);
        app.onError(HttpError.class, (req, res, error) -> {
            throw new IllegalStateException("the handler failed");
        });
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.text()).isEqualTo("503 Service Unavailable");
    }

    @Test
    void aHandlerThatAnswersLaterIsNotWaitedFor() {
        app.get("/", (req, res) -> NEVER);
        app.onError(HttpError.class, (req, res, error) -> {
            res.status(200).header("X-Half", "yes").html("half");
            return NEVER;
        });
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.text()).isEqualTo("503 Service Unavailable");
        assertThat(response.header("X-Half")).isNull();
        assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void whatMiddlewareSetBeforeCallingOnStaysOnThe503() {
        app.use((req, res, next) -> {
            res.header("X-Middleware", "yes");
            return next.handle(req, res);
        });
        app.get("/", (req, res) -> {
            res.header("X-View", "yes");
            return NEVER;
        });
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("X-Middleware")).isEqualTo("yes");
        assertThat(response.header("X-View")).isNull();
    }

    @Test
    void whatMiddlewareSetStaysOnThe503AlthoughALaterOneIsStillWaiting() {
        app.use((req, res, next) -> {
            res.header("Access-Control-Allow-Origin", "https://app.example");
            return next.handle(req, res);
        });
        app.use((req, res, next) -> NEVER);
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
    }

    @Test
    void whoGoesWhileThe503IsSentIsADisconnectOfTheView() {
        AtomicInteger gone = new AtomicInteger();
        app.get("/", (req, res) -> {
            res.onDisconnect(gone::incrementAndGet);
            return NEVER;
        });
        app.start();
        Response response = app.handle(new StubExchange("GET", "", "/")).join();
        assertThat(response.status()).isEqualTo(503);
        response.sent(new ClientDisconnect(null), 0).toCompletableFuture().join();
        assertThat(gone).hasValue(1);
    }

    @Test
    void aBodyThatDoesNotArriveInTimeIsA408() {
        app.post("/", (req, res) -> res.text(req.text()));
        app.start();
        Response response = app.handle(new StubExchange("POST", "/", new CompletableFuture<>()))
                .join();
        assertThat(response.status()).isEqualTo(408);
        assertThat(response.headers().get("Connection")).isEqualTo("close");
    }

    @Test
    void aBodyThatBreaksOffAfterItsTimeIsNoFaultOfTheApp() {
        CompletableFuture<byte[]> body = new CompletableFuture<>();
        app.post("/", (req, res) -> res.text(req.text()));
        app.start();
        app.handle(new StubExchange("POST", "/", body)).join();
        try (CapturedLog log = new CapturedLog()) {
            body.completeExceptionally(new HttpError(400));
            assertThat(log.text()).isEmpty();
        }
    }

    @Test
    void aLateViewIsRefusedWithAClearMessageAndChangesNothing() {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        CompletableFuture<Throwable> refusal = new CompletableFuture<>();
        app.get(
                "/",
                (req, res) -> gone.thenRun(() -> {
                    try {
                        res.status(201).header("X-Late", "yes").text("late");
                        refusal.complete(new AssertionError("was not refused"));
                    } catch (IllegalStateException refused) {
                        refusal.complete(refused);
                        throw refused;
                    }
                }));
        app.start();
        Response response =
                app.handle(new StubExchange("/", ForkJoinPool.commonPool())).join();
        try (CapturedLog log = new CapturedLog()) {
            gone.complete(null);
            assertThat(refusal)
                    .succeedsWithin(5, SECONDS)
                    .asInstanceOf(THROWABLE)
                    .hasMessage("response to GET /: expected use before the end of the exchange, got it after."
                            + " Return a stage that completes when the answer is there.");
            assertThat(log.lines("WARN"))
                    .singleElement()
                    .asString()
                    .contains("GET /: failed after its answer had gone out");
        }
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers().contains("X-Late")).isFalse();
        assertThat(response.body()).asString(UTF_8).isEqualTo(IN_JSON);
    }

    @Test
    void theHeadersThatALateViewHoldsAreFinal() {
        AtomicReference<Headers> held = new AtomicReference<>();
        app.get("/", (req, res) -> {
            held.set(res.headers());
            return NEVER;
        });
        TestClient.of(app).get("/");
        assertThatIllegalStateException().isThrownBy(() -> held.get().set("X-Late", "yes"));
    }

    @Test
    void theRequestOfALateViewKeepsMethodAndPathAlone() {
        AtomicReference<Request> held = new AtomicReference<>();
        app.get("/items/{pk}", (req, res) -> {
            held.set(req);
            return NEVER;
        });
        TestClient.of(app).get("/items/7");
        assertThat(held.get()).hasToString("GET /items/7");
        assertThat(held.get().path()).isEqualTo("/items/7");
        assertThatIllegalStateException()
                .isThrownBy(() -> held.get().query("n"))
                .withMessageContaining("expected use before the end of the exchange, got it after");
    }

    @Test
    void anAnswerInTimeIsNotTakenBack() throws InterruptedException {
        Executor later = CompletableFuture.delayedExecutor(10, MILLISECONDS);
        App slow = appWithTimeout(Duration.ofMillis(500));
        slow.get("/", (req, res) -> CompletableFuture.runAsync(() -> res.text("in time"), later));
        slow.start();
        CompletableFuture<Response> answer = slow.handle(new StubExchange("/", Runnable::run));
        Response response = answer.join();
        Thread.sleep(600);
        assertThat(answer.join()).isSameAs(response);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).asString(UTF_8).isEqualTo("in time");
    }

    @Test
    void aTimeoutOfZeroIsNone() {
        App patient = appWithTimeout(Duration.ZERO);
        CompletableFuture<String> answer = new CompletableFuture<>();
        patient.get("/", (req, res) -> answer.thenCompose(res::text));
        patient.start();
        CompletableFuture<Response> response = patient.handle(new StubExchange("/", Runnable::run));
        CompletableFuture.delayedExecutor(200, MILLISECONDS).execute(() -> answer.complete("at last"));
        assertThat(response).isNotDone();
        assertThat(response.join().body()).asString(UTF_8).isEqualTo("at last");
    }

    @Test
    void completionAndTimeoutAtOnceGiveExactlyOneResponse() throws Exception {
        App racing = appWithTimeout(Duration.ofNanos(1));
        AtomicReference<CompletableFuture<Void>> stage = new AtomicReference<>();
        AtomicReference<Response> held = new AtomicReference<>();
        racing.get("/", (req, res) -> {
            held.set(res);
            return stage.get();
        });
        racing.start();
        CyclicBarrier barrier = new CyclicBarrier(2);
        // Two threads for sure: the common pool may have one alone.
        ExecutorService racers = Executors.newFixedThreadPool(2);
        AtomicInteger inTime = new AtomicInteger();
        AtomicInteger late = new AtomicInteger();
        try (CapturedLog log = new CapturedLog()) {
            for (int round = 0; round < 2_000; round++) {
                CompletableFuture<Void> view = new CompletableFuture<>();
                CompletableFuture<Runnable> alarm = new CompletableFuture<>();
                AtomicInteger responses = new AtomicInteger();
                stage.set(view);
                CompletableFuture<Response> answer = racing.handle(new StubExchange("/", alarm::complete));
                answer.thenRun(responses::incrementAndGet);
                Response res = held.get();
                Runnable giveUp = alarm.get(5, SECONDS);
                CompletableFuture<Void> timeout = CompletableFuture.runAsync(
                        () -> {
                            await(barrier);
                            giveUp.run();
                        },
                        racers);
                CompletableFuture<Void> completion = CompletableFuture.runAsync(
                        () -> {
                            await(barrier);
                            try {
                                res.status(201).header("X-View", "yes").text("view");
                                view.complete(null);
                            } catch (IllegalStateException refused) {
                                view.completeExceptionally(refused);
                            }
                        },
                        racers);
                Response response = answer.get(5, SECONDS);
                CompletableFuture.allOf(timeout, completion).get(5, SECONDS);
                String summary = response.status() + " " + response.headers().get("X-View") + " "
                        + new String(response.body(), UTF_8);
                assertThat(summary).isIn("201 yes view", "503 null " + IN_JSON);
                assertThat(responses).hasValue(1);
                (response.status() == 503 ? late : inTime).incrementAndGet();
            }
            assertThat(log.lines("WARN").stream().filter(line -> line.endsWith("no answer in time")))
                    .hasSize(late.get());
            assertThat(log.lines("ERROR")).isEmpty();
        } finally {
            racers.shutdown();
        }
        assertThat(late).hasPositiveValue();
        assertThat(inTime).hasPositiveValue();
    }

    @Test
    void aViewThatNeverStopsChangingItsHeadersCannotHoldTheTimeoutUp() throws Exception {
        App racing = appWithTimeout(Duration.ofNanos(1));
        AtomicReference<Response> held = new AtomicReference<>();
        racing.get("/", (req, res) -> {
            held.set(res);
            return NEVER;
        });
        racing.start();
        try (CapturedLog log = new CapturedLog()) {
            for (int round = 0; round < 2_000; round++) {
                CompletableFuture<Runnable> alarm = new CompletableFuture<>();
                CompletableFuture<Response> answer = racing.handle(new StubExchange("/", alarm::complete));
                Headers headers = held.get().headers();
                CyclicBarrier barrier = new CyclicBarrier(2);
                CompletableFuture<Void> busy = CompletableFuture.runAsync(() -> {
                    await(barrier);
                    for (int i = 0; i < 200; i++) {
                        headers.add("X-" + i, "x").remove("X-" + (i / 2));
                    }
                });
                await(barrier);
                alarm.get(5, SECONDS).run();
                assertThat(answer.get(5, SECONDS).status()).isEqualTo(503);
                busy.handle((done, refused) -> null).get(5, SECONDS);
            }
            assertThat(log.lines("ERROR")).isEmpty();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(5, SECONDS);
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void aHandlerThatReturnsAHostileStageStillGivesOne503() {
        List<CompletableFuture<Void>> stages = List.of(
                new StagesTest.Mute<>(),
                new StagesTest.Unconvertible<>(),
                new CompletableFuture<>(),
                CompletableFuture.failedFuture(new IllegalStateException("the handler failed")));
        AtomicInteger next = new AtomicInteger();
        app.get("/", (req, res) -> NEVER);
        app.onError(HttpError.class, (req, res, error) -> {
            res.status(200).header("X-Half", "yes").html("half");
            return stages.get(next.getAndIncrement());
        });
        app.start();
        for (CompletableFuture<Void> stage : stages) {
            try (CapturedLog log = new CapturedLog()) {
                Response response = app.handle(new StubExchange("/", ForkJoinPool.commonPool()))
                        .orTimeout(10, SECONDS)
                        .join();
                assertThat(response.status()).isEqualTo(503);
                assertThat(response.body()).asString(UTF_8).isEqualTo("503 Service Unavailable");
                assertThat(response.headers().contains("X-Half")).isFalse();
                assertThat(log.lines("WARN")).singleElement().asString().endsWith("GET /: no answer in time");
            }
            stage.complete(null);
        }
        assertThat(next).hasValue(stages.size());
    }

    @Test
    void aHandlerThatReturnsNullStillGives503() {
        app.get("/", (req, res) -> NEVER);
        app.onError(HttpError.class, (req, res, error) -> null);
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("503 Service Unavailable");
    }

    @Test
    void aServerWithoutAThreadToSpareDoesNotKeepThe503Back() {
        app.get("/", (req, res) -> NEVER);
        app.start();
        CompletableFuture<Response> answer = app.handle(new StubExchange("/", task -> {
            throw new RejectedExecutionException("full");
        }));
        assertThat(answer)
                .succeedsWithin(10, SECONDS)
                .extracting(Response::status)
                .isEqualTo(503);
    }

    @Test
    void stoppingLeavesARequestInFlightItsTime() {
        app.get("/", (req, res) -> NEVER);
        app.start();
        CompletableFuture<Response> answer = app.handle(new StubExchange("/", Runnable::run));
        app.stop();
        assertThat(answer)
                .succeedsWithin(10, SECONDS)
                .extracting(Response::status)
                .isEqualTo(503);
    }

    @Test
    void stoppingLeavesARequestInFlightItsAnswer() {
        CompletableFuture<String> found = new CompletableFuture<>();
        App patient = appWithTimeout(Duration.ofSeconds(30));
        patient.get("/", (req, res) -> found.thenCompose(res::text));
        patient.start();
        CompletableFuture<Response> answer = patient.handle(new StubExchange("/", Runnable::run));
        patient.stop();
        assertThat(answer).isNotDone();
        found.complete("found");
        assertThat(answer).isCompletedWithValueMatching(response -> response.status() == 200);
    }

    @Test
    void theTimeCountsFromTheStartOfTheRequest() {
        App app = appWithTimeout(Duration.ofMillis(1000));
        app.get("/", (req, res) -> {
            Thread.sleep(800);
            return NEVER;
        });
        app.start();
        long start = System.nanoTime();
        Response response = app.handle(new StubExchange("/", Runnable::run)).join();
        long millis = NANOSECONDS.toMillis(System.nanoTime() - start);
        assertThat(response.status()).isEqualTo(503);
        assertThat(millis).isBetween(950L, 1700L);
    }

    @Test
    void aViewThatHasBlockedForAllItsTimeGets503AtOnce() {
        app.get("/", (req, res) -> {
            Thread.sleep(200);
            return NEVER;
        });
        app.start();
        assertThat(app.handle(new StubExchange("/", Runnable::run)))
                .succeedsWithin(10, SECONDS)
                .extracting(Response::status)
                .isEqualTo(503);
    }

    @Test
    void aBodyThatHasFailedIsNoLongerWaitedFor() {
        app.post("/", (req, res) -> res.text(req.text()));
        app.onError(HttpError.class, (req, res, error) -> NEVER);
        app.start();
        Response response = app.handle(
                        new StubExchange("POST", "/", CompletableFuture.failedFuture(HttpError.contentTooLarge(2))))
                .join();
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body()).asString(UTF_8).isEqualTo("503 Service Unavailable");
    }

    @Test
    void aBodyThatHasComeIsNoLongerWaitedFor() {
        app.post("/", (req, res) -> NEVER);
        app.start();
        CompletableFuture<byte[]> body = new CompletableFuture<>();
        CompletableFuture<Response> answer = app.handle(new StubExchange("POST", "/", body));
        body.complete(new byte[1]);
        assertThat(answer.join().status()).isEqualTo(503);
        assertThat(answer.join().headers().contains("Connection")).isFalse();
    }

    @Test
    void aBodyThatNobodyHasAskedForIsNotWaitedFor() {
        app.use((req, res, next) -> NEVER);
        app.post("/", (req, res) -> res.text(req.text()));
        app.start();
        assertThat(app.handle(new StubExchange("POST", "/", new CompletableFuture<>()))
                        .join()
                        .status())
                .isEqualTo(503);
    }

    @Test
    void aBodyThatComesSteadilyHasTheTimeItNeeds() throws Exception {
        App app = appWithTimeout(Duration.ofMillis(400));
        app.post("/", (req, res) -> res.text(req.text()));
        app.start();
        CompletableFuture<byte[]> body = new CompletableFuture<>();
        StubExchange exchange = new StubExchange("POST", "/", body);
        CompletableFuture<Response> answer = app.handle(exchange);
        for (int i = 0; i < 30; i++) {
            Thread.sleep(40);
            exchange.receive(100);
        }
        body.complete("whole".getBytes(UTF_8));
        assertThat(answer.get(5, SECONDS).body()).asString(UTF_8).isEqualTo("whole");
    }

    @Test
    void aBodyThatComesInDripsIsCutOff() throws Exception {
        App app = appWithTimeout(Duration.ofMillis(400));
        app.post("/", (req, res) -> res.text(req.text()));
        app.start();
        StubExchange exchange = new StubExchange("POST", "/", new CompletableFuture<>());
        CompletableFuture<Response> answer = app.handle(exchange);
        long start = System.nanoTime();
        while (!answer.isDone()) {
            Thread.sleep(20);
            exchange.receive(1);
        }
        assertThat(answer.join().status()).isEqualTo(408);
        assertThat(NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(300L, 5_000L);
    }

    @Test
    void aFormThatComesSteadilyHasTheTimeItNeeds() throws Exception {
        assertThat(formIn(100, 40)).isEqualTo(200);
        assertThat(formIn(1, 20)).isEqualTo(408);
    }

    /** The status for a form of 3,000 bytes that comes in such pieces, each after such a pause. */
    private static int formIn(int piece, int pauseMillis) throws Exception {
        App app = appWithTimeout(Duration.ofMillis(400));
        app.post("/", (req, res) -> res.text(req.form().file("f").fileName()));
        app.start();
        TestForm form = new TestForm().file("f", "f", "text/plain", new byte[3_000]);
        byte[] all = form.body();
        try (SubmissionPublisher<ByteBuffer> body = new SubmissionPublisher<>(Runnable::run, 1024)) {
            CompletableFuture<Response> answer =
                    app.handle(StubExchange.streaming("/", body).with("Content-Type", form.contentType()));
            for (int at = 0; at < all.length && !answer.isDone(); at += piece) {
                Thread.sleep(pauseMillis);
                body.submit(ByteBuffer.wrap(Arrays.copyOfRange(all, at, Math.min(all.length, at + piece))));
            }
            body.close();
            return answer.get(5, SECONDS).status();
        }
    }

    @Test
    void whatABodyHasEarnedIsNotForTheView() throws Exception {
        App app = appWithTimeout(Duration.ofMillis(200));
        app.post("/", (req, res) -> NEVER);
        app.start();
        CompletableFuture<byte[]> body = new CompletableFuture<>();
        StubExchange exchange = new StubExchange("POST", "/", body);
        CompletableFuture<Response> answer = app.handle(exchange);
        exchange.receive(1_000_000);
        body.complete(new byte[0]);
        assertThat(answer.get(5, SECONDS).status()).isEqualTo(503);
    }
}
