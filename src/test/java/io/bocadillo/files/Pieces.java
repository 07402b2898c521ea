package io.bocadillo.files;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A subscriber that keeps what it gets; it asks for nothing itself unless it is told to take all. */
final class Pieces implements Flow.Subscriber<ByteBuffer> {

    private static final int WAIT = 20;

    final List<ByteBuffer> pieces = new CopyOnWriteArrayList<>();
    final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final long first;
    private final long next;

    private Pieces(long first, long next) {
        this.first = first;
        this.next = next;
    }

    /** Asks for nothing: the test does. */
    static Pieces of(Flow.Publisher<ByteBuffer> body) {
        return subscribed(body, new Pieces(0, 0));
    }

    /** Takes all, as a writer does: two pieces at first, one more for each. */
    static byte[] all(Flow.Publisher<ByteBuffer> body) {
        Pieces pieces = subscribed(body, new Pieces(2, 1));
        pieces.awaitEnd();
        return pieces.bytes();
    }

    private static Pieces subscribed(Flow.Publisher<ByteBuffer> body, Pieces pieces) {
        body.subscribe(pieces);
        return pieces;
    }

    Flow.Subscription subscription() {
        return subscription.orTimeout(WAIT, TimeUnit.SECONDS).join();
    }

    /** Waits for the end; an error is thrown as the cause of a {@code CompletionException}. */
    void awaitEnd() {
        end.orTimeout(WAIT, TimeUnit.SECONDS).join();
    }

    boolean hasEnded() {
        return end.isDone();
    }

    @Nullable
    Throwable error() {
        return end.handle((nothing, error) -> error)
                .orTimeout(WAIT, TimeUnit.SECONDS)
                .join();
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        pieces.forEach(piece -> bytes.write(piece.array(), piece.position(), piece.remaining()));
        return bytes.toByteArray();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription.complete(given);
        if (first > 0) {
            given.request(first);
        }
    }

    @Override
    public void onNext(ByteBuffer piece) {
        pieces.add(piece);
        threads.add(Thread.currentThread());
        if (next > 0) {
            subscription().request(next);
        }
    }

    @Override
    public void onError(Throwable error) {
        end.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }
}
