package io.bocadillo;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class BackgroundTest {

    private final App app = new App();
    private final List<String> log = new CopyOnWriteArrayList<>();

    private TestResponse answerOf(View view) {
        app.any("/", view);
        return TestClient.of(app).get("/");
    }

    @Test
    void tasksRunInTheirOrderAfterTheAnswer() {
        app.use((req, res, next) -> next.handle(req, res).thenRun(() -> {
            log.add("middleware out");
            res.background(() -> log.add("third"));
        }));
        TestResponse response = answerOf((req, res) -> {
            res.background(() -> log.add("first")).background(() -> log.add("second"));
            log.add("view");
            return res.text("x");
        });
        assertThat(response.text()).isEqualTo("x");
        assertThat(log).containsExactly("view", "middleware out", "first", "second", "third");
    }

    @Test
    void tasksRunOnceTheServerSaysThatTheAnswerIsSent() {
        app.get("/", (req, res) -> res.background(() -> log.add("task")).text("x"));
        app.start();
        Response response = app.handle(new StubExchange("/", Runnable::run)).join();
        assertThat(response.isFollowedByTasks()).isTrue();
        assertThat(log).isEmpty();
        response.sent(null, 0).toCompletableFuture().join();
        response.sent(null, 0).toCompletableFuture().join();
        assertThat(log).containsExactly("task");
    }

    @Test
    void tasksRunAfterAnAnswerThatBrokeOff() {
        app.get("/", (req, res) -> res.background(() -> log.add("task")).stream(Stream.of("x")));
        TestClient.of(app).stream("/").close();
        assertThat(log).containsExactly("task");
    }

    @Test
    void anAnswerWithoutTasksIsFollowedByNone() {
        app.get("/", (req, res) -> res.onDisconnect(() -> log.add("gone")).text("x"));
        app.start();
        Response response = app.handle(new StubExchange("/", Runnable::run)).join();
        assertThat(response.isFollowedByTasks()).isFalse();
        response.sent(null, 0);
        assertThat(log).isEmpty();
        assertThat(app.openExchanges()).isZero();
    }

    @Test
    void tasksRunOnTheExecutorOfTheApp() {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"));
        App own = new App(Settings.defaults().executor(executor));
        own.get(
                "/",
                (req, res) -> res.background(
                                () -> log.add(Thread.currentThread().getName()))
                        .text("x"));
        try {
            assertThat(TestClient.of(own).get("/").status()).isEqualTo(200);
        } finally {
            executor.shutdown();
        }
        assertThat(log).containsExactly("mine");
    }

    @Test
    void anAnswerThatIsSentAfterTheStopLosesNoTask() {
        app.get("/", (req, res) -> res.background(() -> log.add("task")).text("x"));
        app.start();
        Response response = app.handle(new StubExchange("/", Runnable::run)).join();
        app.stop(Duration.ZERO);
        response.sent(null, 0).toCompletableFuture().join();
        assertThat(log).containsExactly("task");
    }

    @Test
    void anExecutorThatTakesNoMoreLosesNoTask() {
        AtomicReference<Boolean> full = new AtomicReference<>(false);
        App own = new App(Settings.defaults().executor(task -> {
            if (full.get()) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        }));
        own.get("/", (req, res) -> {
            full.set(true);
            return res.background(() -> log.add("task")).text("x");
        });
        assertThat(TestClient.of(own).get("/").status()).isEqualTo(200);
        assertThat(log).containsExactly("task");
        assertThat(own.openExchanges()).isZero();
    }

    @Test
    void anErrorTakesTheTasksBack() {
        app.onError(
                IllegalStateException.class,
                (req, res, error) ->
                        res.status(409).background(() -> log.add("handler")).text("x"));
        TestResponse response = answerOf((req, res) -> {
            res.background(() -> log.add("view"));
            throw new IllegalStateException();
        });
        assertThat(response.status()).isEqualTo(409);
        assertThat(log).containsExactly("handler");
    }

    @Test
    void aTimeoutTakesTheTasksBack() {
        App impatient =
                new App(Settings.defaults().timeout(Duration.ofMillis(50)).gracePeriod(Duration.ZERO));
        impatient.get("/", (req, res) -> {
            res.background(() -> log.add("view"));
            return new CompletableFuture<>();
        });
        assertThat(TestClient.of(impatient).get("/").status()).isEqualTo(503);
        assertThat(log).isEmpty();
    }

    @Test
    void anAnswerOfAnErrorStatusKeepsThem() {
        TestResponse response = answerOf(
                (req, res) -> res.status(500).background(() -> log.add("task")).text("x"));
        assertThat(response.status()).isEqualTo(500);
        assertThat(log).containsExactly("task");
    }

    @Test
    void aFailureIsLoggedWithTheRequestAndHurtsNothingElse() {
        try (CapturedLog captured = new CapturedLog()) {
            app.get(
                    "/orders/{pk}",
                    (req, res) -> res.background(() -> {
                                throw new IllegalStateException("no mail");
                            })
                            .background(() -> {
                                throw new StackOverflowError();
                            })
                            .background(() -> log.add("after"))
                            .text("x"));
            TestClient client = TestClient.of(app);
            assertThat(client.get("/orders/7").text()).isEqualTo("x");
            assertThat(log).containsExactly("after");
            assertThat(captured.lines("ERROR"))
                    .hasSize(2)
                    .allMatch(line -> line.contains("GET /orders/7: background task failed"));
            assertThat(captured.text()).contains("java.lang.IllegalStateException: no mail");
            assertThat(app.openExchanges()).isZero();
            assertThat(client.get("/orders/8").status()).isEqualTo(200);
        }
    }

    @Test
    void aTaskReadsWhatItNeedsBefore() {
        AtomicReference<String> name = new AtomicReference<>();
        app.get(
                "/{name}",
                (req, res) -> res.background(() -> {
                            name.set(req.param("name").value());
                            assertThatIllegalStateException()
                                    .isThrownBy(() -> req.query("x"))
                                    .withMessageContaining("Read what you need before.");
                            assertThatIllegalStateException().isThrownBy(() -> res.background(() -> {}));
                            log.add("refused");
                        })
                        .text("x"));
        TestClient.of(app).get("/ada?x=1");
        assertThat(name).hasValue("ada");
        assertThat(log).containsExactly("refused");
    }

    @Test
    void stoppingWaitsForTheTasks() throws InterruptedException {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        app.onShutdown(() -> log.add("shutdown"));
        app.get(
                "/",
                (req, res) -> res.background(() -> {
                            begun.countDown();
                            goOn.await();
                            log.add("task");
                        })
                        .text("x"));
        TestClient client = TestClient.of(app);
        CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> client.get("/"));
        assertThat(begun.await(30, SECONDS)).isTrue();
        assertThat(app.openExchanges()).isEqualTo(1);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(app::stop, task -> new Thread(task).start());
        Thread.sleep(100);
        assertThat(stopped).isNotDone();
        goOn.countDown();
        assertThat(stopped).succeedsWithin(30, SECONDS);
        assertThat(answer).succeedsWithin(30, SECONDS);
        assertThat(log).containsExactly("task", "shutdown");
    }

    @Test
    void stoppingWaitsNoLongerThanTheGracePeriod() throws InterruptedException {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        App hasty = new App(Settings.defaults().gracePeriod(Duration.ofMillis(50)));
        hasty.onShutdown(() -> log.add("shutdown"));
        hasty.get(
                "/",
                (req, res) -> res.background(() -> {
                            begun.countDown();
                            goOn.await();
                        })
                        .text("x"));
        TestClient client = TestClient.of(hasty);
        Thread answer = new Thread(() -> client.get("/"));
        answer.start();
        assertThat(begun.await(30, SECONDS)).isTrue();
        try (CapturedLog captured = new CapturedLog()) {
            hasty.stop();
            assertThat(captured.lines("WARN"))
                    .singleElement()
                    .asString()
                    .contains("app: expected to be done within the grace period, got 1 requests or tasks under way");
        }
        assertThat(log).containsExactly("shutdown");
        goOn.countDown();
        answer.join(30_000);
    }
}
