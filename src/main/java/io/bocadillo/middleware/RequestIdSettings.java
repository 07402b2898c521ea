package io.bocadillo.middleware;

import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;

/** {@link RequestId} by settings. */
final class RequestIdSettings {

    static final Plugin PLUGIN = BuiltIn.flag(
                    SettingKey.flag("request-id", "Whether every request has an identifier, for logs."), RequestId::new)
            .with(
                    SettingKey.text("request-id.header", "The header that carries it.")
                            .orElse("X-Request-ID"),
                    RequestId::header)
            .when(
                    SettingKey.flag("request-id.always-new", "Whether one that the request comes with does not count."),
                    RequestId::alwaysNew);

    private RequestIdSettings() {}
}
