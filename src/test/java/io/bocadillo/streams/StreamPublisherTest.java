package io.bocadillo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class StreamPublisherTest {

    private static final byte[] LARGE = new byte[Piece.CAPACITY + 1];
    private static final int ROUNDS = 3_000;

    private final AtomicInteger closings = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    public static final class Rules extends PublisherRules<ByteBuffer> {

        @Override
        public Flow.Publisher<ByteBuffer> createFlowPublisher(long elements) {
            return new StreamPublisher(LongStream.range(0, elements).mapToObj(i -> LARGE), Given.THREADS, Given.NOBODY);
        }

        @Override
        public Flow.Publisher<ByteBuffer> createFailedFlowPublisher() {
            return Given.taken(new StreamPublisher(Stream.of("a"), Given.THREADS, Given.NOBODY));
        }
    }

    @TestFactory
    Stream<DynamicTest> keepsTheRules() {
        return TckTests.of(Rules::new);
    }

    private StreamPublisher publisher(Stream<?> stream) {
        return new StreamPublisher(
                stream.onClose(() -> {
                    closings.incrementAndGet();
                    closed.countDown();
                }),
                Given.THREADS,
                Given.NOBODY);
    }

    private static String text(List<ByteBuffer> pieces) {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(UTF_8.decode(piece.duplicate())));
        return text.toString();
    }

    @Test
    void smallItemsGoOutTogether() throws Exception {
        Recorder<ByteBuffer> recorder =
                Recorder.of(publisher(Stream.of("a", "".getBytes(UTF_8), UTF_8.encode("b"), "c")), 1);
        assertThat(recorder.awaitEnd()).isNull();
        assertThat(recorder.items).containsExactly(UTF_8.encode("abc"));
        assertThat(closings).hasValue(1);
    }

    @Test
    void piecesAreFullAndLargeItemsAlone() throws Exception {
        Stream<byte[]> items = Stream.of(new byte[1], LARGE, new byte[10_000], new byte[6_384], new byte[1], LARGE);
        Recorder<ByteBuffer> recorder = Recorder.of(publisher(items), 10);
        assertThat(recorder.awaitEnd()).isNull();
        assertThat(recorder.items)
                .extracting(ByteBuffer::remaining)
                .containsExactly(1, 16 * 1024 + 1, 16 * 1024, 1, 16 * 1024 + 1);
        assertThat(recorder.items.get(1).array()).isSameAs(LARGE);
    }

    @Test
    void anEmptyStreamIsComplete() throws Exception {
        Recorder<ByteBuffer> empty = Recorder.of(publisher(Stream.of()), 1);
        assertThat(empty.awaitEnd()).isNull();
        Recorder<ByteBuffer> nothing = Recorder.of(publisher(Stream.of("", "")), 1);
        assertThat(nothing.awaitEnd()).isNull();
        assertThat(empty.items).isEmpty();
        assertThat(nothing.items).isEmpty();
        assertThat(closings).hasValue(2);
    }

    @Test
    void itIteratesOnItsExecutorAndNotBeforeThereIsDemand() throws Exception {
        List<String> threads = new ArrayList<>();
        Stream<String> stream = Stream.of("a", "b")
                .peek(item -> threads.add(Thread.currentThread().getName()));
        Recorder<ByteBuffer> recorder = Recorder.of(publisher(stream), 0);
        assertThat(threads).isEmpty();
        recorder.request(1);
        assertThat(recorder.awaitEnd()).isNull();
        assertThat(threads).containsExactly("given", "given");
    }

    @Test
    void aStreamWithoutAnEndEndsByCancel() throws Exception {
        AtomicInteger made = new AtomicInteger();
        Recorder<ByteBuffer> recorder = new Recorder<>(2) {
            @Override
            void take(ByteBuffer piece) {
                super.take(piece);
                if (items.size() == 2) {
                    cancel();
                }
            }
        };
        publisher(Stream.generate(() -> "taco" + made.incrementAndGet())).subscribe(recorder);
        Given.await(closed);
        assertThat(recorder.items).hasSize(2);
        assertThat(text(recorder.items)).startsWith("taco1taco2taco3");
        assertThat(recorder.hasEnded()).isFalse();
        recorder.check();
    }

    @Test
    void cancelEndsAStreamOfNothingTooWhereNoPieceWillEverBeFull() {
        CountDownLatch begun = new CountDownLatch(1);
        Stream<String> nothing = Stream.generate(() -> {
            begun.countDown();
            return "";
        });
        Recorder<ByteBuffer> recorder = Recorder.of(publisher(nothing), 1);
        Given.await(begun);
        recorder.cancel();
        Given.await(closed);
        assertThat(recorder.items).isEmpty();
    }

    @Test
    void cancelBeforeAnyDemandClosesTheStream() {
        Recorder<ByteBuffer> recorder = Recorder.of(publisher(Stream.of("a")), 0);
        recorder.cancel();
        recorder.request(1);
        Given.await(closed);
        assertThat(recorder.items).isEmpty();
        assertThat(closings).hasValue(1);
    }

    @Test
    void itsFailureIsTheFailureOfTheStream() throws Exception {
        Stream<String> stream = Stream.of("1", "x").map(Integer::valueOf).map(String::valueOf);
        assertThat(Recorder.of(publisher(stream), 1).awaitEnd()).isInstanceOf(NumberFormatException.class);
        assertThat(closings).hasValue(1);
    }

    @Test
    void anItemThatIsNoBytesFailsTheStream() throws Exception {
        assertThat(Recorder.of(publisher(Stream.of(1)), 1).awaitEnd())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 'java.lang.Integer'");
        assertThat(closings).hasValue(1);
    }

    @Test
    void aFailureToCloseFailsTheStreamOrIsAddedToItsFailure() throws Exception {
        IllegalStateException unclosed = new IllegalStateException("unclosed");
        Runnable failing = () -> {
            throw unclosed;
        };
        assertThat(Recorder.of(publisher(Stream.of("a").onClose(failing)), 1).awaitEnd())
                .isSameAs(unclosed);
        assertThat(Recorder.of(publisher(Stream.of(1).onClose(failing)), 1).awaitEnd())
                .isInstanceOf(IllegalArgumentException.class)
                .hasSuppressedException(unclosed);
    }

    @Test
    void aStreamThatIsUsedAlreadyFails() throws Exception {
        Stream<String> used = Stream.of("a");
        used.iterator();
        assertThat(Recorder.of(new StreamPublisher(used, Given.THREADS, Given.NOBODY), 1)
                        .awaitEnd())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anExecutorThatRejectsFailsTheStream() throws Exception {
        RejectedExecutionException rejected = new RejectedExecutionException("full");
        StreamPublisher publisher = new StreamPublisher(
                Stream.of("a").onClose(closed::countDown),
                task -> {
                    throw rejected;
                },
                Given.NOBODY);
        assertThat(Recorder.of(publisher, 1).awaitEnd()).isSameAs(rejected);
        assertThat(closed.getCount()).isZero();
    }

    @Test
    void aStreamThatNeverHadASubscriberIsClosedByDiscard() throws Exception {
        StreamPublisher publisher = publisher(Stream.of("a"));
        publisher.discard();
        publisher.discard();
        Given.await(closed);
        assertThat(Recorder.of(publisher, 1).awaitEnd()).isInstanceOf(IllegalStateException.class);
        assertThat(closings).hasValue(1);
    }

    @Test
    void discardClosesOnTheExecutorOrHereIfThatRejects() {
        List<String> threads = new CopyOnWriteArrayList<>();
        Runnable close = () -> threads.add(Thread.currentThread().getName());
        publisher(Stream.of("a").onClose(close)).discard();
        Given.await(closed);
        new StreamPublisher(
                        Stream.of("a").onClose(close),
                        task -> {
                            throw new RejectedExecutionException("full");
                        },
                        Given.NOBODY)
                .discard();
        assertThat(threads).containsExactly("given", Thread.currentThread().getName());
    }

    @Test
    void whatCannotBeClosedAfterCancelOrDiscardIsReported() throws Exception {
        IllegalStateException unclosed = new IllegalStateException("unclosed");
        BlockingQueue<Throwable> unheard = new LinkedBlockingQueue<>();
        for (int i = 0; i < 2; i++) {
            StreamPublisher publisher = new StreamPublisher(
                    Stream.of("a").onClose(() -> {
                        throw unclosed;
                    }),
                    Given.THREADS,
                    unheard::add);
            if (i == 0) {
                Recorder.of(publisher, 0).cancel();
            } else {
                publisher.discard();
            }
            assertThat(unheard.poll(60, SECONDS)).isSameAs(unclosed);
        }
    }

    @Test
    void discardDoesNotDisturbASubscriber() throws Exception {
        StreamPublisher publisher = publisher(Stream.of("a"));
        Recorder<ByteBuffer> recorder = Recorder.of(publisher, 0);
        publisher.discard();
        recorder.request(1);
        assertThat(recorder.awaitEnd()).isNull();
        assertThat(text(recorder.items)).isEqualTo("a");
    }

    @Test
    void nothingIsLostHoweverRequestsCome() throws Exception {
        for (int round = 0; round < 20; round++) {
            String expected = text(
                    IntStream.range(0, 20_000).mapToObj(i -> Chunks.of(i + ",")).toList());
            Recorder<ByteBuffer> recorder =
                    Recorder.of(publisher(IntStream.range(0, 20_000).mapToObj(i -> i + ",")), 0);
            recorder.requestByTwoThreads();
            assertThat(recorder.awaitEnd()).isNull();
            assertThat(text(recorder.items)).isEqualTo(expected);
            recorder.check();
        }
        assertThat(closings).hasValue(20);
    }

    @Test
    void whateverRacesItIsClosedOnce() {
        for (int round = 0; round < ROUNDS; round++) {
            AtomicReference<String> twice = new AtomicReference<>();
            CountDownLatch closedNow = new CountDownLatch(1);
            Stream<byte[]> stream = Stream.of(LARGE, LARGE, LARGE).onClose(() -> {
                if (closedNow.getCount() == 0) {
                    twice.set("closed twice");
                }
                closedNow.countDown();
            });
            Recorder<ByteBuffer> recorder = Recorder.of(new StreamPublisher(stream, Given.THREADS, Given.NOBODY), 1);
            boolean orderly = ThreadLocalRandom.current().nextBoolean();
            Given.THREADS.execute(recorder::cancel);
            recorder.request(orderly ? 2 : 0);
            recorder.request(1);
            Given.await(closedNow);
            assertThat(twice).hasNullValue();
            recorder.check();
        }
    }
}
