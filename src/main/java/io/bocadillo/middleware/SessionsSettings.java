package io.bocadillo.middleware;

import io.bocadillo.Cookie;
import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import java.time.Duration;
import java.util.List;

/** {@link Sessions} in cookies, switched on by the key; one that is empty is a mistake, and no way to do without them. */
final class SessionsSettings {

    private enum Secure {
        AUTO,
        TRUE,
        FALSE
    }

    static final SettingKey<String> KEY = SettingKey.text(
                    "sessions.key", "The secret that signs the cookies of sessions, of 32 bytes or more.")
            .secret();
    private static final SettingKey<List<String>> OLDER_KEYS = SettingKey.list(
                    "sessions.older-keys", "Secrets whose cookies are still good.")
            .secret();

    private static final SettingKey<String> NAME =
            SettingKey.text("sessions.cookie", "The name of the cookie.").orElse("session");
    private static final SettingKey<String> PATH =
            SettingKey.text("sessions.cookie.path", "Below which path it is sent; unless set, that of the app.");
    private static final SettingKey<String> DOMAIN = SettingKey.text(
            "sessions.cookie.domain", "The host that it is sent to, and all below; unless set, this one alone.");
    private static final SettingKey<Secure> SECURE = SettingKey.choice(
                    Secure.class,
                    "sessions.cookie.secure",
                    "Whether it is sent over https alone; auto: if it was set over https.")
            .orElse(Secure.AUTO);
    private static final SettingKey<Boolean> HTTP_ONLY = SettingKey.flag(
                    "sessions.cookie.http-only", "Whether it is hidden from scripts.")
            .orElse(true);
    private static final SettingKey<Cookie.SameSite> SAME_SITE = SettingKey.choice(
                    Cookie.SameSite.class,
                    "sessions.cookie.same-site",
                    "Whether requests that come from other sites carry it; none makes it Secure.")
            .orElse(Cookie.SameSite.LAX);
    private static final SettingKey<Boolean> PARTITIONED = SettingKey.flag(
            "sessions.cookie.partitioned",
            "Whether there is one for each site that this one is embedded in; makes it Secure.");

    static final Plugin PLUGIN = BuiltIn.of(KEY, key -> new Sessions(key))
            .with(
                    (sessions, settings) -> new Sessions(
                            settings.get(KEY), settings.get(OLDER_KEYS).toArray(String[]::new)),
                    OLDER_KEYS)
            .when(SettingKey.flag("sessions.encrypted", "Whether the cookies are encrypted too."), Sessions::encrypted)
            .with(
                    SettingKey.duration("sessions.max-age", "How long a session lives after its last change.")
                            .orElse(Duration.ofDays(14)),
                    Sessions::maxAge)
            .when(
                    SettingKey.flag("sessions.rolling", "Whether a session lives on while it is used."),
                    Sessions::rolling)
            .with(
                    SettingKey.duration("sessions.absolute-timeout", "How long a session lives at most, used or not."),
                    Sessions::absoluteTimeout)
            .when(
                    SettingKey.flag(
                            "sessions.until-browser-closes",
                            "Whether browsers forget the cookie when they are closed."),
                    Sessions::untilBrowserCloses)
            .with(
                    (sessions, settings) -> sessions.cookie(cookie(settings)),
                    NAME,
                    PATH,
                    DOMAIN,
                    SECURE,
                    HTTP_ONLY,
                    SAME_SITE,
                    PARTITIONED);

    private SessionsSettings() {}

    private static Cookie cookie(Settings settings) {
        Cookie cookie = Cookie.of(settings.get(NAME), "")
                .httpOnly(settings.get(HTTP_ONLY))
                .sameSite(settings.get(SAME_SITE))
                .partitioned(settings.get(PARTITIONED));
        cookie = settings.find(PATH).map(cookie::path).orElse(cookie);
        cookie = settings.find(DOMAIN).map(cookie::domain).orElse(cookie);
        Secure secure = settings.get(SECURE);
        return secure == Secure.AUTO ? cookie : cookie.secure(secure == Secure.TRUE);
    }
}
