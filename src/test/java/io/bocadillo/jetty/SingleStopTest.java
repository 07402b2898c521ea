package io.bocadillo.jetty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SingleStopTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final SingleStop stop = new SingleStop();
    private final AtomicInteger stops = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    private static CompletableFuture<Void> onThread(Runnable task) {
        return CompletableFuture.runAsync(task, each -> new Thread(each).start());
    }

    /** One that goes on when the test says so. */
    private CompletableFuture<Void> begunElsewhere() throws InterruptedException {
        CompletableFuture<Void> first = onThread(() -> stop.once(
                () -> {
                    begun.countDown();
                    awaitGoOn();
                    stops.incrementAndGet();
                },
                LONG));
        begun.await();
        return first;
    }

    private void awaitGoOn() {
        try {
            goOn.await();
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void itHappensOnce() {
        assertThat(stop.once(stops::incrementAndGet, LONG)).isTrue();
        assertThat(stop.once(stops::incrementAndGet, LONG)).isTrue();
        assertThat(stops).hasValue(1);
    }

    @Test
    void anotherThreadWaitsUntilItIsThrough() throws Exception {
        CompletableFuture<Void> first = begunElsewhere();
        AtomicInteger seen = new AtomicInteger(-1);
        CompletableFuture<Void> second = onThread(() -> {
            stop.once(stops::incrementAndGet, LONG);
            seen.set(stops.get());
        });
        Thread.sleep(100);
        assertThat(second).isNotDone();
        goOn.countDown();
        second.get(30, SECONDS);
        assertThat(seen).hasValue(1);
        first.get(30, SECONDS);
    }

    @Test
    void theThreadThatStopsDoesNotWaitForItself() {
        AtomicBoolean inside = new AtomicBoolean();
        stop.once(() -> inside.set(stop.once(stops::incrementAndGet, LONG)), LONG);
        assertThat(inside).isTrue();
        assertThat(stops).hasValue(0);
    }

    @Test
    void aThreadThatTheStopWaitsForDoesNotWaitForEver() {
        AtomicBoolean inTime = new AtomicBoolean(true);
        stop.once(
                () -> onThread(() -> inTime.set(stop.once(stops::incrementAndGet, SHORT)))
                        .join(),
                LONG);
        assertThat(inTime).isFalse();
        assertThat(stops).hasValue(0);
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        CompletableFuture<Void> first = begunElsewhere();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread second = new Thread(() -> {
            stop.once(stops::incrementAndGet, LONG);
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        second.start();
        second.interrupt();
        assertThat(interrupted.get(30, SECONDS)).isTrue();
        assertThat(first).isNotDone();
        goOn.countDown();
        first.get(30, SECONDS);
    }

    @Test
    void oneThatFailsIsThroughToo() {
        Runnable failing = () -> {
            throw new IllegalStateException("broken");
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> stop.once(failing, LONG))
                .withMessage("broken");
        AtomicBoolean inTime = new AtomicBoolean();
        onThread(() -> inTime.set(stop.once(stops::incrementAndGet, LONG))).join();
        assertThat(inTime).isTrue();
        assertThat(stops).hasValue(0);
    }
}
