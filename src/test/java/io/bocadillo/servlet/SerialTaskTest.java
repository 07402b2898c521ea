package io.bocadillo.servlet;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialTaskTest {

    @Test
    void eachSignalRunsIt() {
        AtomicInteger runs = new AtomicInteger();
        SerialTask task = new SerialTask(runs::incrementAndGet);
        task.signal();
        task.signal();
        assertThat(runs).hasValue(2);
    }

    @Test
    void signalsFromInsideRunItOnceMoreAndNotInside() {
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger depth = new AtomicInteger();
        SerialTask[] task = new SerialTask[1];
        task[0] = new SerialTask(() -> {
            assertThat(depth.incrementAndGet()).isOne();
            if (runs.incrementAndGet() == 1) {
                task[0].signal();
                task[0].signal();
            }
            depth.decrementAndGet();
        });
        task[0].signal();
        assertThat(runs).hasValue(2);
    }

    @Test
    void signalsOfSeveralThreadsAreAllSeenByOneAtATime() throws Exception {
        int threads = 4;
        int rounds = 5_000;
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger mostRunning = new AtomicInteger();
        int[] seen = {0};
        SerialTask task = new SerialTask(() -> {
            mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
            seen[0] = sent.get();
            running.decrementAndGet();
        });
        CountDownLatch start = new CountDownLatch(1);
        CompletableFuture<?>[] signallers = IntStream.range(0, threads)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> {
                            for (int round = 0; round < rounds; round++) {
                                sent.incrementAndGet();
                                task.signal();
                            }
                        },
                        command -> new Thread(() -> {
                                    awaitQuietly(start);
                                    command.run();
                                })
                                .start()))
                .toArray(CompletableFuture[]::new);
        start.countDown();
        CompletableFuture.allOf(signallers).get(20, SECONDS);
        assertThat(seen[0]).isEqualTo(threads * rounds);
        assertThat(mostRunning).hasValue(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
