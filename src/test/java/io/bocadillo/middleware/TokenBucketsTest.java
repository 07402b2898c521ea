package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.CapturedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
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
    void bucketsThatAreFullAgainMakeRoomForOthers() {
        TokenBuckets buckets = new TokenBuckets(NANOS_PER_TOKEN, BURST, 100, 0);
        for (int i = 0; i < 100; i++) {
            buckets.take("key " + i, 0);
        }
        assertThat(buckets.size()).isEqualTo(100);
        for (int i = 0; i < 100; i++) {
            assertThat(buckets.take("other " + i, NANOS_PER_TOKEN)).isZero();
        }
        assertThat(buckets.size()).isEqualTo(100);
    }

    @Test
    void thereAreNeverMoreThanMayBeKept() {
        TokenBuckets buckets = new TokenBuckets(NANOS_PER_TOKEN, BURST, 1000, 0);
        for (int i = 0; i < 100_000; i++) {
            buckets.take("key " + i, 0);
            assertThat(buckets.size()).isLessThanOrEqualTo(1000);
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

    /** While it pauses, for a moment less than it is told to. */
    @Test
    void whoIsLimitedStaysSoWhileAHundredThousandOthersCome() {
        TokenBuckets buckets = new TokenBuckets(1_000_000, BURST, 1000, 0);
        for (int i = 0; i < BURST; i++) {
            assertThat(buckets.take("limited", 0)).isZero();
        }
        for (int i = 0; i < 100_000; i++) {
            buckets.take("key " + i, 9L * i);
            assertThat(buckets.size()).isLessThanOrEqualTo(1000);
        }
        assertThat(buckets.take("limited", 999_999)).isEqualTo(1);
        assertThat(buckets.take("limited", 1_000_000)).isZero();
        assertThat(buckets.take("limited", 1_000_000)).isEqualTo(1_000_000);
    }

    @Test
    void whereAllAreLimitedNewKeysShareABucket() {
        TokenBuckets buckets = new TokenBuckets(NANOS_PER_TOKEN, BURST, 100, 0);
        for (int i = 0; i < 100; i++) {
            assertThat(buckets.take("key " + i, 0)).isZero();
        }
        int served = 0;
        for (int i = 0; i < 100; i++) {
            served += buckets.take("new " + i, 0) == 0 ? 1 : 0;
        }
        assertThat(served).isEqualTo(BURST);
        assertThat(buckets.take("new 200", NANOS_PER_TOKEN - 1)).isEqualTo(1);
        assertThat(buckets.take("key 0", 0)).isZero();
    }

    @Test
    void aFilledRoomIsAWarningOnceAndAgainAfterHalfOfItWasFree() {
        TokenBuckets buckets = new TokenBuckets(NANOS_PER_TOKEN, BURST, 100, 0);
        try (CapturedLog log = new CapturedLog()) {
            fill(buckets, 100, 0);
            assertThat(log.text()).isEmpty();
            fill(buckets, 200, 0);
            assertThat(log.lines("WARN"))
                    .singleElement()
                    .asString()
                    .contains("RateLimit: expected 100 keys or fewer at a time, got more.");
            // There is room for single ones, and it is taken at once.
            fill(buckets, 300, NANOS_PER_TOKEN / 2);
            buckets.take("one", NANOS_PER_TOKEN);
            fill(buckets, 300, NANOS_PER_TOKEN);
            assertThat(log.lines("WARN")).hasSize(1);
            // Alone it takes away eight others each time that it comes.
            for (int i = 0; i < 20; i++) {
                buckets.take("late " + i, 10L * BURST * NANOS_PER_TOKEN + i * NANOS_PER_TOKEN);
            }
            assertThat(buckets.size()).isLessThan(50);
            fill(buckets, 300, 100L * BURST * NANOS_PER_TOKEN);
            assertThat(log.lines("WARN")).hasSize(2);
        }
    }

    @Test
    void ofManyAtOnceThatFindNoRoomOneWarns() {
        TokenBuckets buckets = new TokenBuckets(NANOS_PER_TOKEN, BURST, 100, 0);
        try (CapturedLog log = new CapturedLog()) {
            Stream.of("a", "b", "c", "d")
                    .map(prefix -> CompletableFuture.runAsync(() -> fill(buckets, 10_000, 0, prefix)))
                    .toList()
                    .forEach(CompletableFuture::join);
            assertThat(log.lines("WARN")).hasSize(1);
        }
    }

    private static void fill(TokenBuckets buckets, int keys, long now) {
        fill(buckets, keys, now, "key ");
    }

    private static void fill(TokenBuckets buckets, int keys, long now, String prefix) {
        for (int i = 0; i < keys; i++) {
            buckets.take(prefix + i, now);
        }
    }

    @Test
    void whoHasSharedABucketBeginsWithWhatIsLeftOfIt() {
        TokenBuckets buckets = new TokenBuckets(NANOS_PER_TOKEN, BURST, 1, 0);
        assertThat(buckets.take("first", 0)).isZero();
        for (int i = 0; i < BURST; i++) {
            assertThat(buckets.take("second", 0)).isZero();
        }
        assertThat(buckets.take("second", 0)).isEqualTo(NANOS_PER_TOKEN);
        assertThat(buckets.take("second", NANOS_PER_TOKEN)).isZero();
        assertThat(buckets.take("second", NANOS_PER_TOKEN)).isEqualTo(NANOS_PER_TOKEN);
        assertThat(buckets.take("second", 10L * NANOS_PER_TOKEN)).isZero();
        assertThat(buckets.size()).isEqualTo(1);
    }

    @Test
    void whoIsLimitedStaysSoWhileOthersComeAndAreForgotten() {
        TokenBuckets buckets = new TokenBuckets(1000, 100, 4000, 0);
        for (int i = 0; i < 100; i++) {
            assertThat(buckets.take("limited", 0)).isZero();
        }
        for (int now = 0; now < 50_000; now++) {
            assertThat(buckets.take("key " + now, now)).isZero();
        }
        for (int i = 0; i < 50; i++) {
            assertThat(buckets.take("limited", 50_000)).isZero();
        }
        assertThat(buckets.take("limited", 50_000)).isEqualTo(1000);
        assertThat(buckets.size()).isLessThanOrEqualTo(4000);
    }

    /** More keys than there is room for, so that they are forgotten and made again all the time; each asked in bursts. */
    @Test
    void manyAtOnceGetNoMoreThanThereAreInAnyTimeWhileKeysComeAndGo() {
        int keys = 12;
        TokenBuckets buckets = new TokenBuckets(NANOS_PER_TOKEN, BURST, 4, 0);
        AtomicLong clock = new AtomicLong();
        List<ConcurrentLinkedQueue<Long>> served =
                Stream.generate(ConcurrentLinkedQueue<Long>::new).limit(keys).toList();
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Random random = new Random(thread);
            threads.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 100_000; i++) {
                    int key = random.nextInt(keys);
                    for (int j = 0; j < 3 * BURST; j++) {
                        long now = clock.incrementAndGet();
                        if (buckets.take("key " + key, now) == 0) {
                            served.get(key).add(now);
                        }
                    }
                }
            }));
        }
        threads.forEach(CompletableFuture::join);
        assertThat(buckets.size()).isLessThanOrEqualTo(4);
        for (ConcurrentLinkedQueue<Long> times : served) {
            assertThat(times).hasSizeGreaterThan(BURST);
            expectNoMoreThanThereAre(times.stream().sorted().toList());
        }
    }

    /** From each of these times to each later one: no more than a full bucket, and what has come meanwhile. */
    private static void expectNoMoreThanThereAre(List<Long> times) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < times.size(); i++) {
            least = Math.min(least, (long) i * NANOS_PER_TOKEN - times.get(i));
            assertThat((i + 1L) * NANOS_PER_TOKEN - times.get(i) - least)
                    .as("tokens until " + times.get(i))
                    .isLessThanOrEqualTo((long) BURST * NANOS_PER_TOKEN);
        }
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
