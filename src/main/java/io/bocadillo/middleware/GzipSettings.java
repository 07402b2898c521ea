package io.bocadillo.middleware;

import io.bocadillo.App;
import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import java.util.List;

/** {@link Gzip} by settings. */
final class GzipSettings implements Plugin {

    private static final SettingKey<Boolean> ENABLED =
            SettingKey.flag("gzip", "Whether answers are compressed for clients that take it.");
    private static final SettingKey<Long> MIN_SIZE =
            SettingKey.bytes("gzip.min-size", "From how many bytes on.").orElse(1024L);
    private static final SettingKey<Integer> LEVEL = SettingKey.count(
                    "gzip.level", 1, 9, "How hard it tries, from 1, fast, to 9, small.")
            .orElse(6);

    @Override
    public List<SettingKey<?>> settings() {
        return List.of(ENABLED, MIN_SIZE, LEVEL);
    }

    @Override
    public boolean isEnabled(Settings settings) {
        return settings.get(ENABLED);
    }

    @Override
    public void install(App app) {
        Settings settings = app.settings();
        int minSize = (int) Math.min(settings.get(MIN_SIZE), Integer.MAX_VALUE);
        app.use(new Gzip().minSize(minSize).level(settings.get(LEVEL)));
    }
}
