package io.bocadillo.multipart;

import java.util.concurrent.Flow;

/** The subscription of a subscriber that gets an error and nothing else. */
final class Refused implements Flow.Subscription {

    private Refused() {}

    static void refuse(Flow.Subscriber<?> subscriber, Throwable why) {
        subscriber.onSubscribe(new Refused());
        subscriber.onError(why);
    }

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
}
