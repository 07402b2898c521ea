package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {

    private static final int BURST = 5;
    private static final int NANOS_PER_TOKEN = 10;

    /** A bucket as one would draw it: tokens, and when they were counted. */
    private static final class Model {

        private double tokens = BURST;
        private long last;

        boolean take(long now) {
            tokens = Math.min(BURST, tokens + (double) (now - last) / NANOS_PER_TOKEN);
            last = now;
            boolean isThere = tokens >= 1 - 1e-9;
            tokens -= isThere ? 1 : 0;
            return isThere;
        }
    }

    @Property
    void aBucketIsTheOneOfTheTextbook(
            @ForAll @Size(max = 200) List<@IntRange(max = 40) Integer> pauses, @ForAll long start) {
        TokenBuckets buckets = new TokenBuckets(NANOS_PER_TOKEN, BURST, 1000, start);
        Model model = new Model();
        long passed = 0;
        for (int pause : pauses) {
            passed += pause;
            long wait = buckets.take("key", start + passed);
            assertThat(wait == 0).isEqualTo(model.take(passed));
            assertThat(wait).isBetween(0L, (long) NANOS_PER_TOKEN);
        }
    }

    @Test
    void whoIsToldToWaitAndDoesIsServed() {
        TokenBuckets buckets = new TokenBuckets(NANOS_PER_TOKEN, 1, 1000, 0);
        assertThat(buckets.take("key", 3)).isZero();
        assertThat(buckets.take("key", 7)).isEqualTo(6);
        assertThat(buckets.take("key", 12)).isEqualTo(1);
        assertThat(buckets.take("key", 13)).isZero();
    }

    @Test
    void bucketsThatAreFullAgainAreForgotten() {
        TokenBuckets buckets = new TokenBuckets(NANOS_PER_TOKEN, BURST, 1000, 0);
        for (int i = 0; i < 100; i++) {
            buckets.take("key " + i, 0);
        }
        assertThat(buckets.size()).isEqualTo(100);
        buckets.take("one", 50);
        buckets.take("two", 100);
        assertThat(buckets.size()).isEqualTo(2);
    }

    @Test
    void thereAreNeverMoreThanMayBeKept() {
        TokenBuckets buckets = new TokenBuckets(NANOS_PER_TOKEN, BURST, 1000, 0);
        for (int i = 0; i < 100_000; i++) {
            buckets.take("key " + i, 0);
            assertThat(buckets.size()).isLessThanOrEqualTo(1001);
        }
    }

    @Test
    void whoGoesOnAskingIsRememberedHoweverManyOthersCome() {
        TokenBuckets buckets = new TokenBuckets(NANOS_PER_TOKEN, BURST, 1000, 0);
        int served = 0;
        for (int i = 0; i < 10_000; i++) {
            buckets.take("key " + i, 0);
            served += i % 100 == 0 && buckets.take("eager", 0) == 0 ? 1 : 0;
        }
        assertThat(served).isEqualTo(BURST);
    }

    @Test
    void manyAtOnceGetNoMoreThanThereAre() {
        TokenBuckets buckets = new TokenBuckets(NANOS_PER_TOKEN, 1000, 10, 0);
        AtomicInteger served = new AtomicInteger();
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            threads.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 1000; i++) {
                    served.addAndGet(buckets.take("key", 0) == 0 ? 1 : 0);
                }
            }));
        }
        threads.forEach(CompletableFuture::join);
        assertThat(served).hasValue(1000);
    }
}
