package io.bocadillo.testing;

import io.bocadillo.ClientDisconnect;
import io.bocadillo.Response;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The client's end of an answer, which takes a streamed body one piece at a time. */
final class Received implements Flow.Subscriber<ByteBuffer> {

    private static final int PATIENCE_SECONDS = 30;

    private record Signal(
            @Nullable ByteBuffer piece, @Nullable Throwable failure) {}

    private static final Signal END = new Signal(null, null);

    private final Response response;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private @Nullable Signal first;
    private Flow.@Nullable Subscription subscription;
    private boolean over;
    private long bytes;

    private Received(Response response) {
        this.response = response;
    }

    /** Takes the answer as a server would: one whose stream fails before its first piece is not the one that goes out. */
    static Received of(Response response) throws InterruptedException {
        Received received = new Received(response);
        Flow.Publisher<ByteBuffer> body = response.bodyStream();
        if (!response.sendsBody()) {
            received.signals.add(END);
        } else if (body == null) {
            received.signals.add(new Signal(ByteBuffer.wrap(response.body()), null));
            received.signals.add(END);
        } else {
            body.subscribe(received);
            Signal first = received.await();
            if (first.failure() != null) {
                return of(response.insteadAfter(first.failure()));
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
        Signal signal = over ? END : await();
        if (signal.failure() != null) {
            close(signal.failure());
            throw new IllegalStateException("answer: expected to be whole, got one that breaks off.", signal.failure());
        }
        if (signal.piece() == null) {
            close(null);
        } else {
            bytes += signal.piece().remaining();
            if (subscription != null) {
                subscription.request(1);
            }
        }
        return signal.piece();
    }

    /** The client goes, whatever is still to come; waits for the tasks that follow. */
    void close() {
        if (subscription != null && !over) {
            subscription.cancel();
        }
        close(over ? null : new ClientDisconnect(null));
    }

    private void close(@Nullable Throwable failure) {
        if (!over) {
            over = true;
            response.sent(failure, bytes).toCompletableFuture().join();
        }
    }

    private Signal await() throws InterruptedException {
        Signal held = first;
        if (held != null) {
            first = null;
            return held;
        }
        Signal signal = signals.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (signal == null) {
            throw new IllegalStateException("answer: expected a piece of its stream within " + PATIENCE_SECONDS
                    + " s, got none. Let the view send one, or end the stream.");
        }
        return signal;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(1);
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
