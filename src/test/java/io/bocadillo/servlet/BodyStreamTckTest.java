package io.bocadillo.servlet;

import io.bocadillo.streams.TckTests;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

/** Bodies of requests after the rules of Reactive Streams, of announced length and in chunks. */
class BodyStreamTckTest {

    private static final long UNKNOWN = -1;

    @TestFactory
    Stream<DynamicTest> announced() {
        return TckTests.of(Announced::new);
    }

    @TestFactory
    Stream<DynamicTest> chunked() {
        return TckTests.of(Chunked::new);
    }

    public static final class Announced extends Verification {
        @Override
        public Flow.Publisher<ByteBuffer> createFlowPublisher(long pieces) {
            return body(pieces, pieces);
        }
    }

    public static final class Chunked extends Verification {
        @Override
        public Flow.Publisher<ByteBuffer> createFlowPublisher(long pieces) {
            return body(pieces, UNKNOWN);
        }
    }

    /** Not public, so that the kit finds its own tests in the two above alone. */
    abstract static class Verification extends FlowPublisherVerification<ByteBuffer> {

        private static final int MILLIS = 1000;
        private static final int MILLIS_WITHOUT_SIGNALS = 50;

        Verification() {
            super(new TestEnvironment(MILLIS, MILLIS_WITHOUT_SIGNALS));
        }

        @Override
        public Flow.Publisher<ByteBuffer> createFailedFlowPublisher() {
            BodyReader reader = reader(1, UNKNOWN);
            reader.abandon();
            return new BodyStream(reader, reader::start, Runnable::run);
        }

        static Flow.Publisher<ByteBuffer> body(long pieces, long announced) {
            BodyReader reader = reader(pieces, announced);
            return new BodyStream(reader, reader::start, Runnable::run);
        }

        private static BodyReader reader(long pieces, long announced) {
            HttpServletRequest request = Answers.of(
                    HttpServletRequest.class,
                    Map.of(
                            "getInputStream",
                            new Pieces(pieces),
                            "getContentLengthLong",
                            announced,
                            "getContentType",
                            "text/plain"));
            try {
                return new BodyReader(request, true, new Lease(), Runnable::run, (nanos, task) -> null, Duration.ZERO);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }

    /** Bodies whose bytes come one at a time, and are there already. */
    private static final class Pieces extends ServletInputStream {

        private long left;
        private @Nullable ReadListener listener;

        Pieces(long count) {
            left = count;
        }

        @Override
        public boolean isFinished() {
            return left == 0;
        }

        @Override
        public boolean isReady() {
            if (left == 0) {
                tell(Objects.requireNonNull(listener)::onAllDataRead);
            }
            return left > 0;
        }

        @Override
        public void setReadListener(ReadListener given) {
            listener = given;
            tell(given::onDataAvailable);
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            left--;
            return 1;
        }

        private static void tell(Signal signal) {
            try {
                signal.give();
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        private interface Signal {
            void give() throws IOException;
        }
    }
}
