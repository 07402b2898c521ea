package io.bocadillo.streams;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The items of a {@link Stream} as bytes, see {@link Chunks}: gathered into pieces of up to 16 KB, a larger one alone.
 *
 * <p>Iterates while there is demand, also if the stream has no end. The stream is closed exactly once: at its end, when
 * it fails, when the subscriber cancels, or by {@link #discard}. A piece goes out when it is full: a stream is for data
 * that is at hand; what comes bit by bit wants a publisher of its own.
 */
public final class StreamPublisher implements Publisher<ByteBuffer> {

    private final Delivery<ByteBuffer> delivery;

    /**
     * Takes over the stream, which nobody else may use from here on.
     *
     * @param executor iterates and closes, one task at a time; if it rejects one, the subscriber is told on the thread
     *     that has requested, and the stream closed there
     * @param unheard is told what the subscriber can't be told: that the stream can't be closed after cancel, or that the
     *     subscriber itself has thrown
     */
    public StreamPublisher(Stream<?> stream, Executor executor, Consumer<? super Throwable> unheard) {
        this.delivery = new Delivery<>(new Pieces(stream), executor, unheard);
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        delivery.subscribe(subscriber);
    }

    /**
     * Lets the executor close the stream if it never had a subscriber: this thread may be one that must not block. Whoever
     * subscribes afterwards comes second.
     */
    public void discard() {
        delivery.discard();
    }

    private final class Pieces implements Source<ByteBuffer> {

        private final Stream<?> stream;
        private @Nullable Iterator<?> items;

        /** What did not fit into the last piece. */
        private @Nullable ByteBuffer leftOver;

        private boolean atEnd;

        Pieces(Stream<?> stream) {
            this.stream = stream;
        }

        @Override
        public @Nullable ByteBuffer poll() {
            Piece piece = new Piece();
            for (ByteBuffer item = next(); item != null; item = next()) {
                if (item.remaining() <= piece.room()) {
                    piece.add(item);
                } else if (piece.isEmpty()) {
                    return item;
                } else {
                    leftOver = item;
                    break;
                }
            }
            return piece.isEmpty() ? null : piece.take();
        }

        private @Nullable ByteBuffer next() {
            ByteBuffer item = leftOver;
            leftOver = null;
            if (item != null || delivery.isCancelled()) {
                return item;
            }
            if (items == null) {
                items = stream.iterator();
            }
            atEnd = !items.hasNext();
            return atEnd ? null : Chunks.of(items.next());
        }

        @Override
        public boolean isAtEnd() {
            return atEnd;
        }

        @Override
        public void release() {
            stream.close();
        }
    }
}
