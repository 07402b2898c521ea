package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.App;
import io.bocadillo.StartupError;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    /** As {@link System#nanoTime}, it begins anywhere, and may overflow. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5));

    private TestClient client(RateLimit limit) {
        App app = new App();
        app.use(ForwardedHeaders.xForwarded("127.0.0.1"));
        app.use(limit.clock(now::get));
        app.get("/", (req, res) -> res.text("x"));
        return TestClient.of(app);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static int served(TestClient client, int requests) {
        int served = 0;
        for (int i = 0; i < requests; i++) {
            served += client.get("/").status() == 200 ? 1 : 0;
        }
        return served;
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeBack() {
        TestClient client = client(new RateLimit(3, Duration.ofMinutes(1)));
        assertThat(served(client, 3)).isEqualTo(3);
        TestResponse refused = client.get("/");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("20");
        pass(Duration.ofMillis(19_999));
        assertThat(client.get("/").header("Retry-After")).isEqualTo("1");
        pass(Duration.ofMillis(1));
        assertThat(served(client, 2)).isEqualTo(1);
    }

    @Test
    void theBucketFillsEvenlyAndNeverHasMoreThanItHolds() {
        TestClient client = client(new RateLimit(10, Duration.ofSeconds(1)));
        assertThat(served(client, 20)).isEqualTo(10);
        pass(Duration.ofMillis(500));
        assertThat(served(client, 20)).isEqualTo(5);
        pass(Duration.ofDays(100));
        assertThat(served(client, 20)).isEqualTo(10);
    }

    @Test
    void theBurstCanBeSmaller() {
        TestClient client = client(new RateLimit(10, Duration.ofSeconds(1)).burst(2));
        assertThat(served(client, 5)).isEqualTo(2);
        pass(Duration.ofSeconds(1));
        assertThat(served(client, 5)).isEqualTo(2);
    }

    @Test
    void aRefusalTakesNothing() {
        TestClient client = client(new RateLimit(1, Duration.ofSeconds(1)));
        assertThat(served(client, 100)).isEqualTo(1);
        pass(Duration.ofSeconds(1));
        assertThat(served(client, 100)).isEqualTo(1);
    }

    @Test
    void everyAddressHasItsOwnAndEverySubscriberOfIpv6() {
        TestClient client = client(new RateLimit(1, Duration.ofSeconds(1)));
        assertThat(served(client.with("X-Forwarded-For", "192.0.2.1"), 2)).isEqualTo(1);
        assertThat(served(client.with("X-Forwarded-For", "192.0.2.2"), 2)).isEqualTo(1);
        assertThat(served(client.with("X-Forwarded-For", "2001:db8:0:1::1"), 2)).isEqualTo(1);
        assertThat(served(client.with("X-Forwarded-For", "2001:db8:0:1:ffff::2"), 1))
                .isZero();
        assertThat(served(client.with("X-Forwarded-For", "2001:db8:0:2::1"), 1)).isEqualTo(1);
        assertThat(served(client.with("X-Forwarded-For", "::ffff:192.0.2.3"), 1))
                .isEqualTo(1);
        assertThat(served(client.with("X-Forwarded-For", "::ffff:192.0.2.4"), 1))
                .isEqualTo(1);
    }

    @Test
    void theKeyCanBeAnythingAndNothingIsNotLimited() {
        TestClient client = client(new RateLimit(1, Duration.ofSeconds(1)).by(req -> req.firstHeader("X-Key")));
        assertThat(served(client.with("X-Key", "a"), 2)).isEqualTo(1);
        assertThat(served(client.with("X-Key", "b"), 2)).isEqualTo(1);
        assertThat(served(client, 3)).isEqualTo(3);
    }

    @Test
    void noCrowdOfOthersMakesItForgetWhoIsLimited() {
        TestClient client =
                client(new RateLimit(1, Duration.ofDays(1)).maxKeys(100).by(req -> req.firstHeader("X-Key")));
        assertThat(served(client.with("X-Key", "limited"), 2)).isEqualTo(1);
        int served = 0;
        for (int i = 0; i < 2000; i++) {
            served += served(client.with("X-Key", "other " + i), 1);
        }
        assertThat(served).isEqualTo(99 + 1); // The last one by the bucket of those for whom there is no room.
        pass(Duration.ofDays(1).minusSeconds(1));
        assertThat(client.with("X-Key", "limited").get("/").header("Retry-After"))
                .isEqualTo("1");
        pass(Duration.ofSeconds(1));
        assertThat(served(client.with("X-Key", "limited"), 2)).isEqualTo(1);
        assertThat(served(client.with("X-Key", "new"), 2)).isEqualTo(1);
    }

    @Test
    void mistakesAreRefusedAtOnce() {
        RateLimit limit = new RateLimit(1, Duration.ofSeconds(1));
        assertRefused(() -> new RateLimit(0, Duration.ofSeconds(1)), "RateLimit: expected requests to be 1 or more");
        assertRefused(() -> new RateLimit(1, Duration.ZERO), "RateLimit: expected a time of a nanosecond or more");
        assertRefused(() -> new RateLimit(1, Duration.ofSeconds(-1)), "RateLimit: expected a time of a nanosecond");
        assertRefused(() -> limit.burst(0), "RateLimit: expected burst to be 1 or more, got '0'");
        assertRefused(() -> limit.maxKeys(-1), "RateLimit: expected maxKeys to be 1 or more, got '-1'");
        assertRefused(
                () -> new RateLimit(1, Duration.ofDays(300)).burst(2),
                "RateLimit: expected an empty bucket to be full again within a year, got a burst of '2'");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatExceptionOfType(StartupError.class).isThrownBy(call).withMessageStartingWith(message);
    }

    @Test
    void ofALongKeyItsHashIsKept() {
        String[] keys = {"a".repeat(128), "a".repeat(129), "a".repeat(10_000), "a".repeat(10_000) + "b"};
        Set<String> kept = new HashSet<>();
        for (String key : keys) {
            kept.add(RateLimit.bounded(key));
            assertThat(RateLimit.bounded(key)).hasSizeLessThanOrEqualTo(128).isEqualTo(RateLimit.bounded(key));
        }
        assertThat(kept).hasSize(keys.length);
    }

    @Test
    void longKeysAreLimitedEachByItself() {
        App app = new App();
        app.use(new RateLimit(1, Duration.ofDays(1)).by(req -> req.firstHeader("X-Key")));
        app.get("/", (req, res) -> res.text("x"));
        TestClient client = TestClient.of(app);
        String prefix = "k".repeat(1_000);
        assertThat(client.with("X-Key", prefix + 1).get("/").status()).isEqualTo(200);
        assertThat(client.with("X-Key", prefix + 2).get("/").status()).isEqualTo(200);
        assertThat(client.with("X-Key", prefix + 1).get("/").status()).isEqualTo(429);
    }
}
