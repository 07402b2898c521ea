package io.bocadillo.middleware;

import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import java.time.Duration;

/** {@link Hsts} by settings. */
final class HstsSettings {

    static final Plugin PLUGIN = BuiltIn.flag(
                    SettingKey.flag(
                            "hsts", "Whether http is redirected to https, and browsers are told to use that alone."),
                    Hsts::new)
            .with(
                    SettingKey.duration("hsts.max-age", "How long browsers remember that.")
                            .orElse(Duration.ofDays(365)),
                    Hsts::maxAge)
            .when(
                    SettingKey.flag("hsts.include-sub-domains", "Whether it holds for all hosts below this one."),
                    Hsts::includeSubDomains)
            .when(
                    SettingKey.flag("hsts.preload", "Whether browsers may be delivered with this host in their list."),
                    Hsts::preload)
            .with(
                    SettingKey.flag("hsts.redirect", "Whether requests by http are redirected.")
                            .orElse(true),
                    (hsts, redirect) -> redirect ? hsts : hsts.withoutRedirect())
            .with(SettingKey.count("hsts.port", 1, 65_535, "The port of https.").orElse(443), Hsts::port);

    private HstsSettings() {}
}
