package io.bocadillo.streams;

import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** The subscription of whoever comes second: told so as rules 1.9 and 1.11 have it. */
enum SecondSubscriber implements Subscription {
    INSTANCE;

    static void refuse(Subscriber<?> subscriber) {
        subscriber.onSubscribe(INSTANCE);
        subscriber.onError(new IllegalStateException(
                "subscribe: expected one subscriber, got a second one. Make a publisher for each."));
    }

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
}
