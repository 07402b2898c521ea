package io.bocadillo.middleware;

import io.bocadillo.App;
import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import java.time.Duration;
import java.util.List;

/** {@link RateLimit}, switched on by the number of requests. */
final class RateLimitSettings implements Plugin {

    private static final SettingKey<Integer> REQUESTS =
            count("rate-limit.requests", "How many requests an address may send in the time; then it is a 429.");
    private static final SettingKey<Duration> TIME =
            SettingKey.duration("rate-limit.time", "That time.").orElse(Duration.ofMinutes(1));
    private static final SettingKey<Integer> BURST =
            count("rate-limit.burst", "How many may come at once, unless all of them.");
    private static final SettingKey<Integer> MAX_KEYS = count(
                    "rate-limit.max-clients", "How many addresses are remembered.")
            .orElse(100_000);

    @Override
    public List<SettingKey<?>> settings() {
        return List.of(REQUESTS, TIME, BURST, MAX_KEYS);
    }

    @Override
    public boolean isEnabled(Settings settings) {
        return settings.find(REQUESTS).isPresent();
    }

    @Override
    public void install(App app) {
        Settings settings = app.settings();
        RateLimit limit = new RateLimit(settings.get(REQUESTS), settings.get(TIME)).maxKeys(settings.get(MAX_KEYS));
        app.use(settings.find(BURST).map(limit::burst).orElse(limit));
    }

    private static SettingKey<Integer> count(String name, String description) {
        return SettingKey.count(name, 1, Integer.MAX_VALUE, description);
    }
}
