package io.bocadillo.middleware;

import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import java.util.List;

/** {@link Csrf} by settings; it needs those of {@link SessionsSettings}. */
final class CsrfSettings {

    private static final SettingKey<List<String>> EXEMPT =
            SettingKey.list("csrf.exempt", "Names of routes that are left alone.");

    static final Plugin PLUGIN = BuiltIn.flag(
                    SettingKey.flag("csrf", "Whether requests that other sites let a browser send are refused.")
                            .needs(SessionsSettings.KEY),
                    Csrf::new)
            .with(
                    SettingKey.list(
                            "csrf.trusted-origins", "Origins whose pages may send such requests, with a token."),
                    (csrf, origins) -> {
                        Csrf trusting = csrf;
                        for (String origin : origins) {
                            trusting = trusting.trust(origin);
                        }
                        return trusting;
                    })
            .with((csrf, settings) -> csrf.exempt(settings.get(EXEMPT.name()).where(), settings.get(EXEMPT)), EXEMPT);

    private CsrfSettings() {}
}
