package io.bocadillo.middleware;

import io.bocadillo.App;
import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import java.util.List;

/** {@link AccessLog} by settings. */
final class AccessLogSettings implements Plugin {

    private static final SettingKey<Boolean> ENABLED =
            SettingKey.flag("access-log", "Whether a line is logged for every request.");
    private static final SettingKey<String> LOGGER =
            SettingKey.text("access-log.logger", "The logger it is written to.").orElse("io.bocadillo.access");

    @Override
    public List<SettingKey<?>> settings() {
        return List.of(ENABLED, LOGGER);
    }

    @Override
    public boolean isEnabled(Settings settings) {
        return settings.get(ENABLED);
    }

    @Override
    public void install(App app) {
        app.use(new AccessLog(app.settings().get(LOGGER)));
    }
}
