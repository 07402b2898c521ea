package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bocadillo.App;
import io.bocadillo.Setting;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import io.bocadillo.servlet.BocadilloServlet;
import io.bocadillo.testing.TestClient;
import jakarta.servlet.annotation.WebInitParam;
import jakarta.servlet.annotation.WebServlet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsPageTest {

    /** What plugins that only tests have declare. */
    private static final String OF_TESTS = "found";

    /** Everything is declared in code; -Dsnippets.write=true writes the reference. */
    @Test
    void reference() {
        List<SettingKey<?>> declared = Settings.of(Map.of()).declared().stream()
                .filter(key -> !key.name().startsWith(OF_TESTS))
                .toList();
        List<SettingKey<?>> framework = Settings.defaults().declared();
        Table ofFramework = table();
        framework.forEach(key -> row(ofFramework, key));
        ofFramework.check("docs/settings.md", "settings-of-the-framework");
        Set<String> names = Set.copyOf(framework.stream().map(SettingKey::name).toList());
        Table ofPlugins = table();
        declared.stream().filter(key -> !names.contains(key.name())).forEach(key -> row(ofPlugins, key));
        ofPlugins.check("docs/settings.md", "settings-of-plugins");
    }

    private static Table table() {
        return new Table("key", "type", "default", "what it is for");
    }

    private static void row(Table table, SettingKey<?> key) {
        String fallback = key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`";
        table.row("`" + key.name() + "`", key.type(), fallback, key.description());
    }

    @Test
    void load() {
        String[] args = {"--timeout=5s"};
        // #region load
        App app = new App(Settings.load(args));
        // #endregion load
        assertThat(app.settings().timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void code() {
        String[] args = {};
        // #region code
        App app = new App(Settings.load(args).gracePeriod(Duration.ofMinutes(2)));
        // #endregion code
        assertThat(app.settings().gracePeriod()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void own() {
        Settings settings = Settings.of(Map.of("database.url", "jdbc:h2:mem:"));
        // #region own
        String url = settings.get("database.url").value(); // required
        int connections = settings.get("database.connections").orElse(10);
        Duration patience = settings.get("database.patience").orElse(Duration.ofSeconds(3));
        // #endregion own
        assertThat(List.of(url, connections, patience)).containsExactly("jdbc:h2:mem:", 10, Duration.ofSeconds(3));
    }

    @Test
    void mistakes() {
        Settings settings = Settings.of(Map.of("database.patience", "3"));
        Setting patience = settings.get("database.patience");
        String mistake = catchThrowable(patience::asDuration).getMessage();
        Shown.text("SettingsPageTest#mistake", mistake.replace("Settings.of", "application.properties"));
        Setting url = settings.get("database.url");
        Shown.text("SettingsPageTest#missing", catchThrowable(url::value).getMessage());
    }

    @Test
    void refusals() {
        shown("SettingsPageTest#idle", Map.of("sessions.encrypted", "true"));
        shown("SettingsPageTest#refused", Map.of("cors.allow-origins", "*", "cors.allow-credentials", "true"));
    }

    @Test
    void unknownNames() {
        App app = new App(Settings.of(Map.of("sessions.key", "k".repeat(32), "csrf", "true", "csrf.exempt", "webhok")));
        String message = catchThrowable(app::start).getMessage();
        Shown.text("SettingsPageTest#unknown-name", message.replace("Settings.of", "application.properties"));
    }

    private static void shown(String fence, Map<String, String> settings) {
        String message = catchThrowable(() -> new App(Settings.of(settings))).getMessage();
        Shown.text(fence, message.replace("Settings.of", "application.properties"));
    }

    @Test
    void prints() {
        Settings settings = Settings.of(Map.of("max-body", "2MiB", "database.password", "hidden"))
                .timeout(Duration.ofSeconds(5));
        String printed = settings.toString()
                .lines()
                .filter(line -> line.matches("(max-body|max-parts|database|timeout).*"))
                .reduce((above, below) -> above + "\n" + below)
                .orElseThrow();
        Shown.text("SettingsPageTest#print", printed.replace("Settings.of", "application.properties"));
    }

    // #region war
    @WebServlet(
            urlPatterns = "/*",
            asyncSupported = true,
            initParams = @WebInitParam(name = "max-body", value = "2MiB"))
    public static class Shop extends BocadilloServlet {}
    // #endregion war

    // #region test
    @Test
    void bodiesAreSmall() {
        App app = new App(Settings.of(Map.of("max-body", "4")));
        app.post("/", (req, res) -> res.text(req.text()));
        assertThat(TestClient.of(app).post("/", "12345").status()).isEqualTo(413);
    }
    // #endregion test
}
