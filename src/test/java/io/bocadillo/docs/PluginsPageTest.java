package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.App;
import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import io.bocadillo.testing.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PluginsPageTest {

    /** Stands for what a plugin opens and closes. */
    static final class Reporter {

        final List<String> events = new ArrayList<>();

        void open(Duration interval) {
            events.add("every " + interval.toSeconds() + " s");
        }

        void count(String path) {
            events.add(path);
        }

        void close() {
            events.add("closed");
        }
    }

    // #region plugin
    static final class Metrics implements Plugin {

        private static final SettingKey<Boolean> ENABLED = SettingKey.flag("metrics", "Whether figures are sent.");
        private static final SettingKey<Duration> INTERVAL = SettingKey.duration(
                        "metrics.interval", "How often figures are sent.")
                .orElse(Duration.ofSeconds(10))
                .needs(ENABLED);

        private final Reporter reporter;

        Metrics(Reporter reporter) {
            this.reporter = reporter;
        }

        @Override
        public boolean isEnabled(Settings settings) {
            return settings.get(ENABLED);
        }

        @Override
        public List<SettingKey<?>> settings() {
            return List.of(ENABLED, INTERVAL);
        }

        @Override
        public void install(App app) {
            app.onStartup(() -> reporter.open(app.settings().get(INTERVAL)));
            app.onShutdown(reporter::close);
            app.use((req, res, next) -> next.handle(req, res).thenRun(() -> reporter.count(req.path())));
        }
    }
    // #endregion plugin

    @Test
    void plugin() {
        Reporter reporter = new Reporter();
        Settings settings = Settings.of(Map.of("metrics", "true", "metrics.interval", "5s"));
        // #region use
        App app = new App(settings);
        app.plugin(new Metrics(reporter));
        // #endregion use
        app.get("/", (req, res) -> res.text("hi"));
        try (TestClient client = TestClient.of(app)) {
            client.get("/");
        }
        assertThat(reporter.events).containsExactly("every 5 s", "/", "closed");
        assertThat(new Metrics(reporter).settings()).hasSize(2);
    }

    private static final SettingKey<Duration> INTERVAL =
            SettingKey.duration("metrics.interval", "How often figures are sent.");

    private static void check(Settings settings) {
        Duration interval = settings.get(INTERVAL);
        // #region refusal
        if (interval.isZero()) {
            throw StartupError.of(settings, "expected a second or more, got '0'. Give a longer time.", INTERVAL);
        }
        // #endregion refusal
    }

    @Test
    void refusal() {
        check(Settings.of(Map.of("metrics.interval", "5s")));
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> check(Settings.of(Map.of("metrics.interval", "0"))))
                .withMessage("setting 'metrics.interval' (Settings.of): expected a second or more, got '0'. Give a"
                        + " longer time.");
    }

    @Test
    void anIntervalWithoutMetricsIsAMistake() {
        App app = new App(Settings.of(Map.of("metrics.interval", "5s")));
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> app.plugin(new Metrics(new Reporter())))
                .withMessageStartingWith("setting 'metrics.interval' (Settings.of): expected 'metrics' with it");
    }

    @Test
    void offByDefault() {
        Reporter reporter = new Reporter();
        App app = new App();
        app.plugin(new Metrics(reporter));
        TestClient.of(app).close();
        assertThat(reporter.events).isEmpty();
    }

    @Test
    void function() {
        // #region function
        Plugin health = app -> app.get("/health", (req, res) -> res.text("up"));
        App app = new App();
        app.plugin(health);
        // #endregion function
        assertThat(TestClient.of(app).get("/health").text()).isEqualTo("up");
    }
}
