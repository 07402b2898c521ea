package io.bocadillo.middleware;

import io.bocadillo.App;
import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import java.time.Duration;
import java.util.List;

/** {@link ConcurrencyLimit}, switched on by the number of requests. */
final class ConcurrencyLimitSettings implements Plugin {

    private static final SettingKey<Integer> REQUESTS = SettingKey.count(
            "concurrency-limit.requests",
            1,
            Integer.MAX_VALUE,
            "How many requests may be under way at a time; others get a 503.");
    private static final SettingKey<Duration> RETRY_AFTER = SettingKey.duration(
                    "concurrency-limit.retry-after", "When these clients are told to come back.")
            .orElse(Duration.ofSeconds(1));

    @Override
    public List<SettingKey<?>> settings() {
        return List.of(REQUESTS, RETRY_AFTER);
    }

    @Override
    public boolean isEnabled(Settings settings) {
        return settings.find(REQUESTS).isPresent();
    }

    @Override
    public void install(App app) {
        Settings settings = app.settings();
        app.use(new ConcurrencyLimit(settings.get(REQUESTS)).retryAfter(settings.get(RETRY_AFTER)));
    }
}
