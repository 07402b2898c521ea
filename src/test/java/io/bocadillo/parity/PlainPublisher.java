package io.bocadillo.parity;

import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Publishes as the shortest publisher does, with nothing to guard itself but the rule that it is asked by one at a time
 * (Reactive Streams, 2.7); it fails if that is broken.
 */
final class PlainPublisher implements Flow.Publisher<byte[]> {

    private final int count;

    PlainPublisher(int count) {
        this.count = count;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super byte[]> subscriber) {
        ReentrantLock asking = new ReentrantLock();
        subscriber.onSubscribe(new Flow.Subscription() {

            private int given;
            private boolean over;

            @Override
            public void request(long n) {
                if (!asking.tryLock()) {
                    subscriber.onError(new IllegalStateException("asked by two threads at the same time"));
                    return;
                }
                try {
                    for (long wanted = n; wanted > 0 && given < count; wanted--) {
                        Thread.yield();
                        subscriber.onNext(ResponseStreamViews.piece(given++));
                    }
                    if (given == count && !over) {
                        over = true;
                        subscriber.onComplete();
                    }
                } finally {
                    asking.unlock();
                }
            }

            @Override
            public void cancel() {
                over = true;
                given = count;
            }
        });
    }
}
