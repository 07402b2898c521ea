package io.bocadillo.streams;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a blocking writer writes, in pieces of up to 16 KB.
 *
 * <p>The writer starts with the first demand. {@code flush()} hands over what is there; a write blocks its thread while
 * two pieces are not yet taken. When the writer returns, the rest goes out and the stream is complete; when it throws,
 * what was handed over goes out and the stream fails.
 */
public final class WriterPublisher implements Publisher<ByteBuffer> {

    /** Writes a body, in its own time. */
    @FunctionalInterface
    public interface Writer {
        /** Writes everything and returns; the stream refuses what comes later with an {@link IOException}. */
        void write(OutputStream out) throws Exception;
    }

    private final Delivery<ByteBuffer> delivery;

    /**
     * Publishes what a writer writes, once there is demand.
     *
     * @param executor runs the writer on another thread than the one that calls it, else the stream fails
     * @param disconnect what to throw at the writer, from the write that blocks or the next one, when the subscriber has
     *     cancelled; what the writer throws after that is dropped
     */
    public WriterPublisher(Writer writer, Executor executor, Supplier<? extends IOException> disconnect) {
        this.delivery = new Delivery<>(new Written(writer, executor, disconnect));
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        delivery.subscribe(subscriber);
    }

    private final class Written implements Source<ByteBuffer> {

        private final Writer writer;
        private final Executor executor;
        private final PieceStream out;
        private boolean started;
        private volatile @Nullable Thread starter;

        Written(Writer writer, Executor executor, Supplier<? extends IOException> disconnect) {
            this.writer = writer;
            this.executor = executor;
            this.out = new PieceStream(() -> delivery.signal(), disconnect);
        }

        @Override
        public @Nullable ByteBuffer poll() {
            if (!started) {
                started = true;
                starter = Thread.currentThread();
                executor.execute(this::run);
                starter = null;
            }
            return out.poll();
        }

        private void run() {
            Throwable failure = null;
            try {
                write();
            } catch (Throwable thrown) {
                failure = thrown;
            }
            out.end(failure);
        }

        private void write() throws Exception {
            if (Thread.currentThread() == starter) {
                // It would wait for itself to take the pieces.
                throw new IllegalStateException(
                        "writer: expected an executor with threads of its own,"
                                + " got one that runs it on the thread that calls. Give it a pool that rejects what is too much.");
            }
            if (!delivery.isCancelled()) {
                writer.write(out);
            }
        }

        @Override
        public boolean isAtEnd() throws Throwable {
            return out.isAtEnd();
        }

        @Override
        public void release() {
            out.abandon();
        }
    }
}
