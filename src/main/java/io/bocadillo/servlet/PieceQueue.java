package io.bocadillo.servlet;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pieces of a body that are there and not sent yet: two at most, because no more are asked for. */
final class PieceQueue implements Flow.Subscriber<ByteBuffer> {

    private static final Logger LOG = LoggerFactory.getLogger(BocadilloServlet.class);

    private static final int WINDOW = 2;

    private final Queue<ByteBuffer> pieces = new ConcurrentLinkedQueue<>();
    private final AtomicInteger owed = new AtomicInteger();

    /** How many pieces are still to be asked for. */
    private final AtomicInteger wanted = new AtomicInteger();

    /** One at a time (Reactive Streams, rule 2.7), whatever threads send the pieces. */
    private final SerialTask requests = new SerialTask(this::requestOrCancel);

    private final Executor threads;
    private final Runnable changed;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean complete;
    private volatile boolean cancelled;
    private volatile @Nullable Throwable failure;

    /**
     * Creates a queue for a publisher, whose code runs on a thread of {@code threads}.
     *
     * @param changed is called when there is a piece, the end, a failure, or nobody who takes them
     */
    PieceQueue(Executor threads, Runnable changed) {
        this.threads = threads;
        this.changed = changed;
    }

    /** A queue of one piece, and then the end. */
    static PieceQueue of(byte[] body) {
        PieceQueue queue = new PieceQueue(Runnable::run, () -> {});
        queue.pieces.add(ByteBuffer.wrap(body));
        queue.complete = true;
        return queue;
    }

    @Nullable
    ByteBuffer poll() {
        return pieces.poll();
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** Whether no piece will follow those which are here. */
    boolean isComplete() {
        return complete;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Asks for as many pieces as have gone. */
    void demand(int gone) {
        if (subscription != null && gone > 0 && !complete && !cancelled) {
            owed.addAndGet(gone);
            wanted.addAndGet(gone);
            threads.execute(requests::signal);
        }
    }

    void cancel() {
        cancelled = true;
        pieces.clear();
        if (subscription != null && !complete) {
            threads.execute(requests::signal);
        }
        changed.run();
    }

    boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        if (this.subscription != null) {
            subscription.cancel();
            return;
        }
        this.subscription = subscription;
        if (cancelled) {
            subscription.cancel();
            return;
        }
        owed.set(WINDOW);
        wanted.set(WINDOW);
        requests.signal();
    }

    private void requestOrCancel() {
        Flow.Subscription open = subscription;
        int count = wanted.getAndSet(0);
        if (open == null || complete) {
            return;
        }
        if (cancelled) {
            cancel(open);
        } else if (count > 0) {
            request(open, count);
        }
    }

    /** A publisher that throws breaks the rules (Reactive Streams, 3.16), and must not break more than its body. */
    private void request(Flow.Subscription open, int count) {
        try {
            open.request(count);
        } catch (Throwable broken) {
            fail(broken);
        }
    }

    /** One that throws breaks the rules, too (3.15). */
    private static void cancel(Flow.Subscription open) {
        try {
            open.cancel();
        } catch (Throwable broken) {
            LOG.error("publisher of a body: expected cancel to return, got '{}'.", broken, broken);
        }
    }

    @Override
    public void onNext(ByteBuffer piece) {
        if (cancelled || isOver()) {
            return;
        }
        if (owed.decrementAndGet() < 0) {
            fail(new IllegalStateException(
                    "publisher of the body: expected no more pieces than were asked for, got one."
                            + " Keep the demand (Reactive Streams, rule 1.1)."));
            return;
        }
        pieces.add(piece);
        changed.run();
    }

    @Override
    public void onError(Throwable cause) {
        fail(cause);
    }

    @Override
    public void onComplete() {
        if (!isOver()) {
            complete = true;
            changed.run();
        }
    }

    private void fail(Throwable cause) {
        if (!isOver()) {
            failure = cause;
            changed.run();
        }
    }

    private boolean isOver() {
        return complete || failure != null;
    }
}
