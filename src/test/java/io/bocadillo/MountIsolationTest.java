package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.testing.TestClient;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is of a mounted app, and what of the app around it, whoever has the request at the time. */
class MountIsolationTest {

    private final App app = new App(Settings.defaults().json(new NamedJson("app")));
    private final App api = new App(Settings.defaults().json(new NamedJson("api")));
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void answers500() {
        app.onError(
                HttpError.class,
                (req, res, error) -> res.status(error.status()).text("app at '" + req.mountPath() + "'"));
        api.onError(
                HttpError.class,
                (req, res, error) -> res.status(error.status()).text("api at '" + req.mountPath() + "'"));
    }

    private record NamedJson(String name) implements Json {

        @Override
        public byte[] encode(@Nullable Object value) {
            return (name + " wrote " + value).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T decode(byte[] json, Type type) {
            return (T) (name + " read " + new String(json, StandardCharsets.UTF_8));
        }
    }

    private static Middleware failingBefore(String message) {
        return (req, res, next) -> {
            throw new IllegalStateException(message);
        };
    }

    private static Middleware failingAfter(String message) {
        return (req, res, next) -> next.handle(req, res).thenRun(() -> {
            throw new IllegalStateException(message);
        });
    }

    private static final View BUG = (req, res) -> {
        throw new IllegalStateException("bug");
    };

    private static final View LATE_BUG =
            (req, res) -> CompletableFuture.failedFuture(new IllegalStateException("late bug"));

    private String ask(String path) {
        return TestClient.of(app).get(path).text();
    }

    @Test
    void anErrorOfMiddlewareAroundIsAnsweredByTheAppAround() {
        app.use(failingBefore("around"));
        api.get("/", (req, res) -> res.text("fine"));
        app.mount("/api", api);
        assertThat(ask("/api/")).isEqualTo("app at ''");
        assertThat(ask("/api/none")).isEqualTo("app at ''");
    }

    @Test
    void soItIsBehindAnAnswerOfTheMountedApp() {
        app.use(failingAfter("around"));
        api.get("/", (req, res) -> res.text("fine"));
        app.mount("/api", api);
        assertThat(ask("/api/")).isEqualTo("app at ''");
    }

    @Test
    void anErrorInsideIsAnsweredByTheMountedApp() {
        app.use((req, res, next) -> next.handle(req, res));
        api.get("/bug", BUG);
        api.get("/late", LATE_BUG);
        api.get("/around", (req, res) -> res.text("fine")).use(failingAfter("inside"));
        app.mount("/api", api);
        for (String path : new String[] {"/api/bug", "/api/late", "/api/around"}) {
            assertThat(ask(path)).as(path).isEqualTo("api at '/api'");
        }
    }

    @Test
    void anErrorThatMiddlewareAroundMakesOfOneInsideIsItsOwn() {
        app.use((req, res, next) -> next.handle(req, res).handle((done, error) -> {
            throw new IllegalArgumentException("instead", error);
        }));
        api.get("/bug", BUG);
        app.mount("/api", api);
        assertThat(ask("/api/bug")).isEqualTo("app at ''");
    }

    @Test
    void anErrorOfMiddlewareOfTheAppIsNotOneOfTheRecipeInside() {
        Recipe recipe = new Recipe("recipe");
        recipe.onError(HttpError.class, (req, res, error) -> res.status(500).text("recipe"));
        recipe.get("/", (req, res) -> res.text("fine"));
        recipe.get("/bug", BUG);
        app.include(recipe);
        app.use((req, res, next) -> {
            if (req.path().equals("/recipe/")) {
                throw new IllegalStateException();
            }
            return next.handle(req, res);
        });
        assertThat(ask("/recipe/")).isEqualTo("app at ''");
        assertThat(ask("/recipe/bug")).isEqualTo("recipe");
    }

    @Test
    void anErrorOfMiddlewareOfARecipeAroundAMountIsThatOfTheRecipe() {
        Recipe recipe = new Recipe("recipe");
        recipe.onError(
                HttpError.class, (req, res, error) -> res.status(500).text("recipe at '" + req.mountPath() + "'"));
        recipe.use(failingBefore("around"));
        recipe.mount("/api", api);
        app.include(recipe);
        assertThat(ask("/recipe/api/")).isEqualTo("recipe at ''");
    }

    @Test
    void aStreamThatFailsBeforeItsFirstPieceIsAnsweredByTheAppThatGaveIt() {
        api.get("/", (req, res) -> res.stream(failing()));
        app.mount("/api", api);
        app.use((req, res, next) -> req.query("around").isPresent() ? res.stream(failing()) : next.handle(req, res));
        assertThat(ask("/api/")).isEqualTo("api at '/api'");
        assertThat(ask("/api/?around=1")).isEqualTo("app at ''");
    }

    private static Flow.Publisher<String> failing() {
        return subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                subscriber.onError(new IllegalStateException("no first piece"));
            }

