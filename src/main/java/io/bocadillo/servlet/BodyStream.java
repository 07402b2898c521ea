package io.bocadillo.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a body on as it comes, and reads nothing that was not asked for.
 *
 * <pre>
 *   NEW ── subscribe() ──▶ OPEN ── end, failure or cancel() ──▶ OVER
 * </pre>
 */
final class BodyStream implements BodySink, Flow.Publisher<ByteBuffer>, Flow.Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(BocadilloServlet.class);

    private static final int PIECE = 16 * 1024;

    /** How many pieces may wait for a subscriber that asks for more than it takes. */
    private static final int MOST_WAITING = 4;

    private final BodyReader reader;
    private final Consumer<BodySink> start;
    private final Queue<ByteBuffer> pieces = new ConcurrentLinkedQueue<>();

    private final AtomicInteger waiting = new AtomicInteger();

    /** How many pieces may still be read. */
    private final AtomicLong demand = new AtomicLong();

    private final AtomicBoolean taken = new AtomicBoolean();
    private final SerialTask signals = new SerialTask(this::signalNext);
    private final Executor threads;
    private byte[] scratch = {};
    private volatile long count;
    private volatile Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private volatile boolean subscribed;
    private volatile boolean ended;
    private volatile @Nullable Throwable failure;

    /**
     * Creates one for a reader that has not been started.
     *
     * @param threads where its subscriber is signalled
     */
    BodyStream(BodyReader reader, Consumer<BodySink> start, Executor threads) {
        this.reader = reader;
        this.start = start;
        this.threads = threads;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        if (!taken.compareAndSet(false, true)) {
            refuse(subscriber);
            return;
        }
        this.subscriber = subscriber;
        subscriber.onSubscribe(this);
        subscribed = true;
        start.accept(this);
        signal();
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            stop(new IllegalArgumentException("request: expected a positive number of pieces, got '" + n + "'."));
        } else {
            demand.updateAndGet(sum -> sum + n < 0 ? Long.MAX_VALUE : sum + n);
        }
        resume();
    }

    /** The rest of the body is left to whoever drops it when the answer is out. */
    @Override
    public void cancel() {
        demand.set(0);
        subscriber = null;
        resume();
    }

    /** At its announced end, too: the end needs no demand (Reactive Streams, rule 1.5). */
    @Override
    public boolean wantsMore() {
        return (demand.get() > 0 && waiting.get() < MOST_WAITING || count == reader.announced())
                && subscriber != null
                && failure == null;
    }

    @Override
    public int read(InputStream in) throws IOException {
        if (scratch.length == 0) {
            scratch = new byte[PIECE];
        }
        int read = in.read(scratch);
        if (read > 0) {
            demand.updateAndGet(sum -> sum == Long.MAX_VALUE || sum == 0 ? sum : sum - 1);
            count += read;
            pieces.add(piece(read));
            waiting.incrementAndGet();
        }
        return read;
    }

    @Override
    public void deliver() {
        signal();
    }

    @Override
    public void end() {
        ended = true;
        signal();
    }

    @Override
    public void fail(Throwable failure) {
        if (!ended) {
            stop(failure);
        }
    }

    /** Copies little out of the array, which is used again then. */
    private ByteBuffer piece(int length) {
        if (length <= PIECE / 2) {
            return ByteBuffer.wrap(Arrays.copyOf(scratch, length));
        }
        ByteBuffer piece = ByteBuffer.wrap(scratch, 0, length);
        scratch = new byte[0];
        return piece;
    }

    /** Lets the reader see what is wanted now: more, or nothing, for which no client needs to hurry. */
    private void resume() {
        if (subscribed) {
            reader.resume();
        }
    }

    private void stop(Throwable failure) {
        this.failure = failure;
        signal();
    }

    private void signal() {
        if (subscribed) {
            threads.execute(signals::signal);
        }
    }

    private void signalNext() {
        // Before the pieces: those that came before the end must go out before it.
        boolean isOver = ended || failure != null;
        ByteBuffer piece;
        while ((piece = pieces.poll()) != null) {
            Flow.Subscriber<? super ByteBuffer> open = subscriber;
            if (open != null) {
                next(open, piece);
            }
            if (waiting.getAndDecrement() == MOST_WAITING) {
                reader.resume();
            }
        }
        Flow.Subscriber<? super ByteBuffer> open = subscriber;
        if (open != null && isOver) {
            subscriber = null;
            end(open, failure);
        }
    }

    /** One that throws breaks the rules (Reactive Streams, 2.13): that cancels. */
    private void next(Flow.Subscriber<? super ByteBuffer> open, ByteBuffer piece) {
        try {
            open.onNext(piece);
        } catch (Throwable violation) {
            cancel();
            LOG.error("subscriber of a body: expected onNext to return, got '{}'.", violation, violation);
        }
    }

    /** The same goes for its end. */
    private static void end(Flow.Subscriber<? super ByteBuffer> open, @Nullable Throwable cause) {
        try {
            if (cause != null) {
                open.onError(cause);
            } else {
                open.onComplete();
            }
        } catch (Throwable violation) {
            LOG.error("subscriber of a body: expected its end to be taken, got '{}'.", violation, violation);
        }
    }

    private static void refuse(Flow.Subscriber<? super ByteBuffer> second) {
        second.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        });
        second.onError(new IllegalStateException(
                "body: expected one subscriber, got a second. Let the first one hand the pieces on."));
    }
}
