package io.bocadillo;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** The body of a request as it comes, up to a limit. */
final class RequestStream implements Flow.Publisher<ByteBuffer> {

    private final Flow.Publisher<ByteBuffer> source;
    private final long limit;
    private volatile long lastPiece = System.nanoTime();
    private volatile long received;

    RequestStream(Flow.Publisher<ByteBuffer> source, long limit) {
        this.source = source;
        this.limit = limit;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        source.subscribe(new Metered(subscriber));
    }

    /** The time of the last piece, by {@link System#nanoTime}. */
    long lastPiece() {
        return lastPiece;
    }

    /** How many bytes have come. */
    long received() {
        return received;
    }

    private final class Metered implements Flow.Subscriber<ByteBuffer> {

        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private Flow.Subscription subscription;
        private long count;
        private boolean refused;

        @SuppressWarnings("NullAway.Init") // onSubscribe comes first (Reactive Streams, rule 1.9)
        Metered(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            subscriber.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            lastPiece = System.nanoTime();
            count += piece.remaining();
            received = count;
            if (count <= limit) {
                subscriber.onNext(piece);
            } else if (!refused) {
                refused = true;
                subscription.cancel();
                subscriber.onError(HttpError.contentTooLarge(limit));
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (!refused) {
                subscriber.onError(failure);
            }
        }

        @Override
        public void onComplete() {
            lastPiece = System.nanoTime();
            if (!refused) {
                subscriber.onComplete();
            }
        }
    }
}
