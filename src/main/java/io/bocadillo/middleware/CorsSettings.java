package io.bocadillo.middleware;

import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@link Cors}, switched on by the origins. */
final class CorsSettings {

    private static final SettingKey<List<String>> ORIGINS = SettingKey.list(
            "cors.allow-origins", "Sites whose scripts may use this one, such as https://app.example; * for all.");
    private static final SettingKey<String> PATTERN = SettingKey.text(
            "cors.allow-origin-pattern", "A regular expression for such sites, in the place of a list.");

    static final Plugin PLUGIN = BuiltIn.of(CorsSettings::origins, ORIGINS, PATTERN)
            .with(
                    SettingKey.list("cors.allow-methods", "The methods that scripts may use; * for all.")
                            .orElse(List.of("GET", "HEAD", "POST")),
                    (cors, methods) -> cors.methods(methods.toArray(String[]::new)))
            .with(
                    SettingKey.list("cors.allow-headers", "Header fields that scripts may send; * for all."),
                    (cors, names) -> cors.headers(names.toArray(String[]::new)))
            .with(
                    SettingKey.list("cors.expose-headers", "Header fields of answers that scripts may read."),
                    (cors, names) -> cors.expose(names.toArray(String[]::new)))
            .when(
                    SettingKey.flag(
                            "cors.allow-credentials", "Whether requests of scripts may carry cookies and logins."),
                    Cors::credentials)
            .with(
                    SettingKey.duration("cors.max-age", "How long browsers may remember what is allowed.")
                            .orElse(Duration.ofMinutes(10)),
                    Cors::maxAge);

    private CorsSettings() {}

    private static Cors origins(Settings settings) {
        List<String> origins = settings.get(ORIGINS);
        if (settings.find(PATTERN).isEmpty()) {
            return Cors.allow(origins.toArray(String[]::new));
        }
        if (!origins.isEmpty()) {
            throw new StartupError("expected one of both, got both. Leave one out.");
        }
        try {
            return Cors.allow(Pattern.compile(settings.get(PATTERN)));
        } catch (PatternSyntaxException malformed) {
            throw new StartupError("expected a regular expression, got one with '" + malformed.getDescription()
                    + "' at " + malformed.getIndex() + ". Mend it.");
        }
    }
}
