package io.bocadillo.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private static final int ROUNDS = 10_000;

    /** Counts up to its end. */
    private static final class Numbers implements Source<Integer> {

        final AtomicInteger releases = new AtomicInteger();
        int polled;

        private final int end;

        Numbers(int end) {
            this.end = end;
        }

        @Override
        public @Nullable Integer poll() {
            return polled < end ? polled++ : null;
        }

        @Override
        public boolean isAtEnd() {
            return polled == end;
        }

        @Override
        public void release() {
            releases.incrementAndGet();
        }
    }

    private final Numbers numbers = new Numbers(1_000);
    private final Delivery<Integer> delivery = new Delivery<>(numbers);
    private final List<Throwable> unheard = new ArrayList<>();

    /** What a subscriber throws ends up there. */
    private void listen() {
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {
            unheard.add(failure);
            throw new IllegalStateException("ignored");
        });
    }

    @AfterEach
    void stopListening() {
        Thread.currentThread().setUncaughtExceptionHandler(null);
    }

    private static Recorder<Integer> recorder(Delivery<Integer> delivery, long demand) {
        Recorder<Integer> recorder = new Recorder<>(demand);
        delivery.subscribe(recorder);
        return recorder;
    }

    @Test
    void noMoreIsPolledThanIsWanted() {
        Recorder<Integer> recorder = recorder(delivery, 3);
        assertThat(numbers.polled).isEqualTo(3);
        recorder.request(2);
        assertThat(recorder.items).containsExactly(0, 1, 2, 3, 4);
        assertThat(numbers.polled).isEqualTo(5);
    }

    @Test
    void demandAddsUpToNoMoreThanEndless() throws Exception {
        Recorder<Integer> recorder = recorder(delivery, 0);
        AtomicInteger requests = new AtomicInteger();
        Recorder<Integer> greedy = new Recorder<>(Long.MAX_VALUE - 1) {
            @Override
            void take(Integer item) {
                super.take(item);
                requests.incrementAndGet();
                request(Long.MAX_VALUE);
            }
        };
        assertThat(recorder.items).isEmpty();
        new Delivery<>(numbers).subscribe(greedy);
        assertThat(greedy.awaitEnd()).isNull();
        assertThat(requests).hasValue(1_000);
    }

    @Test
    void nothingComesBeforeOnSubscribeHasReturned() throws Exception {
        List<String> signals = new ArrayList<>();
        delivery.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(2);
                signals.add("subscribed");
            }

            @Override
            public void onNext(Integer item) {
                signals.add("item");
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        });
        assertThat(signals).containsExactly("subscribed", "item", "item");
    }

    @Test
    void theEndNeedsNoDemand() throws Exception {
        assertThat(recorder(new Delivery<>(new Numbers(0)), 0).awaitEnd()).isNull();
    }

    @Test
    void aRequestForNothingFails() throws Exception {
        Recorder<Integer> recorder = recorder(delivery, 1);
        recorder.request(0);
        recorder.request(5);
        assertThat(recorder.awaitEnd())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("request: expected a positive number (Reactive Streams, rule 3.9), got '0'.");
        assertThat(recorder.items).hasSize(1);
        assertThat(numbers.releases).hasValue(1);
    }

    @Test
    void afterCancelARequestForNothingIsNothing() {
        Recorder<Integer> recorder = recorder(delivery, 1);
        recorder.cancel();
        recorder.request(0);
        recorder.cancel();
        assertThat(recorder.hasEnded()).isFalse();
        assertThat(numbers.releases).hasValue(1);
    }

    @Test
    void aSecondSubscriberIsToldSoAndDoesNotDisturbTheFirst() throws Exception {
        Recorder<Integer> first = recorder(delivery, 1);
        Recorder<Integer> second = recorder(delivery, 1);
        assertThat(second.awaitEnd()).isInstanceOf(IllegalStateException.class);
        second.request(0);
        second.cancel();
        first.request(1);
        assertThat(first.items).containsExactly(0, 1);
        assertThatNullPointerException().isThrownBy(() -> delivery.subscribe(null));
    }

    @Test
    void aSubscriberThatThrowsIsCancelledAndReported() {
        listen();
        IllegalStateException violation = new IllegalStateException("no");
        Recorder<Integer> recorder = new Recorder<>(10) {
            @Override
            void take(Integer item) {
                throw violation;
            }
        };
        delivery.subscribe(recorder);
        assertThat(unheard).containsExactly(violation);
        assertThat(numbers.polled).isOne();
        assertThat(numbers.releases).hasValue(1);
        assertThat(recorder.hasEnded()).isFalse();
    }

    @Test
    void aSubscriberThatThrowsWhenItSubscribesOrAtTheEndIsReported() {
        listen();
        IllegalStateException violation = new IllegalStateException("no");
        delivery.subscribe(new Recorder<>(0) {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                throw violation;
            }
        });
        assertThat(numbers.releases).hasValue(1);
        new Delivery<>(new Numbers(0)).subscribe(new Recorder<>(0) {
            @Override
            public void onComplete() {
                throw violation;
            }
        });
        assertThat(unheard).containsExactly(violation, violation);
    }

    @Test
    void whatFailsToCloseAfterCancelIsReported() {
        listen();
        IllegalStateException unclosed = new IllegalStateException("unclosed");
        Source<Integer> source = new Source<>() {
            @Override
            public @Nullable Integer poll() {
                return null;
            }

            @Override
            public boolean isAtEnd() {
                return false;
            }

            @Override
            public void release() {
                throw unclosed;
            }
        };
        recorder(new Delivery<>(source), 1).cancel();
        assertThat(unheard).containsExactly(unclosed);
    }

    @Test
    void whateverRacesTheSourceIsReleasedOnceAndSignalsComeOneAtATime() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Numbers few = new Numbers(5);
            Recorder<Integer> recorder = recorder(new Delivery<>(few, Given.POOL, Given.NOBODY), 1);
            CountDownLatch done = new CountDownLatch(3);
            int kind = ThreadLocalRandom.current().nextInt(3);
            Given.POOL.execute(() -> {
                recorder.request(2);
                done.countDown();
            });
            Given.POOL.execute(() -> {
                recorder.request(5);
                done.countDown();
            });
            Given.POOL.execute(() -> {
                if (kind == 0) {
                    recorder.cancel();
                } else if (kind == 1) {
                    recorder.request(0);
                }
                done.countDown();
            });
            Given.await(done);
            if (kind > 0) {
                recorder.awaitEnd();
                assertThat(few.releases).hasValue(1);
            }
            recorder.check();
            assertThat(few.releases.get()).isLessThanOrEqualTo(1);
        }
    }
}
