package io.bocadillo.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.bocadillo.streams.TckTests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

class PartsPublisherTest {

    private static final String A = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";
    private static final String B = "--B\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n";
    private static final String END = "--B--\r\n";

    record Part(PartHead head, Flow.Publisher<ByteBuffer> content) {}

    private static PartsPublisher<Part> publisher(Flow.Publisher<ByteBuffer> source) {
        return new PartsPublisher<>(source, "B", Reading.ENDLESS, Part::new, refused -> refused, lost -> {});
    }

    private static Stream<String> document(long parts, LongFunction<String> part, String end) {
        return Stream.concat(LongStream.range(0, parts).mapToObj(part), Stream.of(end));
    }

    public static final class OfParts extends FlowPublisherVerification<Part> {

        public OfParts() {
            super(new TestEnvironment(1_000, 50));
        }

        @Override
        public Flow.Publisher<Part> createFlowPublisher(long elements) {
            return publisher(Buffers.of(document(elements, i -> A + i + "\r\n", END)));
        }

        @Override
        public Flow.Publisher<Part> createFailedFlowPublisher() {
            return publisher(Buffers.failing(new IOException("reset")));
        }
    }

    public static final class OfContent extends FlowPublisherVerification<ByteBuffer> {

        public OfContent() {
            super(new TestEnvironment(1_000, 50));
        }

        @Override
        public Flow.Publisher<ByteBuffer> createFlowPublisher(long elements) {
            Stream<String> content = LongStream.range(1, elements).mapToObj(Long::toString);
            String end = (elements == 0 ? "" : "last") + "\r\n" + END;
            return first(Buffers.of(Stream.concat(Stream.concat(Stream.of(A), content), Stream.of(end))));
        }

        @Override
        public Flow.Publisher<ByteBuffer> createFailedFlowPublisher() {
            return first(Buffers.failing(new IOException("reset"), A));
        }

        private static Flow.Publisher<ByteBuffer> first(Buffers source) {
            return Probe.of(publisher(source)).request(1).last().content();
        }
    }

    @TestFactory
    Stream<DynamicTest> partsKeepTheRulesOfReactiveStreams() {
        return TckTests.of(OfParts::new);
    }

    @TestFactory
    Stream<DynamicTest> contentKeepsTheRulesOfReactiveStreams() {
        return TckTests.of(OfContent::new);
    }

    private static String text(Probe<ByteBuffer> content) {
        return content.items.stream()
                .map(bytes -> ISO_8859_1.decode(bytes.slice()).toString())
                .collect(Collectors.joining());
    }

    private static Probe<ByteBuffer> contentOf(Probe<Part> parts) {
        return Probe.of(parts.last().content());
    }

    @Test
    void partsComeOneByOneWithTheirContent() {
        Probe<Part> parts = Probe.of(publisher(Buffers.of(A + "1\r\n-", "\r\n" + B, "2", "2\r", "\n--", "B--")));
        Probe<ByteBuffer> a = contentOf(parts.request(1)).request(100);
        assertThat(parts.last().head().name()).isEqualTo("a");
        assertThat(text(a)).isEqualTo("1\r\n-");
        assertThat(a.complete).isTrue();
        assertThat(parts.items).hasSize(1);
        Probe<ByteBuffer> b = contentOf(parts.request(1)).request(100);
        assertThat(parts.last().head().name()).isEqualTo("b");
        assertThat(text(b)).isEqualTo("22");
        assertThat(b.complete).isTrue();
        assertThat(parts.complete).isTrue();
    }

    @Test
    void nothingIsReadThatNobodyAskedFor() {
        Buffers source = Buffers.of("--B\r\n", A.substring(5), "1", "2", "\r\n" + END);
        Probe<Part> parts = Probe.of(publisher(source));
        assertThat(source.requested).isZero();
        parts.request(1);
        assertThat(source.requested).isEqualTo(2);
        Probe<ByteBuffer> content = contentOf(parts);
        parts.request(1);
        assertThat(source.requested).isEqualTo(2);
        content.request(1);
        assertThat(text(content)).isEqualTo("1");
        assertThat(source.requested).isEqualTo(3);
        content.request(1).request(1);
        assertThat(content.complete).isTrue();
        assertThat(parts.complete).isTrue();
        assertThat(source.requested).isEqualTo(5);
    }

