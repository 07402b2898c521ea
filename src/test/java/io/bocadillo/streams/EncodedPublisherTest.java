package io.bocadillo.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class EncodedPublisherTest {

    private static final int ROUNDS = 2_000;

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    /** Each element is a piece that an encoder passes on as it is. */
    public static final class Rules extends PublisherRules<ByteBuffer> {

        @Override
        public Flow.Publisher<ByteBuffer> createFlowPublisher(long elements) {
            Flow.Publisher<ByteBuffer> pieces =
                    Given.items(LongStream.range(0, elements).mapToObj(i -> bytes("x")));
            return new EncodedPublisher(pieces, FilterOutputStream::new, true);
        }

        @Override
        public Flow.Publisher<ByteBuffer> createFailedFlowPublisher() {
            return new EncodedPublisher(new FailedPublisher<>(new IOException("no")), FilterOutputStream::new, true);
        }
    }

    @TestFactory
    Stream<DynamicTest> keepsTheRules() {
        return TckTests.of(Rules::new);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    /** Compresses, and counts how often it is made and closed. */
    private OutputStream gzip(OutputStream to) throws IOException {
        made.incrementAndGet();
        return new GZIPOutputStream(to, 512, true) {
            @Override
            public void close() throws IOException {
                closed.incrementAndGet();
                super.close();
            }
        };
    }

    private EncodedPublisher gzipped(Flow.Publisher<ByteBuffer> source, boolean flushes) {
        return new EncodedPublisher(source, this::gzip, flushes);
    }

    private static byte[] unzipped(Recorder<ByteBuffer> recorder) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer piece : recorder.items) {
            byte[] copy = new byte[piece.remaining()];
            piece.duplicate().get(copy);
            all.write(copy);
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(all.toByteArray()))) {
            return in.readAllBytes();
        }
    }

    @Test
    void whatComesOutIsTheEncodingOfWhatWentIn() throws Exception {
        byte[] large = new byte[200_000];
        new Random(1).nextBytes(large);
        for (boolean flushes : new boolean[] {true, false}) {
            Stream<ByteBuffer> pieces =
                    Stream.of(bytes("a"), bytes(""), ByteBuffer.wrap(large, 1, 150_000), bytes("end"));
            Recorder<ByteBuffer> recorder = Recorder.of(gzipped(Given.items(pieces), flushes), Long.MAX_VALUE);
            assertThat(recorder.awaitEnd()).isNull();
            recorder.check();
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            expected.write('a');
            expected.write(large, 1, 150_000);
            expected.writeBytes("end".getBytes(UTF_8));
            assertThat(unzipped(recorder)).isEqualTo(expected.toByteArray());
        }
        assertThat(made).hasValue(2);
        assertThat(closed).hasValue(2);
    }

    @Test
    void anEmptySourceIsAnEmptyEncoding() throws Exception {
        Recorder<ByteBuffer> recorder = Recorder.of(gzipped(Given.items(Stream.empty()), true), 5);
        assertThat(recorder.awaitEnd()).isNull();
        assertThat(unzipped(recorder)).isEmpty();
        assertThat(closed).hasValue(1);
    }

    @Test
    void eachPieceIsOutBeforeTheNextIsAskedFor() throws Exception {
        Given.Subscribed<ByteBuffer> source = new Given.Subscribed<>();
        Recorder<ByteBuffer> recorder = Recorder.of(gzipped(source, true), Long.MAX_VALUE);
        source.subscriber().onNext(bytes("data: 1\n\n"));
        assertThat(begun(recorder)).isEqualTo("data: 1\n\n");
        source.subscriber().onNext(bytes("data: 2\n\n"));
        assertThat(begun(recorder)).isEqualTo("data: 1\n\ndata: 2\n\n");
        recorder.cancel();
    }

    @Test
    void anEmptyPieceGoesOutBecauseTheHeadMayWaitForIt() {
        Given.Subscribed<ByteBuffer> source = new Given.Subscribed<>();
        Recorder<ByteBuffer> recorder =
                Recorder.of(new EncodedPublisher(source, FilterOutputStream::new, true), Long.MAX_VALUE);
        source.subscriber().onNext(bytes(""));
        assertThat(recorder.items).hasSize(1);
    }

    /** What a client can read of a stream that goes on. */
    private static String begun(Recorder<ByteBuffer> recorder) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        recorder.items.forEach(piece -> all.write(piece.array(), piece.position(), piece.remaining()));
        StringBuilder text = new StringBuilder();
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(all.toByteArray()))) {
            for (int c = in.read(); c >= 0; c = in.read()) {
                text.append((char) c);
            }
        } catch (EOFException goesOn) {
            return text.toString();
        }
        throw new AssertionError("it has ended");
    }

    @Test
    void aLargePieceIsEncodedAsItIsAskedForAndNoOtherIsTakenMeanwhile() {
        byte[] large = new byte[1_000_000];
        new Random(2).nextBytes(large);
        AtomicInteger taken = new AtomicInteger();
        Flow.Publisher<ByteBuffer> source = Given.items(
                IntStream.range(0, 3).mapToObj(i -> ByteBuffer.wrap(large)).peek(piece -> taken.incrementAndGet()));
        Recorder<ByteBuffer> recorder = Recorder.of(gzipped(source, false), 0);
        recorder.request(3);
        assertThat(recorder.items).hasSize(3);
        assertThat(recorder.items)
                .allSatisfy(piece -> assertThat(piece.remaining()).isLessThan(40_000));
        assertThat(taken.get()).isLessThanOrEqualTo(2);
        recorder.cancel();
        assertThat(closed).hasValue(1);
    }

    @Test
    void aFailureComesAfterWhatCameBeforeIt() throws Exception {
        Given.Subscribed<ByteBuffer> source = new Given.Subscribed<>();
        Recorder<ByteBuffer> recorder = Recorder.of(gzipped(source, true), 0);
        source.subscriber().onNext(bytes("last words"));
        source.subscriber().onError(new IOException("gone"));
        assertThat(recorder.hasEnded()).isFalse();
        recorder.request(1);
        assertThat(recorder.awaitEnd()).hasMessage("gone");
        assertThat(begun(recorder)).isEqualTo("last words");
        assertThat(made).hasValue(1);
        assertThat(closed).hasValue(1);
    }

    @Test
    void anEncoderIsNotMadeBeforeThereIsDemandAndClosedWhenItFails() throws Exception {
        Recorder<ByteBuffer> idle = Recorder.of(gzipped(Given.items(Stream.of(bytes("x"))), true), 0);
        idle.cancel();
        assertThat(made).hasValue(0);

        Given.Subscribed<ByteBuffer> source = new Given.Subscribed<>();
        Recorder<ByteBuffer> failing = Recorder.of(
                new EncodedPublisher(
                        source,
                        to -> new FilterOutputStream(to) {
                            @Override
                            public void write(byte[] bytes) throws IOException {
                                throw new IOException("full");
                            }

                            @Override
                            public void close() {
                                closed.incrementAndGet();
                            }
                        },
                        true),
                1);
        source.subscriber().onNext(bytes("x"));
        assertThat(failing.awaitEnd()).hasMessage("full");
        assertThat(closed).hasValue(1);
        assertThat(source.cancels).hasValue(1);
    }

    @Test
    void aSourceThatThrowsFailsIt() throws Exception {
        Recorder<ByteBuffer> recorder = Recorder.of(
                gzipped(
                        subscriber -> {
                            throw new IllegalStateException("no");
                        },
                        true),
                1);
        assertThat(recorder.awaitEnd()).hasMessage("no");
    }

    @Test
    void aSourceThatComesAfterCancelIsCancelled() {
        Given.Subscribed<ByteBuffer> late = new Given.Subscribed<>();
        gzipped(late, true).subscribe(new Recorder<>(0) {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.cancel();
            }
        });
        assertThat(late.cancels).hasValue(1);
    }

    @Test
    void aSecondSubscriberIsRefused() throws Exception {
        EncodedPublisher publisher = gzipped(Given.items(Stream.of(bytes("x"))), true);
        Recorder.of(publisher, 0);
        assertThat(Recorder.of(publisher, 0).awaitEnd()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whateverRacesTheEncoderIsClosedOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            StreamPublisher source = new StreamPublisher(
                    IntStream.range(0, 40).mapToObj(i -> new byte[Piece.CAPACITY + 1]), Given.POOL, Given.NOBODY);
            Recorder<ByteBuffer> recorder = Recorder.of(gzipped(source, round % 2 == 0), 1);
            int until = ThreadLocalRandom.current().nextInt(10);
            for (int i = 0; i < until; i++) {
                recorder.request(1 + i % 3);
            }
            recorder.cancel();
            recorder.check();
        }
        for (int i = 0; i < 20_000 && made.get() != closed.get(); i++) {
            Thread.sleep(1);
        }
        assertThat(closed.get()).isEqualTo(made.get()).isPositive();
    }
}
