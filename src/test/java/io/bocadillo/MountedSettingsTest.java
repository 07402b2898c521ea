package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.testing.TestClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plugins of the class path, when an app is mounted in another one: those of {@code example}, and the built-in ones. */
class MountedSettingsTest {

    private static final Map<String, String> OTHER = Map.of("other", "true", "sessions.key", "k".repeat(32));
    private static final Map<String, String> NONE = Map.of();

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
