package io.bocadillo.streams;

import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** The subscription of whoever gets nothing but an error, which has to come before it all the same (rule 1.9). */
enum NoSubscription implements Subscription {
    INSTANCE;

    static void fail(Subscriber<?> subscriber, Throwable failure) {
        subscriber.onSubscribe(INSTANCE);
        subscriber.onError(failure);
    }

    /** For whoever comes second (rule 1.11). */
    static void refuse(Subscriber<?> second) {
        fail(
                second,
                new IllegalStateException(
                        "subscribe: expected one subscriber, got a second one. Make a publisher for each."));
    }

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
}
