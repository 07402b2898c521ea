package io.bocadillo.files;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Hands out a file as it is asked for.
 *
 * <p>Whoever asks or cancels only leaves word; a task on the executor acts on it, one at a time:
 *
 * <pre>
 * idle --request, cancel--> running --nothing left to do--> idle
 *                              |
 *                              +--cancelled, failed, at the end--> over: file closed, subscriber forgotten
 * </pre>
 */
final class FileSubscription implements Flow.Subscription, Runnable {

    private final SegmentReader reader;
    private final Executor executor;

    /** Null when it is over. */
    private volatile Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;

    /** How often word was left that the task has not seen; from 0 on it is started. {@link #start} counts as a task. */
    private final AtomicInteger unseen = new AtomicInteger(1);

    private final AtomicLong demand = new AtomicLong();
    private volatile boolean isCancelled;
    private volatile @Nullable RuntimeException failure;

    FileSubscription(SegmentReader reader, Executor executor, Flow.Subscriber<? super ByteBuffer> subscriber) {
        this.reader = reader;
        this.executor = executor;
        this.subscriber = subscriber;
    }

    /** Nothing is handed out before {@code onSubscribe} has returned; an empty body ends without being asked for. */
    void start() {
        Flow.Subscriber<? super ByteBuffer> starting = subscriber;
        if (starting != null) {
            starting.onSubscribe(this);
            if (reader.isAtEnd() || unseen.decrementAndGet() > 0) {
                execute();
            }
        }
    }

    @Override
    public void request(long count) {
        if (count > 0) {
            demand.accumulateAndGet(count, (sum, more) -> sum + more < 0 ? Long.MAX_VALUE : sum + more);
        } else {
            failure = new IllegalArgumentException("request: expected a positive number, got '" + count + "'.");
        }
        wake();
    }

    @Override
    public void cancel() {
        isCancelled = true;
        wake();
    }

    @Override
    public void run() {
        int seen = unseen.get();
        do {
            handOut();
            seen = unseen.addAndGet(-seen);
        } while (seen > 0);
    }

    private void wake() {
        if (subscriber != null && unseen.getAndIncrement() == 0) {
            execute();
        }
    }

    private void execute() {
        try {
            executor.execute(this);
        } catch (RejectedExecutionException rejected) {
            failure = rejected;
            run(); // Reads nothing: it closes the file and says why.
        }
    }

    private void handOut() {
        Flow.Subscriber<? super ByteBuffer> receiver = subscriber;
        while (receiver != null && !isCancelled) {
            RuntimeException failed = failure;
            if (failed != null) {
                end();
                receiver.onError(failed);
                return;
            }
            if (reader.isAtEnd()) {
                end();
                receiver.onComplete();
                return;
            }
            if (demand.get() == 0) {
                return;
            }
            handOutOne(receiver);
            receiver = subscriber;
        }
        end();
    }

    private void handOutOne(Flow.Subscriber<? super ByteBuffer> receiver) {
        ByteBuffer piece;
        try {
            piece = reader.read();
        } catch (Throwable unreadable) { // An OutOfMemoryError too: nobody else would tell the subscriber.
            end();
            receiver.onError(unreadable);
            return;
        }
        if (isCancelled) {
            return;
        }
        demand.updateAndGet(sum -> sum == Long.MAX_VALUE ? sum : sum - 1);
        try {
            receiver.onNext(piece);
        } catch (Throwable broken) {
            end(); // A subscriber must not throw; one that does is not called again.
            throw broken;
        }
    }

    private void end() {
        subscriber = null;
        reader.close();
    }
}
