package io.bocadillo;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ends of the times that requests have: how 10,000 of them share one alarm. */
class DeadlinesTest {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Deadlines deadlines = new Deadlines(timer);

    DeadlinesTest() {
        timer.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private static long in(long millis) {
        return System.nanoTime() + MILLISECONDS.toNanos(millis);
    }

    /** Keeps the thread of the timer from everything else, until the latch is counted down. */
    private CountDownLatch holdTimer() {
        CountDownLatch busy = new CountDownLatch(1);
        timer.execute(() -> {
            try {
                busy.await();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        });
        return busy;
    }

    private void awaitNoAlarm() throws InterruptedException {
        long end = in(SECONDS.toMillis(10));
        while (!timer.getQueue().isEmpty() && System.nanoTime() < end) {
            Thread.sleep(1);
        }
        assertThat(timer.getQueue()).isEmpty();
    }

    @Test
    void endsComeInTheirOrderWhateverThatOfTheirArrival() throws InterruptedException {
        BlockingQueue<Integer> ended = new LinkedBlockingQueue<>();
        CountDownLatch busy = holdTimer();
        long start = in(50);
        List<Integer> millis = new ArrayList<>(List.of(40, 10, 30, 30, 0, 20, 50));

        millis.forEach(after -> deadlines.add(start + MILLISECONDS.toNanos(after), () -> ended.add(after)));
        busy.countDown();

        for (int after : millis.stream().sorted().toList()) {
            assertThat(ended.poll(10, SECONDS)).isEqualTo(after);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(MILLISECONDS.toNanos(after));
        }
    }

    @Test
    void manyShareOneAlarm() {
        for (int i = 0; i < 10_000; i++) {
            deadlines.add(in(60_000), () -> {});
        }

        assertThat(timer.getQueue()).hasSize(1);
    }

    @Test
    void anEarlierEndTakesTheAlarmOver() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);

        deadlines.add(in(60_000), () -> {});
        deadlines.add(in(10), ended::countDown);

        assertThat(ended.await(10, SECONDS)).isTrue();
        assertThat(timer.getQueue()).hasSize(1);
    }

    @Test
    void oneThatIsEarlierThanManyEndsInTimeAllTheSame() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger taken = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            deadlines.add(in(60_000), () -> {});
        }

        deadlines.add(in(20_000), taken::incrementAndGet).cancel();
        deadlines.add(in(10), ended::countDown);

        assertThat(ended.await(10, SECONDS)).isTrue();
        assertThat(timer.getQueue()).hasSize(1);
        assertThat(taken).hasValue(0);
    }

    @Test
    void whatIsTakenBackDoesNotRunAndLetsTheNextOneRun() throws InterruptedException {
        CountDownLatch busy = holdTimer();
        AtomicInteger first = new AtomicInteger();
        CountDownLatch second = new CountDownLatch(1);
        Deadlines.Deadline taken = deadlines.add(in(20), first::incrementAndGet);
        deadlines.add(in(60), second::countDown);

        taken.cancel();
        taken.cancel();
        busy.countDown();

        assertThat(second.await(10, SECONDS)).isTrue();
        assertThat(first).hasValue(0);
    }

    @Test
    void oneThatFailsCostsNoOtherItsEnd() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        long end = in(20);
        try (CapturedLog log = new CapturedLog()) {
            deadlines.add(end, () -> {
                throw new IllegalStateException("no thread");
            });
            deadlines.add(end, ended::countDown);

            assertThat(ended.await(10, SECONDS)).isTrue();
            assertThat(log.text()).contains("no thread");
        }
    }

    @Test
    void theTimerHasNothingLeftToDoWhenAllHaveEnded() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);

        deadlines.add(in(10), () -> {}).cancel();
        deadlines.add(in(20), ended::countDown);

        assertThat(ended.await(10, SECONDS)).isTrue();
        assertThat(timer.getQueue()).isEmpty();
    }

    @Test
    void aTimerThatStopsStillEndsWhatIsLeftAndTakesNoMore() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(2);
        deadlines.add(in(50), ended::countDown);
        deadlines.add(in(100), ended::countDown);
        Deadlines.Deadline answered = deadlines.add(in(60_000), () -> {});

        deadlines.close();
        timer.shutdown();
        answered.cancel();

        assertThatThrownBy(() -> deadlines.add(in(10), () -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThat(ended.await(10, SECONDS)).isTrue();
        assertThat(timer.awaitTermination(10, SECONDS))
                .as("nothing waits for the one that was answered")
                .isTrue();
    }

    @Test
    void whateverRacesEachEndsOnceOrIsTakenBack() throws InterruptedException {
        int threads = 4;
        int each = 5_000;
        Queue<AtomicInteger> runsOfThoseLeft = new ConcurrentLinkedQueue<>();
        Queue<AtomicInteger> runsOfThoseTaken = new ConcurrentLinkedQueue<>();
        CountDownLatch done = new CountDownLatch(threads);
        CountDownLatch all = new CountDownLatch(1);
        for (int t = 0; t < threads; t++) {
            Random random = new Random(t);
            new Thread(() -> {
                        for (int i = 0; i < each; i++) {
                            AtomicInteger runs = new AtomicInteger();
                            boolean stays = random.nextInt(10) == 0;
                            Deadlines.Deadline added =
                                    deadlines.add(in(stays ? random.nextInt(5) : 60_000), runs::incrementAndGet);
                            if (stays) {
                                runsOfThoseLeft.add(runs);
                            } else {
                                added.cancel();
                                runsOfThoseTaken.add(runs);
                            }
                        }
                        done.countDown();
                    })
                    .start();
        }

        assertThat(done.await(60, SECONDS)).isTrue();
        deadlines.add(in(10), all::countDown);
        assertThat(all.await(10, SECONDS)).isTrue();
        awaitNoAlarm(); // Those that came far too early have alarms of their own.
        timer.shutdown();
        assertThat(timer.awaitTermination(10, SECONDS)).isTrue();
        assertThat(runsOfThoseLeft).isNotEmpty().allMatch(runs -> runs.get() == 1);
        assertThat(runsOfThoseTaken).isNotEmpty().allMatch(runs -> runs.get() == 0);
    }
}
