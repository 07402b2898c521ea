package io.bocadillo;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stages that do what the JDK's do not: all of them are answered, and none of them escapes. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class StagesTest {

    private static final Executor LATER = CompletableFuture.delayedExecutor(20, MILLISECONDS);
    private static final String PLAIN_500 = "{\"error\":\"500 Internal Server Error\",\"status\":500}";

    /** Refuses to be converted, as {@link CompletionStage#toCompletableFuture} may. */
    static final class Unconvertible<T> extends CompletableFuture<T> {

        @Override
        public CompletableFuture<T> toCompletableFuture() {
            throw new UnsupportedOperationException("not convertible");
        }
    }

    /** Refuses to tell when it completes. */
    static final class Mute<T> extends CompletableFuture<T> {

        @Override
        public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
            throw new UnsupportedOperationException("mute");
        }

        @Override
        public CompletableFuture<T> toCompletableFuture() {
            throw new UnsupportedOperationException("mute");
        }
    }

    /** Tells two times when it completes. */
    static final class Twice<T> extends CompletableFuture<T> {

        @Override
        public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
            super.whenComplete(action);
            return super.whenComplete(action);
        }
    }

    /** What stands around the view of the tests. */
    enum Way {
        GET("GET", false, false),
        POST("POST", false, false),
        GET_ON_EXECUTOR("GET", true, false),
        POST_ON_EXECUTOR("POST", true, false),
        GET_WITH_AFTER_HOOK("GET", false, true),
        POST_WITH_AFTER_HOOK("POST", false, true);

        private final String method;
        private final boolean onExecutor;
        private final boolean hooked;

        Way(String method, boolean onExecutor, boolean hooked) {
            this.method = method;
            this.onExecutor = onExecutor;
            this.hooked = hooked;
        }

        TestResponse answerOf(View view) {
            App app = new App(onExecutor ? Settings.defaults().executor(LATER) : Settings.defaults());
            Route route = app.route("/", view, method);
            if (hooked) {
                route.after((req, res) -> res.header("X-After", "yes"));
            }
            TestResponse response =
                    TestClient.of(app).request(method, "/", method.equals("POST") ? "body" : new byte[0]);
            assertThat(response.header("X-After")).isEqualTo(hooked && response.status() == 200 ? "yes" : null);
            return response;
        }
    }

    private static void assertAnswered(TestResponse response) {
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("answered");
    }

    private static String logOf500(Supplier<TestResponse> request) {
        try (CapturedLog log = new CapturedLog()) {
            TestResponse response = request.get();
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text()).isEqualTo(PLAIN_500);
            assertThat(log.lines("ERROR")).hasSize(1);
            return log.text();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStageThatIsNoFutureIsWaitedFor(Way way) {
        assertAnswered(way.answerOf((req, res) -> {
            CompletableFuture<String> later = new Unconvertible<>();
            LATER.execute(() -> {
                res.text("answered");
                later.complete("done");
            });
            return later;
        }));
    }

    @ParameterizedTest
    @EnumSource
    void aStageThatIsNoFutureMayBeCompleteAlready(Way way) {
        assertAnswered(way.answerOf((req, res) -> {
            CompletableFuture<String> complete = new Unconvertible<>();
            complete.complete("done");
            res.text("answered");
            return complete;
        }));
    }

    @ParameterizedTest
    @EnumSource
    void aStageThatIsNoFutureMayFail(Way way) {
        assertThat(way.answerOf((req, res) -> {
                            CompletableFuture<String> failed = new Unconvertible<>();
                            failed.completeExceptionally(new HttpError(409));
                            return failed;
                        })
                        .status())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @EnumSource
    void aMinimalStageIsWaitedFor(Way way) {
        assertAnswered(way.answerOf((req, res) -> {
            res.text("answered");
            return CompletableFuture.completedStage("done");
        }));
        assertAnswered(way.answerOf((req, res) ->
                CompletableFuture.runAsync(() -> res.text("answered"), LATER).minimalCompletionStage()));
        assertThat(way.answerOf((req, res) -> CompletableFuture.failedStage(new HttpError(409)))
                        .status())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @EnumSource
    void aStageThatThrowsWhenItIsAskedIsA500(Way way) {
        assertThat(logOf500(() -> way.answerOf((req, res) -> new Mute<>()))).contains("mute");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStageThatTellsTwiceIsHeardOnce(boolean later) {
        AtomicInteger hooks = new AtomicInteger();
        AtomicInteger handlers = new AtomicInteger();
        App app = new App();
        app.onError(IllegalStateException.class, (req, res, error) -> {
            handlers.incrementAndGet();
            return res.text("handled");
        });
        app.get("/{fails}", (req, res) -> {
                    boolean fails = req.param("fails").asBoolean();
                    res.text("answered");
                    CompletableFuture<String> stage = new Twice<>();
                    (later ? LATER : (Executor) Runnable::run).execute(() -> {
                        if (fails) {
                            stage.completeExceptionally(new IllegalStateException());
                        } else {
                            stage.complete("done");
                        }
                    });
                    return stage;
                })
                .after((req, res) -> hooks.incrementAndGet());
        TestClient client = TestClient.of(app);
        assertAnswered(client.get("/false"));
        assertThat(hooks).hasValue(1);
        assertThat(client.get("/true").text()).isEqualTo("handled");
        assertThat(handlers).hasValue(1);
        assertThat(hooks).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void nullIsToldWhatToReturn(Way way) {
        assertThat(logOf500(() -> way.answerOf((req, res) -> null)))
                .containsPattern(
                        "view of " + way.method + " / \\(StagesTest\\.java:\\d+\\): expected a stage, got 'null'\\."
                                + " Return what a method of Response returned, like res\\.text\\(\\.\\.\\.\\)\\.");
    }

    static Stream<CompletableFuture<Void>> hostileStages() {
        return Stream.of(new Mute<>(), new Unconvertible<>());
    }

    @Test
    void fromMiddlewareTheyAreNoWorse() {
        App app = new App();
        app.use((req, res, next) -> {
            CompletableFuture<Object> stage = req.path().equals("/mute") ? new Mute<>() : new Unconvertible<>();
            next.handle(req, res).whenComplete((value, error) -> stage.complete("done"));
            return stage;
        });
        app.any("{}", (req, res) -> res.text("answered"));
        TestClient client = TestClient.of(app);
        assertAnswered(client.get("/"));
        assertAnswered(client.post("/", "body"));
        assertThat(logOf500(() -> client.get("/mute"))).contains("mute");
        assertThat(logOf500(() -> client.post("/mute", "body"))).contains("mute");
    }

    @Test
    void fromAnErrorHandlerTheyAreNoWorse() {
        App app = new App();
        app.onError(IllegalStateException.class, (req, res, error) -> new Mute<>());
        app.onError(IllegalArgumentException.class, (req, res, error) -> {
            CompletableFuture<Object> stage = new Unconvertible<>();
            res.status(200).text("answered");
            stage.complete("done");
            return stage;
        });
        app.any("/mute", (req, res) -> {
            throw new IllegalStateException();
        });
        app.any("/", (req, res) -> {
            throw new IllegalArgumentException();
        });
        TestClient client = TestClient.of(app);
        assertAnswered(client.get("/"));
        assertAnswered(client.post("/", "body"));
        assertThat(logOf500(() -> client.get("/mute"))).contains("mute");
        assertThat(logOf500(() -> client.post("/mute", "body"))).contains("mute");
    }

    @ParameterizedTest
    @MethodSource("hostileStages")
    void handleDoesNotThrowWhateverTheStage(CompletableFuture<Void> stage) {
        App app = new App();
        app.any("/", (req, res) -> stage);
        app.start();
        try (CapturedLog log = new CapturedLog()) {
            CompletableFuture<Response> get = app.handle(new StubExchange("GET", "", "/"));
            CompletableFuture<Response> post =
                    app.handle(new StubExchange("POST", "/", CompletableFuture.completedFuture(new byte[1])));
            stage.completeExceptionally(new HttpError(500));
            assertThat(get.join().status()).isEqualTo(500);
            assertThat(post.join().status()).isEqualTo(500);
            assertThat(log.text()).doesNotContain("WARN");
        }
    }
}
