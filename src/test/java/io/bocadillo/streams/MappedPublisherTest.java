package io.bocadillo.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import java.util.concurrent.Flow;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MappedPublisherTest {

    public static final class Rules extends PublisherRules<Long> {

        @Override
        public Flow.Publisher<Long> createFlowPublisher(long elements) {
            return new MappedPublisher<>(
                    Given.items(LongStream.range(0, elements).boxed()), i -> i * 2);
        }

        @Override
        public Flow.Publisher<Long> createFailedFlowPublisher() {
            return new MappedPublisher<>(Given.taken(Given.items(Stream.of(1L))), i -> i);
        }
    }

    @TestFactory
    Stream<DynamicTest> keepsTheRules() {
        return TckTests.of(Rules::new);
    }

    private final Outbox<Integer> source = Given.outbox();

    @Test
    void eachItemIsMappedWhenItIsWanted() throws Exception {
        Recorder<String> recorder = Recorder.of(new MappedPublisher<>(source, Integer::toHexString), 1);
        source.offer(10);
        source.offer(11);
        assertThat(recorder.items).containsExactly("a");
        recorder.request(5);
        source.close();
        assertThat(recorder.awaitEnd()).isNull();
        assertThat(recorder.items).containsExactly("a", "b");
    }

    @Test
    void cancelPassesThrough() {
        Recorder<Integer> recorder = Recorder.of(new MappedPublisher<>(source, i -> i), 1);
        recorder.cancel();
        assertThat(source.offer(1)).isCompletedExceptionally();
        assertThat(recorder.items).isEmpty();
    }

    @Test
    void aFailurePassesThrough() throws Exception {
        Recorder<Integer> recorder = Recorder.of(new MappedPublisher<>(source, i -> i), 1);
        Exception failure = new Exception("no tacos");
        source.fail(failure);
        assertThat(recorder.awaitEnd()).isSameAs(failure);
    }

    @Test
    void anItemThatCannotBeMappedCancelsTheSourceAndFails() throws Exception {
        Recorder<Integer> recorder = Recorder.of(new MappedPublisher<>(source, i -> 10 / i), 10);
        source.offer(5);
        source.offer(0);
        assertThat(recorder.awaitEnd()).isInstanceOf(ArithmeticException.class);
        assertThat(source.offer(1)).isCompletedExceptionally();
        assertThat(recorder.items).containsExactly(2);
        recorder.check();
    }

    @Test
    void aFailureOfTheSourceIsMappedAndNoOther() throws Exception {
        Exception mapped = new Exception("mapped");
        MappedPublisher<Integer, Integer> publisher = new MappedPublisher<>(source, i -> 10 / i, failure -> mapped);
        Recorder<Integer> recorder = Recorder.of(publisher, 1);
        source.fail(new Exception("no tacos"));
        assertThat(recorder.awaitEnd()).isSameAs(mapped);
        Outbox<Integer> zeros = Given.outbox();
        zeros.offer(0);
        assertThat(Recorder.of(new MappedPublisher<>(zeros, i -> 10 / i, failure -> mapped), 1)
                        .awaitEnd())
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void aMappingToNullFails() throws Exception {
        Recorder<Integer> recorder = Recorder.of(new MappedPublisher<>(source, i -> null), 1);
        source.offer(1);
        assertThat(recorder.awaitEnd()).isInstanceOf(NullPointerException.class);
    }

    @Test
    void whatASloppySourceSaysAfterAFailureIsNotPassedOn() throws Exception {
        Given.Subscribed<Integer> sloppy = new Given.Subscribed<>();
        Recorder<Integer> recorder = Recorder.of(new MappedPublisher<>(sloppy, i -> 10 / i), 10);
        sloppy.subscriber().onNext(0);
        sloppy.subscriber().onNext(1);
        sloppy.subscriber().onError(new Exception());
        sloppy.subscriber().onComplete();
        assertThat(recorder.awaitEnd()).isInstanceOf(ArithmeticException.class);
        assertThat(sloppy.cancels).hasValue(1);
        assertThat(recorder.items).isEmpty();
        recorder.check();
    }

    @Test
    void aSecondSubscriptionOfTheSourceIsCancelled() {
        Given.Subscribed<Integer> sloppy = new Given.Subscribed<>();
        Recorder<Integer> recorder = Recorder.of(new MappedPublisher<>(sloppy, i -> i), 10);
        sloppy.subscriber().onSubscribe(sloppy);
        assertThat(sloppy.cancels).hasValue(1);
        assertThat(recorder.hasEnded()).isFalse();
    }

    @Test
    void aSecondSubscriberIsToldSo() throws Exception {
        MappedPublisher<Integer, Integer> publisher = new MappedPublisher<>(source, i -> i);
        Recorder<Integer> first = Recorder.of(publisher, 1);
        Recorder<Integer> second = Recorder.of(publisher, 1);
        second.cancel();
        assertThat(second.awaitEnd())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("subscribe: expected one subscriber, got a second one. Make a publisher for each.");
        source.offer(1);
        assertThat(first.items).isEqualTo(List.of(1));
        assertThatNullPointerException().isThrownBy(() -> publisher.subscribe(null));
    }
}
