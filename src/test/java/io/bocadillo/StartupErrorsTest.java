package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.testing.TestClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartupErrorsTest {

    private static final View VIEW = (req, res) -> res.empty();

    private final App app = new App();

    private static int line() {
        return StackWalker.getInstance()
                .walk(frames -> frames.skip(1).findFirst())
                .orElseThrow()
                .getLineNumber();
    }

    @Test
    void aShadowedRouteNamesBothPlaces() {
        int line = line();
        app.get("/items/{pk}", VIEW);
        app.get("/items/new", VIEW);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessage(
                        "route GET /items/new (StartupErrorsTest.java:%d): expected requests that no earlier route"
                                + " takes, got all taken by 'GET /items/{pk} (StartupErrorsTest.java:%d)'."
                                + " Register it before them, or remove it.",
                        line + 2, line + 1);
    }

    @Test
    void aRouteShadowedByTwoTogetherNamesBoth() {
        app.get("/x", VIEW);
        app.post("/{any}", VIEW);
        app.route("/x", VIEW, "GET", "POST");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessageContaining("GET,POST /x (StartupErrorsTest.java:")
                .withMessageContaining("'GET /x (StartupErrorsTest.java:")
                .withMessageContaining("'POST /{any} (StartupErrorsTest.java:");
    }

    @Test
    void aRouteThatOneMethodCanStillReachIsNotShadowed() {
        app.get("/x", VIEW);
        app.route("/x", VIEW, "GET", "POST");
        assertThat(TestClient.of(app).post("/x", "").status()).isEqualTo(204);
    }

    @Test
    void aHeadRouteAfterTheGetRouteIsShadowed() {
        app.get("/x", VIEW);
        app.head("/x", VIEW);
        assertThatExceptionOfType(StartupError.class).isThrownBy(app::start).withMessageContaining("route HEAD /x (");
    }

    @Test
    void allowShadowedRoutesMakesItAWarning() {
        App lenient = new App(Settings.defaults().allowShadowedRoutes(true));
        lenient.get("/items/{pk}", (req, res) -> res.text("first"));
        lenient.get("/items/new", (req, res) -> res.text("second"));
        try (CapturedLog log = new CapturedLog()) {
            TestClient client = TestClient.of(lenient);
            assertThat(client.get("/items/new").text()).isEqualTo("first");
            assertThat(log.lines("WARN"))
                    .singleElement()
                    .asString()
                    .contains("GET /items/new (StartupErrorsTest.java:")
                    .contains("GET /items/{pk} (StartupErrorsTest.java:");
        }
    }

    @Test
    void theRoutePlaceIsThatOfTheApplicationEvenThroughAMethodReference() {
        BiConsumer<String, View> register = app::get;
        app.get("{}", VIEW);
        Map.of("/items", VIEW).forEach(register);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessageStartingWith("route GET /items (StartupErrorsTest.java:");
    }

    @Test
    void aDuplicateNameNamesBothPlaces() {
        int line = line();
        app.get("/a", VIEW).name("page");
        app.get("/b", VIEW).name("page");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessage(
                        "route GET /b (StartupErrorsTest.java:%d): expected a name of its own, got 'page', the name"
                                + " of GET /a (StartupErrorsTest.java:%d). Rename one of them.",
                        line + 2, line + 1);
    }

    @Test
    void aRouteMayRepeatItsOwnName() {
        app.get("/a", VIEW).name("page").name("page");
        assertThat(app.urlFor("page")).isEqualTo("/a");
    }

    @Test
    void anUnknownConverterNamesItselfAndThePlace() {
        int line = line();
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> app.get("/x/{id:uuid}", VIEW))
                .withMessageStartingWith("route '/x/{id:uuid}': expected a converter int or path, got 'uuid'.")
                .withMessageEndingWith("(StartupErrorsTest.java:%d)", line + 2);
    }

    @Test
    void aParameterNamedTwiceIsRefused() {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> app.get("/{x}/{x}", VIEW))
                .withMessageStartingWith("route '/{x}/{x}': expected each parameter once, got 'x'.")
                .withMessageContaining("(StartupErrorsTest.java:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/{x", "/x}", "//x", "/{x}{y}", "/{1}", "/..", "/{a:path}/{b:path}", "/a\\b"})
    void aMalformedPatternIsRefused(String pattern) {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> app.get(pattern, VIEW))
                .withMessageMatching("route '.*': expected .+, got '.*'\\. .+ \\(StartupErrorsTest\\.java:\\d+\\)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET POST", "GET,POST", "GÉT", "GET\r\n"})
    void aMethodThatIsNoTokenIsRefused(String method) {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> app.route("/x", VIEW, method))
                .withMessageMatching(
                        "route '/x' \\(StartupErrorsTest\\.java:\\d+\\): expected a method like GET, got '.*'\\."
                                + " Write a token \\(RFC 9110, section 9\\.1\\)\\.");
    }

    @Test
    void aRouteWithoutMethodsIsRefused() {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> app.route("/x", VIEW))
                .withMessageMatching(
                        "route '/x' \\(StartupErrorsTest\\.java:\\d+\\): expected at least one method, got none\\."
                                + " Name them, or use any\\(\\.\\.\\.\\)\\.");
    }

    @Test
    void aNegativeLimitIsRefused() {
        Route route = app.post("/x", VIEW);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> route.maxBody(-1))
                .withMessageMatching("route POST /x \\(.+\\): expected a limit of 0 bytes or more, got '-1'\\."
                        + " Give a number of bytes\\.");
    }

    @Test
    void everyChangeAfterTheStartSaysSoAndWhere() {
        Route route = app.get("/x", VIEW);
        app.start();
        Map<String, Runnable> changes = Map.ofEntries(
                Map.entry("a route", () -> app.get("/y", VIEW)),
                Map.entry("a middleware", () -> app.use((req, res, next) -> next.handle(req, res))),
                Map.entry("an error handler", () -> app.onError(HttpError.class, ErrorHandlers.text())),
                Map.entry("a startup event", () -> app.onStartup(() -> {})),
                Map.entry("a shutdown event", () -> app.onShutdown(() -> {})),
                Map.entry("the name of a route", () -> route.name("x")),
                Map.entry("a limit", () -> route.maxBody(1)));
        changes.forEach((change, run) -> assertThatExceptionOfType(IllegalStateException.class)
                .as(change)
                .isThrownBy(run::run)
                .withMessageMatching("app: expected " + change
                        + " before it starts, got it after, at StartupErrorsTest\\.java:\\d+\\. Move it up\\."));
    }

    @Test
    void hooksAndMiddlewareOfARouteAreFixedAtTheStartToo() {
        Route route = app.get("/x", VIEW);
        app.start();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> route.before((req, res) -> {}))
                .withMessageContaining("expected a hook before it starts");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> route.after((req, res) -> {}))
                .withMessageContaining("expected a hook before it starts");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> route.use((req, res, next) -> next.handle(req, res)))
                .withMessageContaining("expected a middleware before it starts");
    }

    @Test
    void aStartupErrorPrintsAsOneLine() {
        assertThat(new StartupError("port: taken").getStackTrace()).isEmpty();
    }

    @Test
    void anAppWithoutRoutesStarts() {
        assertThatCode(app::start).doesNotThrowAnyException();
    }

    @SuppressWarnings("NullAway")
    static Stream<Arguments> nulls() {
        Map<String, Consumer<App>> registrations = new LinkedHashMap<>();
        registrations.put("a view", app -> app.get("/x", null));
        registrations.put("a view ", app -> app.any("/x", null));
        registrations.put("a view  ", app -> app.route("/x", null, "GET"));
        registrations.put("a method", app -> app.route("/x", VIEW, (String) null));
        registrations.put("a method ", app -> app.route("/x", VIEW, "GET", null));
        registrations.put("methods", app -> app.route("/x", VIEW, (String[]) null));
        registrations.put("a pattern", app -> app.post(null, VIEW));
        registrations.put("a middleware", app -> app.use(null));
        registrations.put("a middleware ", app -> app.get("/x", VIEW).use(null));
        registrations.put("a hook", app -> app.get("/x", VIEW).before(null));
        registrations.put("a hook ", app -> app.get("/x", VIEW).after(null));
        registrations.put("an error handler", app -> app.onError(HttpError.class, null));
        registrations.put("a class of errors", app -> app.onError(null, ErrorHandlers.text()));
        registrations.put("a name", app -> app.get("/x", VIEW).name(null));
        registrations.put("a name ", app -> app.mount("/x", new App()).name(null));
        registrations.put("a name  ", app -> app.include(new Recipe(null)));
        registrations.put("a media type", app -> app.mediaType(null));
        registrations.put("a media type ", app -> app.mediaType(null, MediaHandler.text()));
        registrations.put("a handler of a media type", app -> app.mediaType("a/b", null));
        registrations.put("a task", app -> app.onStartup(null));
        registrations.put("a task ", app -> app.onShutdown(null));
        return registrations.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void nullIsRefusedWhereItIsRegistered(String what, Consumer<App> registration) {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> registration.accept(app))
                .withMessageMatching("app \\(StartupErrorsTest\\.java:\\d+\\): expected " + what.strip()
                        + ", got 'null'\\. Pass one\\.");
    }

    @Test
    void aSecondNameIsRefusedAndTheFirstStays() {
        int line = line();
        Route route = app.get("/a", VIEW).name("page");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> route.name("other"))
                .withMessage(
                        "route GET /a (StartupErrorsTest.java:%d): expected one name, got 'page' and 'other'. Keep one."
                                + " (StartupErrorsTest.java:%d)",
                        line + 1, line + 3);
        assertThat(route.name()).isEqualTo("page");
        assertThat(app.urlFor("page")).isEqualTo("/a");
        app.get("/b", VIEW).name("other");
        assertThat(app.urlFor("other")).isEqualTo("/b");
    }

    @Test
    void aSecondNameOfAMountIsRefusedToo() {
        int line = line();
        Mount mount = app.mount("/api", new App()).name("api");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> mount.name("other"))
                .withMessage(
                        "mount /api (StartupErrorsTest.java:%d): expected one name, got 'api' and 'other'. Keep one."
                                + " (StartupErrorsTest.java:%d)",
                        line + 1, line + 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", ":", "a\nb:c"})
    void aNameThatIsNoneIsRefusedAndTheRouteHasNone(String name) {
        Route route = app.get("/a", VIEW);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> route.name(name))
                .withMessageMatching("route '/a' \\(StartupErrorsTest\\.java:\\d+\\): expected a name without ':',"
                        + " got '.*'\\. Write one like \"tacos\"\\.");
        assertThat(route.name()).isNull();
        assertThat(route.name("b").name()).isEqualTo("b");
    }
}