    @Test
    void contentThatNobodyWantsIsSkippedForTheNextPart() {
        Probe<Part> parts = Probe.of(publisher(Buffers.of(A + "1", "1\r\n", B + "2\r\n" + END)));
        Flow.Publisher<ByteBuffer> skipped = parts.request(1).last().content();
        assertThat(parts.items).hasSize(1);
        Probe<ByteBuffer> b = contentOf(parts.request(1)).request(1);
        assertThat(text(b)).isEqualTo("2");
        assertThat(Probe.of(skipped).failure)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("content of part 'a': expected one subscriber, before the next part");
    }

    @Test
    void contentWhoseSubscriberCancelsIsSkipped() {
        Buffers source = Buffers.of(A + "1", "1\r\n", B + "2\r\n", END);
        Probe<Part> parts = Probe.of(publisher(source));
        Probe<ByteBuffer> a = contentOf(parts.request(1)).request(1);
        a.cancel();
        a.request(5);
        assertThat(source.requested).isEqualTo(1);
        parts.request(1);
        assertThat(parts.last().head().name()).isEqualTo("b");
        assertThat(text(a)).isEqualTo("1");
        assertThat(a.complete).isFalse();
        assertThat(a.failure).isNull();
        assertThat(source.cancelled).isFalse();
    }

    @Test
    void aSubscriberThatWantsAllPartsSubscribesToTheirContentInOnNext() {
        List<Probe<ByteBuffer>> contents = new java.util.ArrayList<>();
        Probe<Part> parts = Probe.of(
                publisher(Buffers.of(A + "1\r\n" + B, "2\r\n" + END)),
                part -> contents.add(Probe.of(part.content()).request(Long.MAX_VALUE)));
        parts.request(Long.MAX_VALUE);
        assertThat(contents).extracting(PartsPublisherTest::text).containsExactly("1", "2");
        assertThat(parts.complete).isTrue();
    }

    @Test
    void cancellingThePartsCancelsTheSourceAndFailsTheContent() {
        Buffers source = Buffers.of(A + "1", "1\r\n", END);
        Probe<Part> parts = Probe.of(publisher(source));
        Probe<ByteBuffer> content = contentOf(parts.request(1)).request(1);
        parts.cancel();
        assertThat(source.cancelled).isTrue();
        assertThat(content.failure).isInstanceOf(CancellationException.class);
        assertThat(parts.failure).isNull();
        content.request(1);
        parts.request(1);
        assertThat(source.requested).isEqualTo(1);
    }

    @Test
    void cancellingThePartsBeforeTheSourceHasAnsweredCancelsIt() {
        Buffers source = Buffers.of(END);
        publisher(source).subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.cancel();
            }

