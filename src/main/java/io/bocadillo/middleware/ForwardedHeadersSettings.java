package io.bocadillo.middleware;

import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import java.util.List;

/** {@link ForwardedHeaders}, switched on by the addresses of proxies. */
final class ForwardedHeadersSettings {

    private static final SettingKey<List<String>> PROXIES = SettingKey.list(
            "forwarded-headers.proxies",
            "Addresses of proxies whose word about the client counts; 10.0.0.0/8 for many.");
    private static final SettingKey<Boolean> RFC7239 = SettingKey.flag(
            "forwarded-headers.rfc7239", "Whether it is the header Forwarded that counts, and not X-Forwarded-For.");

    static final Plugin PLUGIN = BuiltIn.of(PROXIES, ForwardedHeadersSettings::xForwarded)
            .with((headers, settings) -> settings.get(RFC7239) ? rfc7239(settings) : headers, RFC7239)
            .when(
                    SettingKey.flag(
                            "forwarded-headers.host", "Whether the host counts, for proxies that set it in any case."),
                    ForwardedHeaders::host)
            .when(
                    SettingKey.flag(
                            "forwarded-headers.prefix",
                            "Whether X-Forwarded-Prefix counts, for proxies that set it in any case."),
                    ForwardedHeaders::prefix);

    private ForwardedHeadersSettings() {}

    private static ForwardedHeaders xForwarded(List<String> proxies) {
        return ForwardedHeaders.xForwarded(proxies.toArray(String[]::new));
    }

    private static ForwardedHeaders rfc7239(Settings settings) {
        return ForwardedHeaders.rfc7239(settings.get(PROXIES).toArray(String[]::new));
    }
}
