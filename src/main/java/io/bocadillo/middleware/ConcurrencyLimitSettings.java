package io.bocadillo.middleware;

import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import java.time.Duration;

/** {@link ConcurrencyLimit}, switched on by the number of requests. */
final class ConcurrencyLimitSettings {

    static final Plugin PLUGIN = BuiltIn.of(
                    SettingKey.count(
                            "concurrency-limit.requests",
                            1,
                            Integer.MAX_VALUE,
                            "How many requests may be under way at a time; others get a 503."),
                    ConcurrencyLimit::new)
            .with(
                    SettingKey.duration("concurrency-limit.retry-after", "When these clients are told to come back.")
                            .orElse(Duration.ofSeconds(1)),
                    ConcurrencyLimit::retryAfter);

    private ConcurrencyLimitSettings() {}
}
