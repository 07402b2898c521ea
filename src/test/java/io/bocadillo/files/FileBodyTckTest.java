package io.bocadillo.files;

import io.bocadillo.streams.TckTests;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

class FileBodyTckTest {

    private static final long TIMEOUT_MILLIS = 1_000;
    private static final long MOST_PIECES = 10_000;

    @TempDir
    private static Path folder;

    private final ExecutorService executor = Executors.newFixedThreadPool(2);

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    @TestFactory
    Stream<DynamicTest> aFileIsAPublisherAfterReactiveStreams() {
        return TckTests.of(() -> new Verification(executor));
    }

    /** Each element is a piece of a file with holes, which costs no disk. */
    public static final class Verification extends FlowPublisherVerification<ByteBuffer> {

        private final ExecutorService executor;

        Verification(ExecutorService executor) {
            super(new TestEnvironment(TIMEOUT_MILLIS));
            this.executor = executor;
        }

        @Override
        public Flow.Publisher<ByteBuffer> createFlowPublisher(long elements) {
            try {
                Path file = Files.createTempFile(folder, "pieces", "");
                try (RandomAccessFile holes = new RandomAccessFile(file.toFile(), "rw")) {
                    holes.setLength(elements * SegmentReader.PIECE);
                }
                return FileAnswer.whole(Representation.of(file, "a/b"), "GET").body(executor);
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }

        /** One that has its subscriber. */
        @Override
        public Flow.Publisher<ByteBuffer> createFailedFlowPublisher() {
            Flow.Publisher<ByteBuffer> body = createFlowPublisher(0);
            Pieces.of(body);
            return body;
        }

        @Override
        public long maxElementsFromPublisher() {
            return MOST_PIECES;
        }
    }
}
