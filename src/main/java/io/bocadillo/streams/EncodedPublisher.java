package io.bocadillo.streams;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of another publisher, encoded: for instance compressed.
 *
 * <p>The source is asked for one piece at a time, when the last one is encoded and there is demand for more; of the encoded
 * bytes no more are in memory than 16 KB of input become. The encoder is made with the first demand, on the thread that
 * requests or publishes, and closed exactly once, whichever way the stream ends: it may hold memory outside of the heap.
 */
public final class EncodedPublisher implements Publisher<ByteBuffer> {

    /** Makes an encoder. */
    @FunctionalInterface
    public interface Encoding {
        /**
         * Returns a stream that writes to {@code to} what it encodes: what is there when it is flushed, the rest when it is
         * closed, which lets go of everything.
         */
        OutputStream encode(OutputStream to) throws IOException;
    }

    private static final int SLICE = 16 * 1024;

    private final Publisher<ByteBuffer> source;
    private final Encoding encoding;
    private final boolean flushes;
    private final AtomicBoolean taken = new AtomicBoolean();

    /**
     * Encodes what a publisher publishes, once there is a subscriber.
     *
     * @param flushes whether the subscriber gets all of each piece before the next is asked for; if not, an encoder may keep
     *     something back until the end
     */
    public EncodedPublisher(Publisher<ByteBuffer> source, Encoding encoding, boolean flushes) {
        this.source = source;
        this.encoding = encoding;
        this.flushes = flushes;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        Objects.requireNonNull(subscriber, "subscribe: expected a subscriber, got 'null'.");
        if (!taken.compareAndSet(false, true)) {
            NoSubscription.refuse(subscriber);
            return;
        }
        Encoded encoded = new Encoded();
        encoded.delivery.subscribe(subscriber);
        try {
            source.subscribe(encoded.input);
        } catch (Throwable refused) {
            encoded.input.onError(refused);
        }
    }

    /** What has come of the source; asked and cancelled by whoever encodes. */
    private static final class Input implements Subscriber<ByteBuffer> {

        private final Runnable arrival;

        /** One that has nothing to cancel, once it is cancelled. */
        private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();

        private volatile @Nullable ByteBuffer piece;
        private volatile @Nullable Throwable failure;
        private volatile boolean isComplete;
        private boolean isAsked;

        Input(Runnable arrival) {
            this.arrival = arrival;
        }

        @Override
        public void onSubscribe(Subscription given) {
            Objects.requireNonNull(given);
            if (subscription.compareAndSet(null, given)) {
                arrival.run();
            } else {
                given.cancel();
            }
        }

        @Override
        public void onNext(ByteBuffer next) {
            piece = next.duplicate();
            arrival.run();
        }

        @Override
        public void onError(Throwable reason) {
            failure = Objects.requireNonNull(reason);
            arrival.run();
        }

        @Override
        public void onComplete() {
            isComplete = true;
            arrival.run();
        }

        /** The next piece; asks for it, and returns null, if it is not there yet. */
        @Nullable
        ByteBuffer poll() {
            Subscription asked = subscription.get();
            if (piece == null && !isAsked && asked != null && !isComplete && failure == null) {
                isAsked = true;
                asked.request(1);
            }
            ByteBuffer next = piece;
            if (next != null) {
                piece = null;
                isAsked = false;
            }
            return next;
        }

        boolean isComplete() {
            return isComplete && piece == null;
        }

        /** Throws what the source failed with, after its last piece. */
        void throwFailure() throws Throwable {
            Throwable reason = failure;
            if (reason != null && piece == null) {
                throw reason;
            }
        }

        /** Wants nothing more, also of a source that has not begun yet. */
        void cancel() {
            Subscription left = subscription.getAndSet(NoSubscription.INSTANCE);
            if (left != null && !isComplete && failure == null) {
                left.cancel();
            }
        }
    }

    private final class Encoded implements Source<ByteBuffer> {

        final Delivery<ByteBuffer> delivery = new Delivery<>(this);
        final Input input = new Input(delivery::signal);

        private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
        private @Nullable ByteBuffer piece;
        private @Nullable OutputStream encoder;
        private boolean isClosed;

        @Override
        public @Nullable ByteBuffer poll() throws IOException {
            boolean isDue = false;
            while (!isDue && gathered.size() == 0 && !isClosed) {
                piece = piece == null ? input.poll() : piece;
                if (piece != null) {
                    isDue = encode(piece);
                } else if (input.isComplete()) {
                    isClosed = true;
                    open().close();
                } else {
                    break;
                }
            }
            if (gathered.size() == 0 && !isDue) {
                return null;
            }
            ByteBuffer encoded = ByteBuffer.wrap(gathered.toByteArray());
            gathered.reset();
            return encoded;
        }

        /** Encodes some of it; returns whether that was the last and is to go out, an empty piece too. */
        private boolean encode(ByteBuffer current) throws IOException {
            OutputStream open = open();
            byte[] slice = new byte[Math.min(SLICE, current.remaining())];
            current.get(slice);
            open.write(slice);
            if (current.hasRemaining()) {
                return false;
            }
            piece = null;
            if (flushes) {
                open.flush();
            }
            return flushes;
        }

        private OutputStream open() throws IOException {
            OutputStream open = encoder;
            if (open == null) {
                open = encoding.encode(gathered);
                encoder = open;
            }
            return open;
        }

        @Override
        public boolean isAtEnd() throws Throwable {
            if (piece == null) {
                input.throwFailure();
            }
            return isClosed;
        }

        @Override
        public void release() throws IOException {
            input.cancel();
            OutputStream open = encoder;
            if (open != null && !isClosed) {
                isClosed = true;
                open.close();
            }
        }
    }
}
