package io.bocadillo;

import io.bocadillo.streams.Chunks;
import io.bocadillo.streams.MappedPublisher;
import io.bocadillo.streams.StreamPublisher;
import io.bocadillo.streams.WriterPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A body that is made while it goes out.
 *
 * @param length in bytes; -1 when it is not known
 * @param discard lets go of its source when nobody will subscribe; does nothing once somebody has
 */
record Streamed(Flow.Publisher<ByteBuffer> publisher, long length, Runnable discard) {

    static final long UNKNOWN_LENGTH = -1;

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    /** One with nothing to let go of: it begins with its subscriber. */
    static Streamed of(Flow.Publisher<ByteBuffer> publisher) {
        return new Streamed(publisher, UNKNOWN_LENGTH, () -> {});
    }

    static Streamed ofChunks(Flow.Publisher<?> publisher) {
        return of(new MappedPublisher<Object, ByteBuffer>(publisher, Chunks::of));
    }

    static Streamed ofChunks(Stream<?> items, Executor threads, Request request) {
        StreamPublisher publisher = new StreamPublisher(
                items, threads, failure -> LOG.warn("{}: stream failed after its client had gone", request, failure));
        return new Streamed(publisher, UNKNOWN_LENGTH, publisher::discard);
    }

    static Streamed ofWriter(BodyWriter writer, Executor threads) {
        return of(new WriterPublisher(writer::write, threads, () -> new ClientDisconnect(null)));
    }

    /** The same one, which fails unless it has that length. */
    Streamed withLength(long declared) {
        return declared < 0 ? this : new Streamed(new ExactLength(publisher, declared), declared, discard);
    }
}
