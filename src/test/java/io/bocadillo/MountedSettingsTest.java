package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.settings.Surroundings;
import io.bocadillo.testing.TestClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plugins of the class path, when an app is mounted in another one: those of {@code example}, and the built-in ones. */
class MountedSettingsTest {

    private static final Map<String, String> OTHER = Map.of("other", "true", "sessions.key", "k".repeat(32));
    private static final Map<String, String> NONE = Map.of();

    /** Finds no file on the class path. */
    private static final ClassLoader NOTHING = new ClassLoader(null) {};

    private static App app(Settings settings) {
        App app = new App(settings);
        app.get("/", (req, res) -> res.text("hi"));
        return app;
    }

    /** How often the plugin has run around the answer of the inner one. */
    private static long runs(App app, String path) {
        String header = TestClient.of(app).get(path).header("Other");
        return header == null ? 0 : List.of(header.split(",")).size();
    }

    private static App mounting(Settings outer, App inner) {
        App app = app(outer);
        app.mount("/inner", inner);
        return app;
    }

    @Test
    void theSameSettingsRunTheirMiddlewareOnce() {
        Settings settings = Settings.of(OTHER);
        App outer = mounting(settings, app(settings));
        assertThat(runs(outer, "/inner/")).isEqualTo(1);
        assertThat(runs(outer, "/")).isEqualTo(1);
        assertThat(runs(outer, "/inner/none")).isEqualTo(1);
    }

    @Test
    void settingsThatAreEqualAreTheSameAlsoIfTheCodeHasChangedThem() {
        App inner = app(Settings.of(OTHER).maxBody(7));
        assertThat(runs(mounting(Settings.of(OTHER), inner), "/inner/")).isEqualTo(1);
        assertThat(inner.settings().maxBody()).isEqualTo(7);
    }

    @Test
    void whatTheOuterAppDoesNotHaveIsTheInnersOwn() {
        assertThat(runs(mounting(Settings.defaults(), app(Settings.of(OTHER))), "/inner/"))
                .isEqualTo(1);
        assertThat(runs(mounting(Settings.of(NONE), app(Settings.of(OTHER))), "/inner/"))
                .isEqualTo(1);
        assertThat(runs(mounting(Settings.of(OTHER), app(Settings.defaults())), "/inner/"))
                .isEqualTo(1);
    }

    @Test
    void settingsOfItsOwnCountToo() {
        Settings own = Settings.of(Map.of("other", "true"));
        assertThat(runs(mounting(Settings.of(OTHER), app(own)), "/inner/")).isEqualTo(2);
    }

    @Test
    void anAppBetweenThemChangesNothing() {
        App middle = mounting(Settings.defaults(), app(Settings.of(OTHER)));
        App outer = app(Settings.of(OTHER));
        outer.mount("/middle", middle);
        assertThat(runs(outer, "/middle/inner/")).isEqualTo(1);
    }

    @Test
    void theInnerAppHasItsMiddlewareWhereItIsHostedByItself() {
        Settings settings = Settings.of(OTHER);
        App inner = app(settings);
        App outer = mounting(settings, inner);
        assertThat(runs(outer, "/inner/")).isEqualTo(1);
        assertThat(runs(inner, "/")).isEqualTo(1);
    }

    @Test
    void aRecipeAroundTheMountAndMiddlewareOfTheInnerAppStay() {
        Settings settings = Settings.of(OTHER);
        App inner = app(settings);
        inner.use((req, res, next) -> {
            res.header("Inner", "1");
            return next.handle(req, res);
        });
        Recipe recipe = new Recipe("recipe");
        recipe.mount("/inner", inner);
        App outer = new App(settings);
        outer.include(recipe);
        assertThat(runs(outer, "/recipe/inner/")).isEqualTo(1);
        assertThat(TestClient.of(outer).get("/recipe/inner/").header("Inner")).isEqualTo("1");
    }

    @Test
    void aPluginThatCodeInstallsInBothRunsInBoth() {
        App inner = app(Settings.of(NONE));
        App outer = mounting(Settings.of(NONE), inner);
        for (App app : List.of(outer, inner)) {
            app.plugin(installed -> installed.use((req, res, next) -> {
                res.headers().add("Plugin", "1");
                return next.handle(req, res);
            }));
        }
        assertThat(TestClient.of(outer).get("/inner/").headers().all("Plugin")).hasSize(2);
    }

    @Test
    void theSessionOfTheOuterAppIsThatOfTheInner() {
        Settings settings = Settings.of(OTHER);
        App inner = new App(settings);
        inner.get("/", (req, res) -> {
            req.session().put("user", "Ada");
            return res.text("in");
        });
        List<String> cookies = TestClient.of(mounting(settings, inner))
                .get("/inner/")
                .headers()
                .all("Set-Cookie");
        assertThat(cookies).singleElement().asString().startsWith("session=");
    }

