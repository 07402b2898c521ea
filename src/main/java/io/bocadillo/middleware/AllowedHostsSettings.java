package io.bocadillo.middleware;

import io.bocadillo.App;
import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import java.util.List;

/** {@link AllowedHosts}, switched on by the hosts. */
final class AllowedHostsSettings implements Plugin {

    private static final SettingKey<List<String>> HOSTS = SettingKey.list(
            "allowed-hosts", "The hosts of this site, *.app.example for all below; others are refused.");

    @Override
    public List<SettingKey<?>> settings() {
        return List.of(HOSTS);
    }

    @Override
    public boolean isEnabled(Settings settings) {
        return settings.find(HOSTS).isPresent();
    }

    @Override
    public void install(App app) {
        app.use(new AllowedHosts(app.settings().get(HOSTS).toArray(String[]::new)));
    }
}
