package io.bocadillo.middleware;

import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import java.time.Duration;

/** {@link RateLimit}, switched on by the number of requests. */
final class RateLimitSettings {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final SettingKey<Integer> REQUESTS =
            count("rate-limit.requests", "How many requests an address may send in the time; then it is a 429.");
    private static final SettingKey<Duration> TIME =
            SettingKey.duration("rate-limit.time", "That time.").orElse(MINUTE);

    static final Plugin PLUGIN = BuiltIn.of(REQUESTS, requests -> new RateLimit(requests, MINUTE))
            .with((limit, settings) -> new RateLimit(settings.get(REQUESTS), settings.get(TIME)), TIME)
            .with(count("rate-limit.burst", "How many may come at once, unless all of them."), RateLimit::burst)
            .with(
                    count("rate-limit.max-clients", "How many addresses are remembered.")
                            .orElse(100_000),
                    RateLimit::maxKeys);

    private RateLimitSettings() {}

    private static SettingKey<Integer> count(String name, String description) {
        return SettingKey.count(name, 1, Integer.MAX_VALUE, description);
    }
}
