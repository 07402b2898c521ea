package io.bocadillo.middleware;

import io.bocadillo.App;
import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import java.util.List;

/** {@link Csrf} by settings; it needs those of {@link SessionsSettings}. */
final class CsrfSettings implements Plugin {

    private static final SettingKey<Boolean> ENABLED =
            SettingKey.flag("csrf", "Whether requests that other sites let a browser send are refused.");
    private static final SettingKey<List<String>> TRUSTED =
            SettingKey.list("csrf.trusted-origins", "Origins whose pages may send such requests, with a token.");
    private static final SettingKey<List<String>> EXEMPT =
            SettingKey.list("csrf.exempt", "Names of routes that are left alone.");

    @Override
    public List<SettingKey<?>> settings() {
        return List.of(ENABLED, TRUSTED, EXEMPT);
    }

    @Override
    public boolean isEnabled(Settings settings) {
        return settings.get(ENABLED);
    }

    @Override
    public void install(App app) {
        Settings settings = app.settings();
        if (!settings.get(SessionsSettings.KEY.name()).isPresent()) {
            throw new StartupError("setting '" + ENABLED + "': expected '" + SessionsSettings.KEY
                    + "' with it, got none. Give that too, or use Sessions and Csrf in code.");
        }
        Csrf csrf = new Csrf().exempt(settings.get(EXEMPT).toArray(String[]::new));
        for (String origin : settings.get(TRUSTED)) {
            csrf = csrf.trust(origin);
        }
        app.use(csrf);
    }
}
