package io.bocadillo.middleware;

import io.bocadillo.App;
import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@link Cors}, switched on by the origins. */
final class CorsSettings implements Plugin {

    private static final SettingKey<List<String>> ORIGINS = SettingKey.list(
            "cors.allow-origins", "Sites whose scripts may use this one, such as https://app.example; * for all.");
    private static final SettingKey<String> PATTERN = SettingKey.text(
            "cors.allow-origin-pattern", "A regular expression for such sites, in the place of a list.");
    private static final SettingKey<List<String>> METHODS = SettingKey.list(
                    "cors.allow-methods", "The methods that scripts may use; * for all.")
            .orElse(List.of("GET", "HEAD", "POST"));
    private static final SettingKey<List<String>> HEADERS =
            SettingKey.list("cors.allow-headers", "Header fields that scripts may send; * for all.");
    private static final SettingKey<List<String>> EXPOSED =
            SettingKey.list("cors.expose-headers", "Header fields of answers that scripts may read.");
    private static final SettingKey<Boolean> CREDENTIALS =
            SettingKey.flag("cors.allow-credentials", "Whether requests of scripts may carry cookies and logins.");
    private static final SettingKey<Duration> MAX_AGE = SettingKey.duration(
                    "cors.max-age", "How long browsers may remember what is allowed.")
            .orElse(Duration.ofMinutes(10));

    @Override
    public List<SettingKey<?>> settings() {
        return List.of(ORIGINS, PATTERN, METHODS, HEADERS, EXPOSED, CREDENTIALS, MAX_AGE);
    }

    @Override
    public boolean isEnabled(Settings settings) {
        return settings.find(ORIGINS).isPresent() || settings.find(PATTERN).isPresent();
    }

    @Override
    public void install(App app) {
        Settings settings = app.settings();
        List<String> headers = settings.get(HEADERS);
        List<String> exposed = settings.get(EXPOSED);
        Cors cors = origins(settings)
                .methods(settings.get(METHODS).toArray(String[]::new))
                .maxAge(settings.get(MAX_AGE));
        cors = headers.isEmpty() ? cors : cors.headers(headers.toArray(String[]::new));
        cors = exposed.isEmpty() ? cors : cors.expose(exposed.toArray(String[]::new));
        app.use(settings.get(CREDENTIALS) ? cors.credentials() : cors);
    }

    private static Cors origins(Settings settings) {
        List<String> origins = settings.get(ORIGINS);
        if (settings.find(PATTERN).isEmpty()) {
            return Cors.allow(origins.toArray(String[]::new));
        }
        if (!origins.isEmpty()) {
            throw new StartupError(
                    "setting '" + PATTERN + "': expected no '" + ORIGINS + "' besides, got both." + " Leave one out.");
        }
        try {
            return Cors.allow(Pattern.compile(settings.get(PATTERN)));
        } catch (PatternSyntaxException malformed) {
            throw new StartupError("setting '" + PATTERN + "': expected a regular expression, got one with '"
                    + malformed.getDescription() + "' at " + malformed.getIndex() + ". Mend it.");
        }
    }
}