            @Override
            public void onNext(Part part) {}

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        });
        assertThat(source.cancelled).isTrue();
        assertThat(source.requested).isZero();
    }

    @Test
    void aMalformedDocumentFailsTheContentAndTheParts() {
        Buffers source = Buffers.of(A + "1\r\n--Bx", "never");
        Probe<Part> parts = Probe.of(publisher(source)).request(1);
        Probe<ByteBuffer> content = contentOf(parts).request(9);
        assertThat(content.complete).isTrue();
        assertThat(parts.failure).isInstanceOf(MultipartException.class);
        assertThat(source.cancelled).isTrue();

        parts = Probe.of(publisher(Buffers.of(A + "1"))).request(1);
        content = contentOf(parts).request(9);
        assertThat(content.failure).isInstanceOf(MultipartException.class).isSameAs(parts.failure);
        assertThat(text(content)).isEqualTo("1");
    }

    @Test
    void aFailureOfTheSourceFailsTheContentAndTheParts() {
        IOException reset = new IOException("reset");
        Probe<Part> parts = Probe.of(publisher(Buffers.failing(reset, A, "1"))).request(1);
        Probe<ByteBuffer> content = contentOf(parts).request(1);
        assertThat(content.failure).isSameAs(reset);
        assertThat(parts.failure).isSameAs(reset);

        parts = Probe.of(publisher(Buffers.failing(reset, A))).request(1);
        assertThat(parts.failure).isSameAs(reset);
        assertThat(contentOf(parts).failure).isSameAs(reset);
    }

    @Test
    void limitsHold() {
        Limits limits = new Limits(1, 1, 100, 100);
        Probe<Part> parts = Probe.of(
                new PartsPublisher<>(Buffers.of(A + "12\r\n" + END), "B", limits, Part::new, r -> r, lost -> {}));
        Probe<ByteBuffer> content = contentOf(parts.request(1)).request(1);
        assertThat(content.failure).hasMessage("part 'a': expected at most 1 bytes, got more.");
        parts = Probe.of(new PartsPublisher<>(
                Buffers.of(A + "1\r\n" + A + "2\r\n" + END),
                "B",
                limits,
                Part::new,
                r -> new IOException(r.getMessage()),
                lost -> {}));
        parts.request(2);
        assertThat(parts.failure)
                .isInstanceOf(IOException.class)
                .hasMessage("multipart: expected at most 1 parts, got more.");
        assertThat(parts.items).hasSize(1);
    }

    @Test
    void aSubscriberThatAsksForLessThanOneIsTold() {
        Buffers source = Buffers.of(A + "1\r\n" + B + "2\r\n" + END);
        Probe<Part> parts = Probe.of(publisher(source)).request(1);
        assertThat(contentOf(parts).request(0).failure).isInstanceOf(IllegalArgumentException.class);
        assertThat(parts.request(1).items).hasSize(2);
        assertThat(parts.request(-1).failure).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSubscriberThatThrowsFailsTheStream() {
        IllegalStateException bug = new IllegalStateException("bug");
        Buffers source = Buffers.of(A + "1", "\r\n" + END);
        Probe<Part> parts = Probe.of(publisher(source)).request(1);
        Probe.of(parts.last().content(), bytes -> {
                    throw bug;
                })
                .request(1);
        assertThat(parts.failure).isSameAs(bug);
        assertThat(source.cancelled).isTrue();
    }

    @Test
    void eachHasOneSubscriber() {
        PartsPublisher<Part> publisher = publisher(Buffers.of(A + "1\r\n" + END));
        Probe<Part> parts = Probe.of(publisher).request(1);
        assertThat(Probe.of(publisher).failure).hasMessageStartingWith("parts: expected one subscriber, got a second.");
        Probe<ByteBuffer> content = contentOf(parts);
        assertThat(contentOf(parts).failure).hasMessageStartingWith("content of part 'a': expected one subscriber");
        assertThat(text(content.request(1))).isEqualTo("1");
        assertThatNullPointerException().isThrownBy(() -> publisher.subscribe(null));
        assertThatNullPointerException().isThrownBy(() -> parts.last().content().subscribe(null));
    }

    @Test
    void anInvalidBoundaryIsRefusedAtOnce() {
        assertThatExceptionOfType(MultipartException.class)
                .isThrownBy(
                        () -> new PartsPublisher<>(Buffers.of(), "b ", Reading.ENDLESS, Part::new, r -> r, lost -> {}));
    }

    /** Asks for all parts, and throws what it is given when the signal of that name comes. */
    private static final class Failing implements Flow.Subscriber<Part> {

        private final String signal;
        private final Throwable thrown;
        private final List<String> seen = new ArrayList<>();

        Failing(String signal, Throwable thrown) {
            this.signal = signal;
            this.thrown = thrown;
        }

        private void see(String what) {
            seen.add(what);
            if (what.equals(signal)) {
                Failing.<RuntimeException>sneak(thrown);
            }
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> void sneak(Throwable thrown) throws T {
            throw (T) thrown;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Part part) {
            see("part");
        }

        @Override
        public void onError(Throwable failure) {
            see("error");
        }

        @Override
        public void onComplete() {
            see("complete");
        }
    }

    private static List<Object> outcomeOf(String document, String signal, Throwable thrown) {
        List<Object> outcome = new ArrayList<>();
        Failing failing = new Failing(signal, thrown);
        new PartsPublisher<>(Buffers.of(document), "B", Reading.ENDLESS, Part::new, r -> r, outcome::add)
                .subscribe(failing);
        outcome.addAll(failing.seen);
        return outcome;
    }

    @Test
    void whatASubscriberThrowsIsNeverSwallowed() {
        for (Throwable thrown : List.of(new IllegalStateException("bug"), new AssertionError("bug"))) {
            assertThat(outcomeOf(A + "\r\n" + END, "part", thrown)).containsExactly("part", "error");
            assertThat(outcomeOf(A + "\r\n" + END, "complete", thrown)).containsExactly(thrown, "part", "complete");
            assertThat(outcomeOf(A + "\r\n", "error", thrown)).containsExactly(thrown, "part", "error");
        }
    }
}
