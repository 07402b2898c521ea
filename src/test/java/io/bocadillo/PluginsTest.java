package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PluginsTest {

    private final List<String> events = new ArrayList<>();

    /** Writes into the log when anything of it runs. */
    private final class Logging implements Plugin {

        private final String name;

        Logging(String name) {
            this.name = name;
        }

        @Override
        public void install(App app) {
            events.add("install " + name);
            app.onStartup(() -> events.add("start " + name));
            app.onShutdown(() -> events.add("stop " + name));
            app.use(logging(name));
        }

        @Override
        public boolean isEnabled(Settings settings) {
            return settings.get(name).orElse(true);
        }
    }

    private Middleware logging(String name) {
        return (req, res, next) -> {
            events.add("in " + name);
            return next.handle(req, res).thenRun(() -> events.add("out " + name));
        };
    }

    private static TestResponse answer(App app) {
        app.get("/", (req, res) -> res.text("hi"));
        try (TestClient client = TestClient.of(app)) {
            return client.get("/");
        }
    }

    @Test
    void aPluginIsInstalledAtTheCallAndStandsThere() {
        App app = new App();
        app.use(logging("outer"));
        app.plugin(new Logging("plugin"));
        assertThat(events).containsExactly("install plugin");
        app.use(logging("inner"));
        events.clear();
        answer(app);
        assertThat(events)
                .containsExactly(
                        "start plugin",
                        "in outer",
                        "in plugin",
                        "in inner",
                        "out inner",
                        "out plugin",
                        "out outer",
                        "stop plugin");
    }

    @Test
    void pluginsStartInTheirOrderAndStopInReverse() {
        App app = new App();
        app.plugin(new Logging("first"));
        app.onStartup(() -> events.add("start app"));
        app.onShutdown(() -> events.add("stop app"));
        app.plugin(new Logging("second"));
        app.start();
        app.stop();
        assertThat(events)
                .containsExactly(
                        "install first",
                        "install second",
                        "start first",
                        "start app",
                        "start second",
                        "stop second",
                        "stop app",
                        "stop first");
    }

    @Test
    void aPluginThatIsNotEnabledLeavesNothing() {
        App app = new App(Settings.of(Map.of("plugin", "off")));
        app.plugin(new Logging("plugin"));
        answer(app);
        assertThat(events).isEmpty();
    }

    @Test
    void aPluginMayBeAFunctionAndInstallOthers() {
        App app = new App();
        Plugin both = inside -> {
            inside.plugin(new Logging("a"));
            inside.plugin(new Logging("b"));
            inside.get("/plugin", (req, res) -> res.text("by a plugin"));
        };
        app.plugin(both);
        assertThat(both.settings()).isEmpty();
        assertThat(TestClient.of(app).get("/plugin").text()).isEqualTo("by a plugin");
        assertThat(events).startsWith("install a", "install b", "start a", "start b", "in a", "in b");
    }

    @Test
    void aPluginAfterTheStartIsAMistake() {
        App app = new App();
        app.start();
        assertThatIllegalStateException()
                .isThrownBy(() -> app.plugin(new Logging("late")))
                .withMessageMatching("app: expected a plugin before it starts, got it after,"
                        + " at PluginsTest\\.java:\\d+\\. Move it up\\.");
        app.stop();
        assertThat(events).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway")
    void noPluginIsAMistake() {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> new App().plugin(null))
                .withMessageMatching("app \\(PluginsTest\\.java:\\d+\\): expected a plugin, got 'null'\\. Pass one\\.");
    }

    @Test
    void whatAPluginOfTheClassPathNeedsIsASetting() {
        TestResponse response = answer(new App(Settings.of(Map.of("found", "true", "found.name", "by name"))));
        assertThat(response.header("Found")).isEqualTo("by name");
        assertThat(response.header("Other")).isNull();
    }

    @Test
    void aPluginOfTheClassPathIsOffUnlessItIsEnabled() {
        assertThat(answer(new App(Settings.of(Map.of()))).header("Found")).isNull();
        assertThat(answer(new App(Settings.of(Map.of("found", "false")))).header("Found"))
                .isNull();
    }

    @Test
    void settingsOfTheCodeAloneFindNoPlugin() {
        assertThat(answer(new App()).header("Found")).isNull();
        assertThat(Settings.defaults().sources().plugins()).isEmpty();
    }

    @Test
    void thoseOfTheClassPathStandAroundTheAppOursFirstThenByName() {
        App app = new App(Settings.of(Map.of("other", "true", "another", "true", "found", "true")));
        app.use((req, res, next) -> {
            res.header("Own", String.valueOf(res.headers().get("Other")));
            return next.handle(req, res);
        });
        TestResponse response = answer(app);
        assertThat(response.header("Found")).isEqualTo("found");
        assertThat(response.header("Own")).isEqualTo("another after found, other after found");
    }

    @Test
    void aSettingOfAPluginThatCannotBeIsAStartupError() {
        Settings settings = Settings.of(Map.of("found", "true", "found.interval", "often"));
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> new App(settings))
                .withMessage("setting 'found.interval' (Settings.of): expected a duration like 250ms, 30s, 5m or PT30S,"
                        + " got 'often'. Mend it there, or give another one in a source that comes before.");
    }

    @Test
    void aSwitchThatIsNeitherOnNorOffIsAStartupError() {
        Settings settings = Settings.of(Map.of("found", "maybe"));
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> new App(settings))
                .withMessageStartingWith("setting 'found' (Settings.of): expected true or false, got 'maybe'.");
    }
}
