package io.bocadillo.middleware;

import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;

/** {@link Csrf} by settings; it needs those of {@link SessionsSettings}. */
final class CsrfSettings {

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
            .with(
                    SettingKey.list("csrf.exempt", "Names of routes that are left alone."),
                    (csrf, names) -> csrf.exempt(names.toArray(String[]::new)));

    private CsrfSettings() {}
}
