package io.bocadillo.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PartsPublisherPropertyTest {

    private static final class Collected {

        private final List<PartHead> heads = new ArrayList<>();
        private final List<Probe<ByteBuffer>> contents = new ArrayList<>();
        private final Probe<Object> parts;

        Collected(Flow.Publisher<ByteBuffer> source) {
            PartsPublisher<Object> publisher = new PartsPublisher<>(
                    source,
                    "B",
                    Reading.ENDLESS,
                    (head, content) -> {
                        heads.add(head);
                        return content;
                    },
                    refused -> refused,
                    lost -> {});
            parts = Probe.of(publisher, content -> subscribe((Flow.Publisher<?>) content));
        }

        @SuppressWarnings("unchecked")
        private void subscribe(Flow.Publisher<?> content) {
            contents.add(Probe.of((Flow.Publisher<ByteBuffer>) content).request(Long.MAX_VALUE));
        }

        boolean isOver() {
            return parts.complete || parts.failure != null;
        }

        Reading reading() {
            List<Reading.Part> read = new ArrayList<>();
            for (int i = 0; i < heads.size(); i++) {
                if (contents.get(i).complete) {
                    String text = contents.get(i).items.stream()
                            .map(bytes -> ISO_8859_1.decode(bytes.slice()).toString())
                            .collect(Collectors.joining());
                    read.add(new Reading.Part(heads.get(i), text));
                }
            }
            return new Reading(
                    read,
                    parts.failure instanceof MultipartException why ? why.status() + " " + why.getMessage() : null);
        }
    }

    @Property(tries = 2_000)
    void pullingReadsWhatPushingReads(
            @ForAll("documents") String document, @ForAll @IntRange(min = 1, max = 60) int size) {
        Collected collected = new Collected(Buffers.of(pieces(document, size).stream()));
        collected.parts.request(Long.MAX_VALUE);
        assertThat(collected.isOver()).isTrue();
        assertThat(collected.reading()).isEqualTo(Reading.of("B", document));
    }

    @Property(tries = 300)
    void soItDoesFromAnotherThread(
            @ForAll("documents") String document, @ForAll @IntRange(min = 1, max = 60) int size) {
        Collected collected;
        try (SubmissionPublisher<ByteBuffer> source = new SubmissionPublisher<>()) {
            collected = new Collected(source);
            collected.parts.request(Long.MAX_VALUE);
            for (String piece : pieces(document, size)) {
                source.submit(ByteBuffer.wrap(piece.getBytes(ISO_8859_1)));
            }
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!collected.isOver() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(10_000);
        }
        assertThat(collected.isOver()).isTrue();
        assertThat(collected.reading()).isEqualTo(Reading.of("B", document));
    }

    private static List<String> pieces(String document, int size) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < document.length(); i += size) {
            pieces.add(document.substring(i, Math.min(i + size, document.length())));
        }
        return pieces;
    }

    @Provide
    Arbitrary<String> documents() {
        return Arbitraries.oneOf(Documents.garbage(), Documents.mutated());
    }
}
