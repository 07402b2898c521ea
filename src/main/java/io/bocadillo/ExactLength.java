package io.bocadillo;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A body that fails unless it has the declared length: the client must not take more or less for whole. */
record ExactLength(Flow.Publisher<ByteBuffer> source, long length) implements Flow.Publisher<ByteBuffer> {

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        source.subscribe(new Counting(subscriber));
    }

    private final class Counting implements Flow.Subscriber<ByteBuffer> {

        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private Flow.@Nullable Subscription subscription;
        private long count;
        private boolean over;

        Counting(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            subscriber.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            count += piece.remaining();
            if (count <= length) {
                subscriber.onNext(piece);
            } else if (!over && subscription != null) {
                subscription.cancel();
                fail("more");
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (!over) {
                subscriber.onError(failure);
            }
        }

        @Override
        public void onComplete() {
            if (over) {
                return;
            }
            if (count == length) {
                subscriber.onComplete();
            } else {
                fail(count + " bytes");
            }
        }

        private void fail(String got) {
            over = true;
            subscriber.onError(new IllegalStateException("stream: expected " + length + " bytes as declared, got " + got
                    + ". Declare its length, or none."));
        }
    }
}
