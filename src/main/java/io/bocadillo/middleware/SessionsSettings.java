package io.bocadillo.middleware;

import io.bocadillo.App;
import io.bocadillo.Cookie;
import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import java.time.Duration;
import java.util.List;

/** {@link Sessions} in cookies, switched on by the key. */
final class SessionsSettings implements Plugin {

    static final SettingKey<String> KEY = SettingKey.text(
                    "sessions.key", "The secret that signs the cookies of sessions, of 32 bytes or more.")
            .secret();
    private static final SettingKey<List<String>> OLDER_KEYS = SettingKey.list(
                    "sessions.older-keys", "Secrets whose cookies are still good.")
            .secret();
    private static final SettingKey<Boolean> ENCRYPTED =
            SettingKey.flag("sessions.encrypted", "Whether the cookies are encrypted too.");
    private static final SettingKey<Duration> MAX_AGE = SettingKey.duration(
                    "sessions.max-age", "How long a session lives after its last change.")
            .orElse(Duration.ofDays(14));
    private static final SettingKey<Boolean> ROLLING =
            SettingKey.flag("sessions.rolling", "Whether a session lives on while it is used.");
    private static final SettingKey<String> COOKIE =
            SettingKey.text("sessions.cookie", "The name of the cookie.").orElse("session");

    @Override
    public List<SettingKey<?>> settings() {
        return List.of(KEY, OLDER_KEYS, ENCRYPTED, MAX_AGE, ROLLING, COOKIE);
    }

    /** An empty key is a mistake, and no way to do without sessions. */
    @Override
    public boolean isEnabled(Settings settings) {
        return settings.find(KEY).isPresent();
    }

    @Override
    public void install(App app) {
        Settings settings = app.settings();
        Sessions sessions = new Sessions(
                        settings.get(KEY), settings.get(OLDER_KEYS).toArray(String[]::new))
                .maxAge(settings.get(MAX_AGE))
                .cookie(Cookie.of(settings.get(COOKIE), ""));
        sessions = settings.get(ENCRYPTED) ? sessions.encrypted() : sessions;
        app.use(settings.get(ROLLING) ? sessions.rolling() : sessions);
    }
}
