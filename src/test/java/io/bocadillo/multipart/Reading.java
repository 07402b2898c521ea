package io.bocadillo.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a document has been read as: its complete parts, and why it was refused.
 *
 * @param refusal null when it was accepted
 */
record Reading(List<Part> parts, @Nullable String refusal) {

    static final Limits ENDLESS = new Limits(Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** A part whose content has been put together again, as Latin-1. */
    record Part(PartHead head, String content) {}

    boolean isAccepted() {
        return refusal == null;
    }

    static Reading of(String boundary, String document) {
        return of(boundary, ENDLESS, document.getBytes(ISO_8859_1));
    }

    /** Feeds the document cut at those places, which may lie beyond it or be the same. */
    static Reading of(String boundary, Limits limits, byte[] document, int... cuts) {
        Recorder recorder = new Recorder();
        String refusal = null;
        try {
            MultipartParser parser = new MultipartParser(boundary, limits, recorder);
            int start = 0;
            for (int cut : Arrays.stream(cuts)
                    .sorted()
                    .filter(c -> c <= document.length)
                    .toArray()) {
                parser.feed(ByteBuffer.wrap(document, start, cut - start));
                start = cut;
            }
            parser.feed(ByteBuffer.wrap(document, start, document.length - start));
            parser.end();
        } catch (MultipartException refused) {
            refusal = refused.status() + " " + refused.getMessage();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new Reading(recorder.parts, refusal);
    }

    private static final class Recorder implements PartHandler {

        private final List<Part> parts = new ArrayList<>();
        private final StringBuilder content = new StringBuilder();
        private @Nullable PartHead head;

        @Override
        public void part(PartHead begun) {
            head = begun;
            content.setLength(0);
        }

        @Override
        public void data(ByteBuffer bytes) {
            if (!bytes.hasRemaining()) {
                throw new AssertionError("no data");
            }
            content.append(ISO_8859_1.decode(bytes));
        }

        @Override
        public void endOfPart() {
            parts.add(new Part(Objects.requireNonNull(head), content.toString()));
            head = null;
        }
    }
}
