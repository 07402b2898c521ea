package io.bocadillo.streams;

import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** Has nothing to publish but why. */
public record FailedPublisher<T>(Throwable failure) implements Publisher<T> {

    private static final Subscription NOTHING = new Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    };

    @Override
    public void subscribe(Subscriber<? super T> subscriber) {
        subscriber.onSubscribe(NOTHING);
        subscriber.onError(failure);
    }
}
