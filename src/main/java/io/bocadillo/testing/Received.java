package io.bocadillo.testing;

import io.bocadillo.ClientDisconnect;
import io.bocadillo.Response;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The client's end of an answer, which takes a streamed body one piece at a time. */
final class Received implements Flow.Subscriber<ByteBuffer>, AutoCloseable {

    private record Signal(
            @Nullable ByteBuffer piece, @Nullable Throwable failure) {}

    private static final Signal END = new Signal(null, null);

    private final Response response;
    private final Duration patience;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private @Nullable Signal first;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean over;
    private long bytes;

    private Received(Response response, Duration patience) {
        this.response = response;
        this.patience = patience;
    }

    /** Takes the answer as a server would: one whose stream fails before its first piece is not the one that goes out. */
    static Received of(Response response, Duration patience) throws InterruptedException {
        Received received = new Received(response, patience);
        Flow.Publisher<ByteBuffer> body = response.bodyStream();
        if (!response.sendsBody()) {
            received.signals.add(END);
        } else if (body == null) {
            received.signals.add(new Signal(ByteBuffer.wrap(response.body()), null));
            received.signals.add(END);
        } else {
            body.subscribe(received);
            Signal first = received.awaitFirst();
            if (first.failure() != null) {
                return of(response.insteadAfter(first.failure()), patience);
            }
            received.first = first;
        }
        return received;
    }

    Response response() {
        return response;
    }

    /** The next piece that is not empty; null at the end. Fails if the answer breaks off, or nothing comes. */
    @Nullable
    ByteBuffer next() throws InterruptedException {
        ByteBuffer piece = take();
        while (piece != null && !piece.hasRemaining()) {
            piece = take();
        }
        return piece;
    }

    private @Nullable ByteBuffer take() throws InterruptedException {
        if (over) {
            return null;
        }
        Signal signal = await();
        if (signal.failure() != null) {
            end(signal.failure());
            throw new IllegalStateException("answer: expected to be whole, got one that breaks off.", signal.failure());
        }
        if (signal.piece() == null) {
            end(null);
            return null;
        }
        bytes += signal.piece().remaining();
        Flow.Subscription open = subscription;
        if (open != null) {
            open.request(1);
        }
        return signal.piece();
    }

    /** The client goes, whatever is still to come; waits for the tasks that follow. */
    @Override
    public void close() {
        if (over) {
            return;
        }
        over = true;
        Flow.Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
        end(new ClientDisconnect(null));
    }

    private void end(@Nullable Throwable failure) {
        over = true;
        response.sent(failure, bytes).toCompletableFuture().join();
    }

    /** Nobody has this yet who could close it. */
    private Signal awaitFirst() throws InterruptedException {
        try {
            return await();
        } catch (InterruptedException | IllegalStateException gone) {
            close();
            throw gone;
        }
    }

    private Signal await() throws InterruptedException {
        Signal held = first;
        if (held != null) {
            first = null;
            return held;
        }
        Signal signal = signals.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (signal == null) {
            throw new IllegalStateException("answer: expected a piece of its stream within " + patience.toMillis()
                    + " ms, got none. Let the view send one, or end the stream.");
        }
        return signal;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        if (over) {
            subscription.cancel();
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onNext(ByteBuffer piece) {
        signals.add(new Signal(piece, null));
    }

    @Override
    public void onError(Throwable failure) {
        signals.add(new Signal(null, failure));
    }

    @Override
    public void onComplete() {
        signals.add(END);
    }
}