            @Override
            public void cancel() {}
        });
    }

    @Test
    void theTimeoutIsAnsweredByTheMountedApp() {
        App slow = new App(Settings.defaults().timeout(Duration.ofMillis(20)).gracePeriod(Duration.ZERO));
        slow.onError(HttpError.class, (req, res, error) -> res.text("slow at '" + req.mountPath() + "'"));
        slow.get("/", (req, res) -> new CompletableFuture<>());
        app.mount("/slow", slow);
        assertThat(ask("/slow/")).isEqualTo("slow at '/slow'");
    }

    @Test
    void whileAViewIsPendingTheCodeAroundKeepsItsPlace() throws Exception {
        CompletableFuture<Void> later = new CompletableFuture<>();
        app.use((req, res, next) -> {
            var stage = next.handle(req, res);
            seen.add("app pending at '" + req.mountPath() + "' " + req.urlFor("home"));
            return stage.thenRun(() -> seen.add("app done at '" + req.mountPath() + "'"));
        });
        app.get("/", (req, res) -> res.text("")).name("home");
        api.get(
                        "/",
                        (req, res) -> later.thenCompose(done -> {
                            seen.add("api at '" + req.mountPath() + "' " + req.urlFor("home"));
                            return res.redirect("/next");
                        }))
                .name("home");
        app.mount("/api", api);
        app.start();
        CompletableFuture<Response> answer = app.handle(new StubExchange("GET", "/shop", "/api/"));
        later.complete(null);
        Response response = answer.get(10, TimeUnit.SECONDS);
        response.sent(null, 0);
        assertThat(seen).containsExactly("app pending at '' /shop/", "api at '/api' /shop/api/", "app done at ''");
        assertThat(response.headers().get("Location")).isEqualTo("/shop/api/next");
    }

    @Test
    void whatRunsWhileTheAnswerGoesOutKeepsItsPlace() {
        api.get("/", (req, res) -> {
                    res.background(() -> seen.add("task at '" + req.mountPath() + "'"));
                    req.onEnd(outcome -> seen.add("end at '" + req.mountPath() + "'"));
                    return res.write(out -> out.write(
                            (req.urlFor("home") + " at " + req.mountPath()).getBytes(StandardCharsets.UTF_8)));
                })
                .name("home");
        app.mount("/api", api);
        try (TestClient client = TestClient.of(app)) {
            assertThat(client.get("/api/").text()).isEqualTo("/api/ at /api");
        }
        assertThat(seen).containsExactly("end at '/api'", "task at '/api'");
    }

    @Test
    void eachReadsAndWritesJsonAsItDoesAnywhere() {
        app.use((req, res, next) -> req.whenBody()
                .thenRun(() -> seen.add(req.json(String.class)))
                .thenCompose(read -> next.handle(req, res)));
        app.use((req, res, next) -> req.query("around").isPresent() ? res.json("it") : next.handle(req, res));
        api.post("/", (req, res) -> res.json(req.json(String.class)));
        app.mount("/api", api);
        TestClient client = TestClient.of(app).with("Content-Type", "application/json");
        assertThat(client.post("/api/", "1").text()).isEqualTo("api wrote api read 1");
        assertThat(client.post("/api/?around=1", "1").text()).isEqualTo("app wrote it");
        assertThat(seen).containsExactly("app read 1", "app read 1");
    }

    @Test
    void eachWritesItsMediaTypeAndItsTemplates() {
        app.mediaType("text/x-app", value -> "app".getBytes(StandardCharsets.UTF_8));
        app.mediaType("text/x-app");
        api.mediaType("text/x-api", value -> "api".getBytes(StandardCharsets.UTF_8));
        api.mediaType("text/x-api");
        app.use((req, res, next) -> req.query("around").isPresent() ? res.media(1) : next.handle(req, res));
        api.get("/", (req, res) -> res.media(1));
        app.mount("/api", api);
        assertThat(ask("/api/")).isEqualTo("api");
        assertThat(ask("/api/?around=1")).isEqualTo("app");
    }

    @Test
    void whatIsLeftOnTheRequestIsThereForAppsInsideAlone() {
        app.use((req, res, next) -> {
            req.put(Integer.class, 7);
            return next.handle(req, res)
                    .thenRun(() -> seen.add(req.find(String.class).orElse("nothing from inside")));
        });
        api.get("/", (req, res) -> {
            req.put(String.class, "from inside");
            return res.header("X", "1").text("" + req.get(Integer.class));
        });
        app.mount("/api", api);
        assertThat(ask("/api/")).isEqualTo("7");
        assertThat(seen).containsExactly("nothing from inside");
    }

    @Test
    void anAppThatIsOnlyMountedAnswersNobodyByItself() {
        api.get("/", (req, res) -> res.text("api"));
        api.onStartup(() -> seen.add("opens"));
        api.onShutdown(() -> seen.add("closes"));
        app.mount("/api", api);
        app.start();
        assertThatIllegalStateException()
                .isThrownBy(() -> api.handle(new StubExchange("GET", "", "/")))
                .withMessageStartingWith("app: expected to be started");
        api.start();
        Response answer = api.handle(new StubExchange("GET", "", "/")).join();
        assertThat(answer.status()).isEqualTo(200);
        answer.sent(null, answer.body().length);
        app.stop();
        assertThat(seen).containsExactly("opens");
        api.stop();
        api.stop();
        assertThat(seen).containsExactly("opens", "closes");
    }

    @Test
    void aRouteOfAMountedAppIsFoundByItsNameFromEverySide() {
        api.get("/{x}", (req, res) -> res.text(req.route().name() + " " + req.urlFor("item", Map.of("x", "y"))))
                .name("item");
        app.mount("/api", api).name("api");
        assertThat(ask("/api/x")).isEqualTo("item /api/y");
        assertThat(app.urlFor("api:item", Map.of("x", "y"))).isEqualTo("/api/y");
        assertThat(app.routes()).isEmpty();
        assertThat(api.routes()).extracting(Route::name).containsExactly("item");
    }
}
