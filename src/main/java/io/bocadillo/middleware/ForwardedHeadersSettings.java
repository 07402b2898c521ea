package io.bocadillo.middleware;

import io.bocadillo.App;
import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import java.util.List;

/** {@link ForwardedHeaders}, switched on by the addresses of proxies. */
final class ForwardedHeadersSettings implements Plugin {

    private static final SettingKey<List<String>> PROXIES = SettingKey.list(
            "forwarded-headers.proxies",
            "Addresses of proxies whose word about the client counts; 10.0.0.0/8 for many.");
    private static final SettingKey<Boolean> RFC7239 = SettingKey.flag(
            "forwarded-headers.rfc7239", "Whether it is the header Forwarded that counts, and not X-Forwarded-For.");
    private static final SettingKey<Boolean> HOST =
            SettingKey.flag("forwarded-headers.host", "Whether the host counts, for proxies that set it in any case.");
    private static final SettingKey<Boolean> PREFIX = SettingKey.flag(
            "forwarded-headers.prefix", "Whether X-Forwarded-Prefix counts, for proxies that set it in any case.");

    @Override
    public List<SettingKey<?>> settings() {
        return List.of(PROXIES, RFC7239, HOST, PREFIX);
    }

    @Override
    public boolean isEnabled(Settings settings) {
        return settings.find(PROXIES).isPresent();
    }

    @Override
    public void install(App app) {
        Settings settings = app.settings();
        String[] proxies = settings.get(PROXIES).toArray(String[]::new);
        ForwardedHeaders headers =
                settings.get(RFC7239) ? ForwardedHeaders.rfc7239(proxies) : ForwardedHeaders.xForwarded(proxies);
        ForwardedHeaders withHost = settings.get(HOST) ? headers.host() : headers;
        app.use(settings.get(PREFIX) ? withHost.prefix() : withHost);
    }
}
