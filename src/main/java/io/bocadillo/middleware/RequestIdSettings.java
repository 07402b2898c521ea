package io.bocadillo.middleware;

import io.bocadillo.App;
import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import java.util.List;

/** {@link RequestId} by settings. */
final class RequestIdSettings implements Plugin {

    private static final SettingKey<Boolean> ENABLED =
            SettingKey.flag("request-id", "Whether every request has an identifier, for logs.");
    private static final SettingKey<String> HEADER =
            SettingKey.text("request-id.header", "The header that carries it.").orElse("X-Request-ID");
    private static final SettingKey<Boolean> ALWAYS_NEW =
            SettingKey.flag("request-id.always-new", "Whether one that the request comes with does not count.");

    @Override
    public List<SettingKey<?>> settings() {
        return List.of(ENABLED, HEADER, ALWAYS_NEW);
    }

    @Override
    public boolean isEnabled(Settings settings) {
        return settings.get(ENABLED);
    }

    @Override
    public void install(App app) {
        RequestId id = new RequestId().header(app.settings().get(HEADER));
        app.use(app.settings().get(ALWAYS_NEW) ? id.alwaysNew() : id);
    }
}
