package io.bocadillo;

import java.time.Duration;
import java.util.List;

/** A plugin of ours that loaded settings find, and switch on. */
public final class FoundPlugin implements Plugin {

    private static final SettingKey<Boolean> ENABLED = SettingKey.flag("found", "Whether it is installed.");
    private static final SettingKey<String> NAME =
            SettingKey.text("found.name", "What the header says.").orElse("found");
    private static final SettingKey<Duration> INTERVAL =
            SettingKey.duration("found.interval", "How often it is found.");
    private static final SettingKey<String> PIN =
            SettingKey.text("found.pin", "Known to nobody.").secret();

    @Override
    public boolean isEnabled(Settings settings) {
        return settings.get(ENABLED);
    }

    @Override
    public List<SettingKey<?>> settings() {
        return List.of(ENABLED, NAME, INTERVAL, PIN);
    }

    @Override
    public void install(App app) {
        String name = app.settings().get(NAME);
        app.use((req, res, next) -> {
            res.header("Found", res.headers().contains("Other") ? name + " inside" : name);
            return next.handle(req, res);
        });
        app.settings()
                .find(INTERVAL)
                .ifPresent(interval -> app.get("/interval", (req, res) -> res.text("" + interval)));
    }
}
