package io.bocadillo.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.bocadillo.multipart.PartHead.Header;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartCompliance;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * What Jetty reads a document as, at its strictest.
 *
 * @param failure null when it was accepted
 */
record JettyReading(List<Part> parts, @Nullable Throwable failure) {

    /** A part whose content has been put together again, as Latin-1. */
    record Part(List<Header> headers, String content) {

        /** The same view of what our parser has read; Jetty makes spaces of tabs. */
        static List<Part> of(Reading reading) {
            return reading.parts().stream()
                    .map(part -> new Part(
                            part.head().headers().stream()
                                    .map(header -> new Header(
                                            header.name(), header.value().replace('\t', ' ')))
                                    .toList(),
                            part.content()))
                    .toList();
        }
    }

    /** Reads it in one piece. */
    static JettyReading of(String boundary, byte[] document) {
        Recorder recorder = new Recorder();
        MultiPart.Parser parser = new MultiPart.Parser(boundary, MultiPartCompliance.RFC7578_STRICT, recorder);
        parser.setMaxParts(-1);
        parser.parse(Content.Chunk.from(ByteBuffer.wrap(document), true));
        if (recorder.failure == null && !recorder.complete) {
            // Without any byte it says nothing.
            recorder.failure = new EOFException();
        }
        return new JettyReading(recorder.parts, recorder.failure);
    }

    private static final class Recorder implements MultiPart.Parser.Listener {

        private final List<Part> parts = new ArrayList<>();
        private final List<Header> headers = new ArrayList<>();
        private final StringBuilder content = new StringBuilder();
        private @Nullable Throwable failure;
        private boolean complete;

        @Override
        public void onPartBegin() {
            headers.clear();
            content.setLength(0);
        }

        @Override
        public void onPartHeader(String name, String value) {
            headers.add(new Header(name, value));
        }

        @Override
        public void onPartContent(Content.Chunk chunk) {
            content.append(ISO_8859_1.decode(chunk.getByteBuffer().slice()));
        }

        @Override
        public void onPartEnd() {
            parts.add(new Part(List.copyOf(headers), content.toString()));
        }

        @Override
        public void onComplete() {
            complete = true;
        }

        @Override
        public void onFailure(Throwable why) {
            failure = why;
        }
    }
}