    private static Settings exempting(String names) {
        return Settings.of(Map.of("sessions.key", "k".repeat(32), "csrf", "true", "csrf.exempt", names));
    }

    private static App withHook(Settings settings) {
        App app = new App(settings);
        app.post("/hook", (req, res) -> res.text("hooked")).name("hook");
        return app;
    }

    private static int post(App app, String path) {
        return TestClient.of(app).post(path).status();
    }

    private static void expectUnknown(String name, App app) {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessage("setting 'csrf.exempt' (Settings.of): expected the name of a route, got '" + name
                        + "'. Give a route that name with name(...).");
    }

    @Test
    void aNameInTheSettingsOfBothMayBeOneOfTheOuterAppAlone() {
        Settings settings = exempting("hook");
        App inner = new App(settings);
        inner.post("/", (req, res) -> res.text("in"));
        App outer = withHook(settings);
        outer.mount("/inner", inner);
        assertThat(post(outer, "/hook")).isEqualTo(200);
        assertThat(post(outer, "/inner/")).isEqualTo(403);
    }

    @Test
    void aRouteOfTheMountedAppHasTheNameThatTheOuterAppKnows() {
        Settings settings = exempting("api:hook");
        App outer = new App(settings);
        outer.mount("/api", withHook(settings)).name("api");
        assertThat(post(outer, "/api/hook")).isEqualTo(200);
    }

    /** It would leave nothing alone: the middleware stands in the outer app. */
    @Test
    void aNameThatTheMountedAppAloneKnowsIsNone() {
        Settings settings = exempting("hook");
        App outer = new App(settings);
        outer.mount("/api", withHook(settings)).name("api");
        expectUnknown("hook", outer);
    }

    @Test
    void ofSeveralMountedAppsWithTheSameSettingsOneHasToKnowAName() {
        Settings settings = exempting("hook");
        App other = new App(settings);
        other.post("/", (req, res) -> res.text("other"));
        App outer = new App();
        outer.mount("/one", withHook(settings));
        outer.mount("/other", other);
        assertThat(post(outer, "/one/hook")).isEqualTo(200);
        assertThat(post(outer, "/other/")).isEqualTo(403);
    }

    @Test
    void aNameThatNoAppKnowsStopsTheStart() {
        Settings settings = exempting("hook, webhok");
        App outer = withHook(settings);
        outer.mount("/inner", withHook(settings));
        expectUnknown("webhok", outer);
        expectUnknown("webhok", withHook(settings));
    }

    @Test
    void withOtherSettingsANameHasToBeOneOfTheMountedApp() {
        App outer = withHook(exempting("hook"));
        outer.mount("/inner", withHook(exempting("hook,hook2")));
        expectUnknown("hook2", outer);
    }

    private static Settings around(Map<String, String> properties, String... arguments) {
        Surroundings around = new Surroundings(properties, Map.of(), Path.of("target", "none"), NOTHING);
        return Settings.of(Sources.read(around, List.of(), arguments));
    }

    @Test
    void aSystemPropertyThatIsNoSettingMayChangeMeanwhile() {
        Settings before = around(Map.of("java.awt.headless", "true"), "--other");
        Settings after = around(Map.of("logging.level", "debug"), "--other");
        assertThat(runs(mounting(before, app(after)), "/inner/")).isEqualTo(1);
    }

    @Test
    void oneThatAPluginHasDeclaredMayNot() {
        Settings before = around(Map.of("gzip.level", "1", "gzip", "true"), "--other");
        Settings after = around(Map.of("gzip.level", "9", "gzip", "true"), "--other");
        assertThat(runs(mounting(before, app(after)), "/inner/")).isEqualTo(2);
    }

    @Test
    void whatAPluginOfOneAppDeclaresChangesNothing() {
        Map<String, String> properties = Map.of("shop.size", "7");
        App inner = app(around(properties, "--other"));
        inner.plugin(new Plugin() {
            @Override
            public void install(App app) {}

            @Override
            public List<SettingKey<?>> settings() {
                return List.of(SettingKey.count("shop.size", "How large it is."));
            }
        });
        assertThat(runs(mounting(around(properties, "--other"), inner), "/inner/"))
                .isEqualTo(1);
    }

    @Test
    void oneLineIsLoggedForOneRequest() {
        Settings settings = Settings.of(Map.of("access-log", "on"));
        App outer = mounting(settings, app(settings));
        try (CapturedLog log = new CapturedLog()) {
            TestClient.of(outer).get("/inner/");
            assertThat(log.lines("INFO")).singleElement().asString().contains("path=/inner/");
        }
    }
}
