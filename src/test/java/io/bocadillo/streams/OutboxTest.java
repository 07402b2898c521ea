package io.bocadillo.streams;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutboxTest {

    private static final int ROUNDS = 5_000;
    private static final IOException GONE = new IOException("gone");

    public static final class Rules extends PublisherRules<Long> {

        @Override
        public Flow.Publisher<Long> createFlowPublisher(long elements) {
            Outbox<Long> outbox = outbox(16, Overflow.WAIT);
            Given.THREADS.execute(() -> {
                CompletableFuture<Void> room = CompletableFuture.completedFuture(null);
                for (long i = 0; i < elements && !room.isCompletedExceptionally(); i++) {
                    room = outbox.offer(i).toCompletableFuture();
                    room.exceptionally(gone -> null).join();
                }
                outbox.close();
            });
            return outbox;
        }

        @Override
        public Flow.Publisher<Long> createFailedFlowPublisher() {
            Outbox<Long> outbox = outbox(16, Overflow.WAIT);
            outbox.fail(new IOException("no tacos"));
            return outbox;
        }
    }

    @TestFactory
    Stream<DynamicTest> keepsTheRules() {
        return TckTests.of(Rules::new);
    }

    private static <T> Outbox<T> outbox(int capacity, Overflow overflow) {
        return new Outbox<>(capacity, overflow, () -> GONE);
    }

    private static Throwable failureOf(CompletionStage<?> stage) throws Exception {
        try {
            stage.toCompletableFuture().get(60, SECONDS);
        } catch (ExecutionException failure) {
            return failure.getCause();
        }
        throw new AssertionError("no failure");
    }

    @Test
    void whatIsOfferedComesInItsOrderWhenItIsWanted() throws Exception {
        Outbox<String> outbox = outbox(4, Overflow.WAIT);
        outbox.offer("a");
        Recorder<String> recorder = Recorder.of(outbox, 2);
        outbox.offer("b");
        outbox.offer("c");
        outbox.close();
        assertThat(recorder.items).containsExactly("a", "b");
        assertThat(recorder.hasEnded()).isFalse();
        assertThat(outbox.whenEnded().toCompletableFuture()).isNotDone();
        recorder.request(1);
        assertThat(recorder.awaitEnd()).isNull();
        assertThat(recorder.items).containsExactly("a", "b", "c");
        assertThat(outbox.whenEnded()).isCompleted();
    }

    @Test
    void offersCompleteAtOnceWhereThereIsRoomElseWhenThereIs() {
        Outbox<String> outbox = outbox(2, Overflow.WAIT);
        Recorder<String> recorder = Recorder.of(outbox, 0);
        assertThat(outbox.offer("a")).isCompleted();
        assertThat(outbox.offer("b")).isCompleted();
        CompletionStage<Void> third = outbox.offer("c");
        CompletionStage<Void> fourth = outbox.offer("d");
        assertThat(third).isNotDone();
        recorder.request(1);
        assertThat(third).isCompleted();
        assertThat(fourth).isNotDone();
        recorder.request(1);
        assertThat(fourth).isCompleted();
        recorder.request(2);
        assertThat(recorder.items).containsExactly("a", "b", "c", "d");
    }

    @Test
    void whoeverDoesNotWaitIsRefusedWhenAsManyWaitAsThereIsRoom() throws Exception {
        Outbox<Integer> outbox = outbox(2, Overflow.WAIT);
        Recorder<Integer> recorder = Recorder.of(outbox, 0);
        for (int i = 0; i < 4; i++) {
            outbox.offer(i);
        }
        assertThat(failureOf(outbox.offer(4)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("offer: expected at most 4 items not yet taken, got more."
                        + " Wait for the stage of an offer before the next.");
        recorder.request(10);
        outbox.offer(5);
        assertThat(recorder.items).containsExactly(0, 1, 2, 3, 5);
    }

    @Test
    void theOldestIsDropped() {
        Outbox<Integer> outbox = outbox(2, Overflow.DROP_OLDEST);
        Recorder<Integer> recorder = Recorder.of(outbox, 1);
        for (int i = 0; i < 10; i++) {
            assertThat(outbox.offer(i)).isCompleted();
        }
        recorder.request(5);
        assertThat(recorder.items).containsExactly(0, 8, 9);
    }

    @Test
    void aFullOutboxFailsAtOnceIfItShould() throws Exception {
        Outbox<Integer> outbox = outbox(2, Overflow.CLOSE);
        Recorder<Integer> recorder = Recorder.of(outbox, 1);
        outbox.offer(0);
        outbox.offer(1);
        assertThat(outbox.offer(2)).isCompleted();
        Throwable refusal = failureOf(outbox.offer(3));
        assertThat(refusal).isSameAs(GONE);
        assertThat(recorder.awaitEnd()).isSameAs(refusal);
        assertThat(recorder.items).containsExactly(0);
        assertThat(failureOf(outbox.offer(4))).isSameAs(refusal);
        assertThat(failureOf(outbox.whenEnded())).isSameAs(refusal);
        recorder.check();
    }

    @Test
    void aFailureComesAtOnce() throws Exception {
        Outbox<Integer> outbox = outbox(1, Overflow.WAIT);
        Recorder<Integer> recorder = Recorder.of(outbox, 0);
        outbox.offer(1);
        CompletionStage<Void> waiting = outbox.offer(2);
        Exception failure = new Exception("no tacos");
        assertThat(outbox.isOpen()).isTrue();
        assertThat(outbox.fail(failure)).isTrue();
        assertThat(outbox.fail(new Exception("again"))).isFalse();
        assertThat(outbox.isOpen()).isFalse();
        outbox.close();
        assertThat(recorder.awaitEnd()).isSameAs(failure);
        assertThat(failureOf(waiting)).isSameAs(failure);
        assertThat(failureOf(outbox.offer(3))).isSameAs(failure);
        assertThat(failureOf(outbox.whenEnded())).isSameAs(failure);
        assertThat(recorder.items).isEmpty();
    }

    @Test
    void whoeverWaitsLearnsOfAFailureWithoutASubscriberToo() throws Exception {
        Outbox<Integer> outbox = outbox(1, Overflow.WAIT);
        outbox.offer(1);
        CompletionStage<Void> waiting = outbox.offer(2);
        Exception failure = new Exception("no tacos");
        outbox.fail(failure);
        assertThat(failureOf(waiting)).isSameAs(failure);
        assertThat(Recorder.of(outbox, 0).awaitEnd()).isSameAs(failure);
    }

    @Test
    void aFailureAfterCloseWinsAsLongAsSomethingIsNotTaken() throws Exception {
        Outbox<Integer> outbox = outbox(1, Overflow.WAIT);
        Recorder<Integer> recorder = Recorder.of(outbox, 0);
        outbox.offer(1);
        outbox.close();
        Exception failure = new Exception("no tacos");
        outbox.fail(failure);
        assertThat(recorder.awaitEnd()).isSameAs(failure);
    }

    @Test
    void cancelIsToldToWhoeverWaitsOrOffers() throws Exception {
        Outbox<Integer> outbox = outbox(1, Overflow.WAIT);
        Recorder<Integer> recorder = Recorder.of(outbox, 0);
        outbox.offer(1);
        CompletionStage<Void> waiting = outbox.offer(2);
        recorder.cancel();
        assertThat(failureOf(waiting)).isSameAs(GONE);
        assertThat(failureOf(outbox.offer(3))).isSameAs(GONE);
        assertThat(failureOf(outbox.whenEnded())).isSameAs(GONE);
        assertThat(outbox.isOpen()).isFalse();
        assertThat(outbox.fail(new Exception("late"))).isFalse();
        outbox.close();
        assertThat(recorder.hasEnded()).isFalse();
        assertThat(recorder.items).isEmpty();
    }

    @Test
    void discardIsACancelWithoutASubscriber() throws Exception {
        Outbox<Integer> outbox = outbox(1, Overflow.WAIT);
        outbox.offer(1);
        outbox.discard();
        assertThat(failureOf(outbox.offer(2))).isSameAs(GONE);
        assertThat(failureOf(outbox.whenEnded())).isSameAs(GONE);
        assertThat(Recorder.of(outbox, 1).awaitEnd()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClosedOutboxTakesNothingMore() throws Exception {
        Outbox<Integer> outbox = outbox(1, Overflow.WAIT);
        outbox.close();
        assertThat(failureOf(outbox.offer(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("offer: expected an open outbox, got a closed one. Close it last.");
        assertThat(Recorder.of(outbox, 0).awaitEnd()).isNull();
        assertThat(failureOf(outbox.offer(1))).isInstanceOf(IllegalStateException.class);
        outbox.fail(new Exception("late"));
        assertThat(outbox.whenEnded()).isCompleted();
    }

    @Test
    void noItemAndNoCapacityAreRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> outbox(1, Overflow.WAIT).offer(null))
                .withMessage("offer: expected an item, got 'null'.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> outbox(0, Overflow.WAIT))
                .withMessage("capacity: expected at least 1, got '0'.");
    }

    @Test
    void offersFromInsideTheSubscriberComeAfterItReturns() throws Exception {
        Outbox<Integer> outbox = outbox(4, Overflow.WAIT);
        Recorder<Integer> recorder = new Recorder<>(Long.MAX_VALUE) {
            @Override
            void take(Integer item) {
                if (item < 100_000) {
                    outbox.offer(item + 1);
                } else {
                    outbox.close();
                }
                super.take(item);
            }
        };
        outbox.subscribe(recorder);
        outbox.offer(1);
        assertThat(recorder.awaitEnd()).isNull();
        assertThat(recorder.items).hasSize(100_000);
        recorder.check();
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLostWhenManyOffer(Overflow overflow) throws Exception {
        int threads = 8;
        int each = 125_000;
        // Those who wait need little room; for the others there is enough.
        Outbox<Long> outbox = outbox(overflow == Overflow.WAIT ? 64 : threads * each, overflow);
        AtomicLong sum = new AtomicLong();
        AtomicInteger count = new AtomicInteger();
        int[] next = new int[threads];
        Recorder<Long> recorder = new Recorder<>(1) {
            @Override
            void take(Long token) {
                int producer = (int) (token >> 32);
                assertThat(token.intValue()).isEqualTo(next[producer]++);
                sum.addAndGet(token.intValue());
                if (count.incrementAndGet() % 100 != 0) {
                    request(1);
                } else {
                    Given.POOL.execute(() -> request(1));
                }
            }
        };
        outbox.subscribe(recorder);
        CompletableFuture<?>[] producers = new CompletableFuture<?>[threads];
        for (long producer = 0; producer < threads; producer++) {
            long tag = producer << 32;
            producers[(int) producer] = CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < each; i++) {
                            outbox.offer(tag | i).toCompletableFuture().join();
                        }
                    },
                    Given.THREADS);
        }
        CompletableFuture.allOf(producers).get(120, SECONDS);
        outbox.close();
        assertThat(recorder.awaitEnd()).isNull();
        assertThat(count).hasValue(threads * each);
        assertThat(sum).hasValue(threads * (each * (each - 1L) / 2));
        recorder.check();
    }

    @Test
    void whateverRacesThereIsOneEndAndNobodyWaitsForever() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Outbox<Integer> outbox = outbox(2, Overflow.WAIT);
            Recorder<Integer> recorder = Recorder.of(outbox, 1);
            int kind = ThreadLocalRandom.current().nextInt(4);
            CountDownLatch done = new CountDownLatch(2);
            Given.POOL.execute(() -> {
                CompletableFuture<Void> room = CompletableFuture.completedFuture(null);
                while (!room.isCompletedExceptionally()) {
                    room = outbox.offer(1).toCompletableFuture();
                    room.exceptionally(ended -> null).join();
                }
                done.countDown();
            });
            Given.POOL.execute(() -> {
                recorder.request(3);
                switch (kind) {
                    case 0 -> recorder.cancel();
                    case 1 -> outbox.close();
                    case 2 -> outbox.fail(GONE);
                    default -> recorder.request(-1);
                }
                recorder.request(1_000);
                done.countDown();
            });
            Given.await(done);
            if (kind == 0) {
                assertThat(recorder.hasEnded()).isFalse();
            } else {
                recorder.awaitEnd();
            }
            assertThat(outbox.whenEnded().toCompletableFuture()).isDone();
            recorder.check();
        }
    }
}
