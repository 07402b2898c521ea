package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.staticfiles.StaticFiles;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import io.bocadillo.testing.TestStream;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountsTest {

    private static final View VIEW = (req, res) -> res.empty();
    private static final View WHERE = (req, res) -> res.text(req.path() + " " + req.mountPath());

    private final App app = new App();
    private final App api = new App();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    private Middleware logs(String name) {
        return (req, res, next) -> {
            seen.add(name + " in at '" + req.mountPath() + "'");
            return next.handle(req, res).thenRun(() -> seen.add(name + " out at '" + req.mountPath() + "'"));
        };
    }

    private Task notes(String name) {
        return () -> seen.add(name);
    }

    private static View failing(Exception error) {
        return (req, res) -> {
            throw error;
        };
    }

    private static ErrorHandler<Throwable> says(String text) {
        return (req, res, error) -> res.status(418).text(text);
    }

    @ParameterizedTest
    @CsvSource({
        "/api,        /api/items/7,      /api/items/7 /api",
        "api/,        /api/items/7,      /api/items/7 /api",
        "/a/b,        /a/b/items/7,      /a/b/items/7 /a/b",
        "/{t}/api,    /caf%C3%A9/api/items/7, /café/api/items/7 /café/api",
        "/,           /items/7,          '/items/7 '",
        "'',          /items/7,          '/items/7 '",
    })
    void thePathStaysWholeAndMountPathTellsWhereTheAppIs(String prefix, String path, String answer) {
        api.get("/items/{pk}", WHERE);
        app.mount(prefix, api);
        assertThat(TestClient.of(app).get(path).text()).isEqualTo(answer);
    }

    @Test
    void parametersOfThePrefixAreThoseOfTheRequestToo() {
        api.get("/items/{pk}", (req, res) -> res.text(req.param("tenant") + " " + req.param("pk")));
        app.mount("/{tenant}/api", api);
        assertThat(TestClient.of(app).get("/acme/api/items/7").text()).isEqualTo("acme 7");
    }

    @Test
    void theRouteIsThatOfTheMountedAppForWhateverIsAroundIt() {
        api.get("/items/{pk}", VIEW).name("item");
        app.mount("/api", api).name("api");
        app.use((req, res, next) -> {
            Route route = req.route();
            seen.add(route == null ? "none" : route.pattern() + " " + route.name());
            return next.handle(req, res);
        });
        TestClient client = TestClient.of(app);
        client.get("/api/items/7");
        client.get("/api/none");
        assertThat(seen).containsExactly("/api/items/{pk} api:item", "none");
    }

    @Test
    void nothingOfAMountedAppLeaksOut() {
        api.use(logs("api"));
        api.before((req, res) -> seen.add("api hook"));
        api.onError(IllegalStateException.class, says("api"));
        app.mount("/api", api);
        app.get("/bug", failing(new IllegalStateException()));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/bug").status()).isEqualTo(500);
        assertThat(client.get("/none").status()).isEqualTo(404);
        assertThat(seen).isEmpty();
    }

    @Test
    void hooksAndErrorHandlersStayOutside() {
        app.before((req, res) -> seen.add("hook"));
        app.after((req, res) -> seen.add("hook"));
        app.onError(IllegalStateException.class, says("app"));
        app.onError(HttpError.class, says("app"));
        api.get("/bug", failing(new IllegalStateException()));
        api.get("/forbidden", failing(new HttpError(403)));
        app.mount("/api", api);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/api/bug").text()).isEqualTo("{\"error\":\"500 Internal Server Error\",\"status\":500}");
        assertThat(client.get("/api/forbidden").text()).isEqualTo("{\"error\":\"403 Forbidden\",\"status\":403}");
        assertThat(client.get("/api/none").text()).isEqualTo("{\"error\":\"404 Not Found\",\"status\":404}");
        assertThat(client.get("/none").text()).isEqualTo("app");
        assertThat(seen).isEmpty();
    }

    @Test
    void errorsAreAnsweredByTheMountedAppAndSeenByMiddlewareAround() {
        api.onError(IllegalStateException.class, says("api"));
        api.get("/bug", failing(new IllegalStateException()));
        app.use((req, res, next) -> next.handle(req, res).thenRun(() -> seen.add("" + res.status())));
        app.mount("/api", api);
        assertThat(TestClient.of(app).get("/api/bug").text()).isEqualTo("api");
        assertThat(seen).containsExactly("418");
    }

    @Test
    void middlewareAroundAMountRunsAroundThatOfTheMountedApp() {
        Recipe admin = new Recipe("admin");
        app.use(logs("app"));
        admin.use(logs("admin"));
        api.use(logs("api"));
        api.get("/", VIEW);
        admin.mount("/api", api);
        app.include(admin);
        TestClient.of(app).get("/admin/api/");
        assertThat(seen)
                .containsExactly(
                        "app in at ''",
                        "admin in at ''",
                        "api in at '/admin/api'",
                        "api out at '/admin/api'",
                        "admin out at ''",
                        "app out at ''");
    }

    @Test
    void mountPathIsRestoredBehindAnAsynchronousView() throws Exception {
        CompletableFuture<Void> later = new CompletableFuture<>();
        app.use(logs("app"));
        api.use(logs("api"));
        api.get("/", (req, res) -> later.thenCompose(done -> res.text("done")));
        app.mount("/api", api);
        app.start();
        CompletableFuture<Response> answer = app.handle(new StubExchange("GET", "", "/api/"));
        later.complete(null);
        answer.get(10, TimeUnit.SECONDS).sent(null, 0);
        assertThat(seen).containsExactly("app in at ''", "api in at '/api'", "api out at '/api'", "app out at ''");
    }

    @Test
    void aMiddlewareAroundMayRefuse() {
        app.use((req, res, next) -> {
            throw new HttpError(401);
        });
        api.use(logs("api"));
        api.get("/", VIEW);
        app.mount("/api", api);
        assertThat(TestClient.of(app).get("/api/").status()).isEqualTo(401);
        assertThat(seen).isEmpty();
    }

    @Test
    void aMountWithoutAMatchIsThe404OfTheMountedApp() {
        api.onError(HttpError.class, says("api"));
        app.mount("/api", api);
        app.get("/api-docs", VIEW);
        app.get("/{a}/{b}", VIEW);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/api/none").text()).isEqualTo("api");
        assertThat(client.get("/api").text()).isEqualTo("api");
        assertThat(client.get("/api/").text()).isEqualTo("api");
        assertThat(client.request("PROPFIND", "/api/x", "").text()).isEqualTo("api");
        assertThat(client.get("/api-docs").status()).isEqualTo(204);
        assertThat(client.get("/other/x").status()).isEqualTo(204);
    }

    @Test
    void theFirstRegisteredOfRoutesAndMountsWins() {
        app.get("/api/version", (req, res) -> res.text("app"));
        app.mount("/api", api);
        app.any("/{x:path}", (req, res) -> res.text("later"));
        api.any("/{x:path}", (req, res) -> res.text("api"));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/api/version").text()).isEqualTo("app");
        assertThat(client.post("/api/version", "").text()).isEqualTo("api");
        assertThat(client.get("/api/else").text()).isEqualTo("api");
        assertThat(client.get("/else").text()).isEqualTo("later");
    }

    @Test
    void theFirstOfTwoMountsWins() {
        App inner = new App();
        inner.get("/", (req, res) -> res.text("inner"));
        api.get("/{x}/", (req, res) -> res.text("api"));
        app.mount("/api/v1", inner);
        app.mount("/api", api);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/api/v1/").text()).isEqualTo("inner");
        assertThat(client.get("/api/v2/").text()).isEqualTo("api");
    }

    @Test
    void aMountAtTheRootTakesWhatNoEarlierRouteTakes() {
        app.get("/health", (req, res) -> res.text("well"));
        app.mount("/", api);
        api.get("/", (req, res) -> res.text("home"));
        api.get("/{}", (req, res) -> res.status(404).text("lost"));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/health").text()).isEqualTo("well");
        assertThat(client.get("/").text()).isEqualTo("home");
        assertThat(client.get("/a/b").text()).isEqualTo("lost");
    }

    @Test
    void aFallbackOfAMountedAppTakesWhatNoOtherOfItsRoutesTakes() {
        api.get("/x", (req, res) -> res.text("route"));
        api.any("/{}", (req, res) -> res.status(404).text("no such thing"));
        app.mount("/api", api);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/api/x").text()).isEqualTo("route");
        assertThat(client.get("/api/").text()).isEqualTo("no such thing");
        assertThat(client.get("/api/a/b").text()).isEqualTo("no such thing");
        assertThat(client.get("/none").text()).startsWith("{");
    }

    @Test
    void aMissingSlashIsAddedOnceAndWhereTheAppIs() {
        api.get("/", VIEW);
        api.get("/docs/", VIEW);
        App outer = new App();
        outer.mount("/v1", api);
        app.mount("/api", outer);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/api/v1/docs?x=1").header("Location")).isEqualTo("/api/v1/docs/?x=1");
        assertThat(client.get("/api/v1").header("Location")).isEqualTo("/api/v1/");
        assertThat(client.get("/api").status()).isEqualTo(404);
        assertThat(client.options("/api/v1/docs").status()).isEqualTo(404);
    }

    @Test
    void theStandardStaticFilesAreThoseOfTheAppAroundAlone() {
        app.mount("/api", api);
        assertThat(TestClient.of(app).get("/static/hello.txt").status()).isEqualTo(200);
        assertThat(TestClient.of(app).get("/api/static/hello.txt").status()).isEqualTo(404);
    }

    @Test
    void anIndexPageIsAtTheSlashOfTheMount(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("index.html"), "<title>index</title>");
        api.staticFiles("/", StaticFiles.directory(folder).index());
        app.mount("/site", api);
        TestResponse redirect = TestClient.of(app).get("/site");
        assertThat(redirect.status()).isEqualTo(308);
        assertThat(redirect.header("Location")).isEqualTo("/site/");
        assertThat(TestClient.of(app).get("/site/").status()).isEqualTo(200);
        assertThat(TestClient.of(app).get("/site/index.html").status()).isEqualTo(200);
    }

    @Test
    void aRouteHasTheNameThatUrlForTakesWhereItIsAskedFor() {
        api.get("/login", VIEW).name("login");
        app.use(logsName("app"));
        api.use(logsName("api"));
        app.mount("/known", api).name("known");
        app.mount("/unknown", api);
        App outer = new App();
        outer.use(logsName("outer"));
        outer.mount("/outer", app).name("app");
        TestClient client = TestClient.of(outer);
        client.get("/outer/known/login");
        client.get("/outer/unknown/login");
        assertThat(seen)
                .containsExactly(
                        "outer app:known:login", "app known:login", "api login", "outer null", "app null", "api login");
    }

    private Middleware logsName(String who) {
        return (req, res, next) -> {
            String name = req.route().name();
            seen.add(who + " " + name);
            assertThat(req.route()).isSameAs(req.route());
            if (name != null) {
                assertThat(req.urlFor(name)).hasToString(req.path());
            }
            return next.handle(req, res);
        };
    }

    @Test
    void aCookieOfAMountedAppIsForItsPathsAlone() {
        api.get("/", (req, res) -> res.cookie(Cookie.of("c", "1")).text("set"));
        app.mount("/api", api);
        assertThat(TestClient.of(app).get("/api/").header("Set-Cookie")).contains("; Path=/api;");
    }

    @Test
    void theMountedAppDecidesAboutItsMissingSlashes() {
        App strict = new App(Settings.defaults().redirectTrailingSlash(false));
        strict.get("/docs/", VIEW);
        app.mount("/api", strict);
        assertThat(TestClient.of(app).get("/api/docs").status()).isEqualTo(404);
    }

    @Test
    void methodsAreThoseOfTheMountedApp() {
        app.delete("/api/items", VIEW);
        api.get("/items", VIEW);
        app.mount("/api", api);
        TestClient client = TestClient.of(app);
        TestResponse refused = client.post("/api/items", "");
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(client.options("/api/items").header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(client.head("/api/items").status()).isEqualTo(204);
    }

    @Test
    void aRedirectStaysInTheAppThatAnswers() {
        api.get("/old", (req, res) -> res.redirect("/new"));
        api.get("/thrown", failing(new Redirect("/new")));
        api.get("/denied", failing(new HttpError(401)));
        api.onError(HttpError.class, (req, res, error) -> res.status(303).redirect("/login"));
        api.get("/bug", failing(new IllegalStateException()));
        app.use((req, res, next) ->
                req.path().endsWith("/outside") ? res.redirect("/elsewhere") : next.handle(req, res));
        app.mount("/{tenant}/api", api);
        app.start();
        assertThat(location("/caf%C3%A9/api/old")).isEqualTo("/shop/caf%C3%A9/api/new");
        assertThat(location("/acme/api/thrown")).isEqualTo("/shop/acme/api/new");
        assertThat(location("/acme/api/denied")).isEqualTo("/shop/acme/api/login");
        assertThat(location("/acme/api/none")).isEqualTo("/shop/acme/api/login");
        assertThat(location("/acme/api/bug")).isEqualTo("/shop/acme/api/login");
        assertThat(location("/acme/api/outside")).isEqualTo("/shop/elsewhere");
    }

    private @Nullable String location(String path) {
        return app.handle(new StubExchange("GET", "/shop", path))
                .join()
                .headers()
                .get("Location");
    }

    @Test
    void settingsAreThoseOfTheMountedApp() {
        App small = new App(Settings.defaults().maxBody(2).json(new ShoutingJson()));
        small.post("/", (req, res) -> res.json(req.text()));
        app.mount("/small", small);
        app.post("/", (req, res) -> res.json(req.text()));
        TestClient client = TestClient.of(app);
        assertThat(client.post("/small/", "long").status()).isEqualTo(413);
        assertThat(client.post("/small/", "ok").text()).isEqualTo("OK!");
        assertThat(client.post("/", "long").text()).isEqualTo("\"long\"");
    }

    private static final class ShoutingJson implements Json {
        @Override
        public byte[] encode(Object value) {
            return (value.toString().toUpperCase(Locale.ROOT) + "!").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public <T> T decode(byte[] json, Type type) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void theTimeoutIsThatOfTheMountedAppAlone() {
        App slow = new App(Settings.defaults().timeout(Duration.ofMillis(50)));
        slow.onError(HttpError.class, says("slow"));
        slow.get("/", (req, res) -> new CompletableFuture<>());
        app.mount("/slow", slow);
        App impatient =
                new App(Settings.defaults().timeout(Duration.ofMillis(1)).gracePeriod(Duration.ZERO));
        impatient.mount("/app", app);
        assertThat(TestClient.of(impatient).get("/app/slow/").text()).isEqualTo("slow");
    }

    @Test
    void aBodyMayBeTakenAroundAndInside() {
        app.use((req, res, next) -> req.whenBody().thenCompose(body -> next.handle(req, res)));
        api.post("/", (req, res) -> res.text(req.text())).maxBody(3 * 1024 * 1024);
        app.mount("/api", api);
        String large = "x".repeat(2 * 1024 * 1024);
        assertThat(TestClient.of(app).post("/api/", large).text()).isEqualTo(large);
    }

    @Test
    void streamsAndBackgroundTasksWorkInside() {
        api.get("/stream", (req, res) -> {
            res.background(notes("task"));
            return res.stream(Stream.of("a", "b"));
        });
        app.mount("/api", api);
        try (TestClient client = TestClient.of(app)) {
            assertThat(client.get("/api/stream").text()).isEqualTo("ab");
            assertThat(seen).containsExactly("task");
        }
    }

    @Test
    void oneExchangeIsOpenAndAStopEndsItsEvents() throws Exception {
        CompletableFuture<String> closed = new CompletableFuture<>();
        api.get(
                "/events",
                (req, res) -> res.events(events -> {
                    events.onClose(() -> closed.complete("closed"));
                    events.send("first");
                }));
        app.mount("/api", api);
        TestClient client = TestClient.of(app);
        try (TestStream stream = client.stream("/api/events")) {
            assertThat(stream.next()).isEqualTo("data: first\n\n");
            assertThat(app.openExchanges()).isEqualTo(1);
            app.drain();
            assertThat(stream.next()).isNull();
        }
        assertThat(closed.get(30, TimeUnit.SECONDS)).isEqualTo("closed");
        assertThat(app.openExchanges()).isZero();
    }

    @Test
    void eventsOfMountedAppsAreInsideThoseOfTheApp() {
        App inner = new App();
        for (App each : List.of(app, api, inner)) {
            String name = each == app ? "app" : each == api ? "api" : "inner";
            each.onStartup(notes(name + " opens"));
            each.onShutdown(notes(name + " closes"));
        }
        app.mount("/a", api);
        api.mount("/b", inner);
        app.start();
        app.stop();
        assertThat(seen)
                .containsExactly("app opens", "api opens", "inner opens", "inner closes", "api closes", "app closes");
    }

    @Test
    void anAppMountedTwiceAndHostedByItselfStartsAndStopsOnce() {
        api.onStartup(notes("opens"));
        api.onShutdown(notes("closes"));
        api.get("/", WHERE);
        app.mount("/a", api);
        app.mount("/b", api);
        TestClient client = TestClient.of(app);
        TestClient alone = TestClient.of(api);
        assertThat(client.get("/a/").text()).isEqualTo("/a/ /a");
        assertThat(client.get("/b/").text()).isEqualTo("/b/ /b");
        assertThat(alone.get("/").text()).isEqualTo("/ ");
        client.close();
        assertThat(seen).containsExactly("opens");
        assertThat(alone.get("/").text()).isEqualTo("/ ");
        alone.close();
        assertThat(seen).containsExactly("opens", "closes");
    }

    @Test
    void aMountedAppThatDoesNotStartStopsTheOthers() {
        App broken = new App();
        broken.onStartup(() -> {
            throw new IOException("no database");
        });
        app.onShutdown(notes("app closes"));
        api.onShutdown(notes("api closes"));
        broken.onShutdown(notes("broken closes"));
        app.mount("/api", api);
        app.mount("/broken", broken);
        assertThatIllegalStateException().isThrownBy(app::start).withMessageContaining("no database");
        assertThat(seen).containsExactly("broken closes", "api closes", "app closes");
        assertThatIllegalStateException().isThrownBy(() -> api.handle(new StubExchange("GET", "", "/")));
    }

    @Test
    void aMistakeInAMountedAppStopsTheStartBeforeAnyEvent() {
        app.onStartup(notes("opens"));
        api.get("/{x}", VIEW);
        api.get("/y", VIEW);
        app.mount("/api", api);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessageMatching("route GET /api/y \\(MountsTest.java:\\d+, mounted at MountsTest.java:\\d+\\):.*"
                        + "'GET /api/\\{x} \\(MountsTest.java:\\d+, mounted at MountsTest.java:\\d+\\)'.*");
        assertThat(seen).isEmpty();
    }

    @Test
    void aNameOfTwoRoutesInAMountedAppStopsTheStartBeforeAnyEvent() {
        Recipe one = new Recipe("one");
        one.get("/", VIEW).name("home");
        api.include("/a", one);
        api.include("/b", one);
        app.onStartup(notes("opens"));
        app.mount("/api", api);
        assertThatExceptionOfType(StartupError.class).isThrownBy(app::start).withMessageContaining("got 'one:home'");
        assertThat(seen).isEmpty();
    }

    @Test
    void aRouteThatAMountCoversCanNeverRun() {
        app.mount("/api", api);
        app.get("/api/items", VIEW);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessageMatching(
                        "route GET /api/items \\(MountsTest.java:\\d+\\): expected requests that no earlier"
                                + " route takes, got all taken by '/api \\(MountsTest.java:\\d+\\)'. Register it before them,"
                                + " or remove it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/v1", "/api/{x}/y"})
    void aMountThatAnotherCoversCanNeverBeReached(String prefix) {
        app.mount("/api", api);
        app.mount(prefix, new App());
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessageStartingWith("mount " + prefix + " (MountsTest.java:");
    }

    @Test
    void aMountBehindAFallbackCanNeverBeReached() {
        app.any("/{}", VIEW);
        app.mount("/api", api);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessageContaining("/{} (MountsTest.java:");
    }

    @Test
    void aMountBehindAFallbackForOneMethodCanBeReached() {
        app.get("/{}", (req, res) -> res.text("page"));
        app.mount("/api", api);
        api.post("/", (req, res) -> res.text("api"));
        assertThat(TestClient.of(app).post("/api/", "").text()).isEqualTo("api");
        assertThat(TestClient.of(app).get("/api/").text()).isEqualTo("page");
    }

    @Test
    void anAppIsNoPartOfItself() {
        assertThatExceptionOfType(StartupError.class).isThrownBy(() -> app.mount("/x", app));
        Recipe recipe = new Recipe("r");
        api.include(recipe);
        app.mount("/api", api);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> recipe.mount("/loop", app))
                .withMessageContaining("mount '/loop' (MountsTest.java:");
    }

    @Test
    void aPrefixWithARestIsRefused() {
        for (String prefix : new String[] {"/{x:path}", "/a/{}", "/{}"}) {
            assertThatExceptionOfType(StartupError.class)
                    .isThrownBy(() -> app.mount(prefix, api))
                    .withMessageContaining("(MountsTest.java:");
        }
    }

    @Test
    void soIsOneOfARecipeAroundIt() {
        for (String prefix : new String[] {"/{folder:path}/files", "/{folder:path}", "/{}/files"}) {
            App ofApp = new App();
            App ofServlet = new App();
            Recipe files = new Recipe("files", prefix);
            files.mount("/api", new App()).name("api");
            ofApp.include("/v1", files);
            Recipe legacy = new Recipe("legacy", prefix);
            legacy.mount("/api", new HttpServlet() {
                private static final long serialVersionUID = 1;
            });
            ofServlet.include("/v1", legacy);
            for (App wrong : List.of(ofApp, ofServlet)) {
                assertThatExceptionOfType(StartupError.class)
                        .isThrownBy(wrong::start)
                        .withMessageStartingWith("mount '/v1" + prefix + "/api' (MountsTest.java:")
                        .withMessageContaining(", included at MountsTest.java:")
                        .withMessageContaining("): expected parameters within a segment, got one of several.");
            }
        }
    }

    @Test
    void aParameterOfPrefixAndPatternIsAnError() {
        api.get("/{pk}", VIEW);
        app.mount("/{pk}/api", api);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessageContaining("expected each parameter once, got 'pk'")
                .withMessageContaining(", mounted at MountsTest.java:");
    }

    @Test
    void aMountedAppIsFrozenWithTheAppAround() {
        Mount mount = app.mount("/api", api);
        app.start();
        assertThatIllegalStateException().isThrownBy(() -> api.get("/late", VIEW));
        assertThatIllegalStateException().isThrownBy(() -> app.mount("/late", new App()));
        assertThatIllegalStateException().isThrownBy(() -> mount.name("late"));
    }

    @Test
    void aMountTellsWhatItIs() {
        Mount mount = app.mount("/{tenant}/api/", api).name("api");
        assertThat(mount.prefix()).isEqualTo("/{tenant}/api");
        assertThat(mount.app()).isSameAs(api);
        assertThat(mount.name()).isEqualTo("api");
        assertThat(mount.toString()).matches("/\\{tenant}/api \\(MountsTest.java:\\d+\\)");
        assertThatExceptionOfType(StartupError.class).isThrownBy(() -> mount.name("other"));
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> app.mount("/x", new App()).name("a:b"));
    }

    @Test
    void anAppWithManyMountsFindsEachOne() {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            App each = new App();
            String name = "app " + i;
            each.get("/", (req, res) -> res.text(name));
            app.mount("/" + i, each);
        }
        TestClient client = TestClient.of(app);
        for (int i = 0; i < 200; i++) {
            answers.add(client.get("/" + i + "/").text());
        }
        assertThat(answers).doesNotHaveDuplicates().contains("app 0", "app 199");
    }

    @Test
    void routesListsNoneOfMountedApps() {
        app.get("/", VIEW);
        api.get("/", VIEW);
        app.mount("/api", api);
        assertThat(app.routes()).extracting(Route::pattern).containsExactly("/");
    }
}
