package io.bocadillo.middleware;

import io.bocadillo.App;
import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import java.time.Duration;
import java.util.List;

/** {@link Hsts} by settings. */
final class HstsSettings implements Plugin {

    private static final SettingKey<Boolean> ENABLED =
            SettingKey.flag("hsts", "Whether http is redirected to https, and browsers are told to use that alone.");
    private static final SettingKey<Duration> MAX_AGE = SettingKey.duration(
                    "hsts.max-age", "How long browsers remember that.")
            .orElse(Duration.ofDays(365));
    private static final SettingKey<Boolean> SUB_DOMAINS =
            SettingKey.flag("hsts.include-sub-domains", "Whether it holds for all hosts below this one.");
    private static final SettingKey<Boolean> PRELOAD =
            SettingKey.flag("hsts.preload", "Whether browsers may be delivered with this host in their list.");
    private static final SettingKey<Boolean> REDIRECT = SettingKey.flag(
                    "hsts.redirect", "Whether requests by http are redirected.")
            .orElse(true);
    private static final SettingKey<Integer> PORT =
            SettingKey.count("hsts.port", 1, 65_535, "The port of https.").orElse(443);

    @Override
    public List<SettingKey<?>> settings() {
        return List.of(ENABLED, MAX_AGE, SUB_DOMAINS, PRELOAD, REDIRECT, PORT);
    }

    @Override
    public boolean isEnabled(Settings settings) {
        return settings.get(ENABLED);
    }

    @Override
    public void install(App app) {
        Settings settings = app.settings();
        Hsts hsts = new Hsts().maxAge(settings.get(MAX_AGE)).port(settings.get(PORT));
        hsts = settings.get(SUB_DOMAINS) ? hsts.includeSubDomains() : hsts;
        hsts = settings.get(PRELOAD) ? hsts.preload() : hsts;
        app.use(settings.get(REDIRECT) ? hsts : hsts.withoutRedirect());
    }
}
