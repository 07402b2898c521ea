package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemorySessionStoreTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private MemorySessionStore store(long bytes) {
        return new MemorySessionStore(bytes, () -> now);
    }

    private static boolean has(MemorySessionStore store, String key) {
        return store.load(key).toCompletableFuture().join().isPresent();
    }

    @Test
    void whatWasNotUsedForTheLongestTimeGoesFirst() {
        MemorySessionStore store = store(3 * 300);
        for (String key : new String[] {"a", "b", "c"}) {
            store.create(key, new byte[44], HOUR);
        }
        assertThat(has(store, "a")).isTrue();
        store.create("d", new byte[44], HOUR);
        assertThat(has(store, "b")).isFalse();
        assertThat(has(store, "a") && has(store, "c") && has(store, "d")).isTrue();
    }

    @Test
    void whatIsTooOldIsGone() {
        MemorySessionStore store = store(10_000);
        store.create("a", new byte[1], HOUR);
        store.create("b", new byte[1], HOUR);
        now = now.plus(HOUR);
        assertThat(has(store, "a")).isFalse();
        assertThat(store.size()).isEqualTo(1);
        store.replace("b", new byte[2], HOUR);
        assertThat(store.size()).isZero();
    }

    @Test
    void oldOnesGoWhenNewOnesCome() {
        MemorySessionStore store = store(1_000_000);
        for (int i = 0; i < 100; i++) {
            store.create("old" + i, new byte[1], HOUR);
        }
        now = now.plus(HOUR);
        store.create("new", new byte[1], HOUR);
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void whatIsNotThereIsNotReplaced() {
        MemorySessionStore store = store(10_000);
        store.replace("a", new byte[1], HOUR);
        assertThat(store.size()).isZero();
        store.delete("a");
    }

    @Test
    void aStoreForNothingKeepsNothing() {
        MemorySessionStore store = store(0);
        store.create("a", new byte[1], HOUR);
        assertThat(store.size()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> new MemorySessionStore(-1));
    }

    @Test
    void itStaysWithinItsBoundsWhateverComesAtOnce() throws Exception {
        MemorySessionStore store = store(50 * 300);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        CountDownLatch done = new CountDownLatch(4);
        for (int t = 0; t < 4; t++) {
            int thread = t;
            threads.execute(() -> {
                for (int i = 0; i < 2000; i++) {
                    String key = "k" + (i * 7 + thread) % 120;
                    store.create(key, new byte[i % 44], HOUR);
                    store.load(key);
                    store.replace(key, new byte[i % 40], HOUR);
                    if (i % 3 == 0) {
                        store.delete(key);
                    }
                }
                done.countDown();
            });
        }
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        threads.shutdown();
        assertThat(store.size()).isLessThanOrEqualTo(50 * 300 / 256);
    }
}
