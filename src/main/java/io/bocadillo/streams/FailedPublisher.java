package io.bocadillo.streams;

import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;

/** Has nothing to publish but why. */
public record FailedPublisher<T>(Throwable failure) implements Publisher<T> {

    @Override
    public void subscribe(Subscriber<? super T> subscriber) {
        NoSubscription.fail(subscriber, failure);
    }
}
