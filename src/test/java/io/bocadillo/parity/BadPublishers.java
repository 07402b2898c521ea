package io.bocadillo.parity;

import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** Publishers against the rules of Reactive Streams, by name. */
final class BadPublishers {

    private BadPublishers() {}

    static Flow.Publisher<Object> of(String kind) {
        return switch (kind) {
            case "throws-in-subscribe" ->
                subscriber -> {
                    throw new IllegalStateException("subscribe against the rules");
                };
            case "throws-in-request" ->
                subscriber -> subscriber.onSubscribe(asked(n -> {
                    throw new IllegalStateException("request against the rules");
                }));
            case "null-first" -> once(subscriber -> subscriber.onNext(null));
            case "null-later" ->
                once(subscriber -> {
                    subscriber.onNext("first");
                    subscriber.onNext(null);
                });
            case "wrong-type" -> once(subscriber -> subscriber.onNext(42));
            case "more-than-asked" ->
                once(subscriber -> {
                    for (int i = 0; i < 100; i++) {
                        subscriber.onNext("piece");
                    }
                    subscriber.onComplete();
                });
            case "two-errors" ->
                once(subscriber -> {
                    subscriber.onError(new IllegalStateException("one"));
                    subscriber.onError(new IllegalStateException("two"));
                    subscriber.onComplete();
                });
            case "two-completes" ->
                once(subscriber -> {
                    subscriber.onNext("whole");
                    subscriber.onComplete();
                    subscriber.onComplete();
                    subscriber.onNext("more");
                    subscriber.onError(new IllegalStateException("late"));
                });
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Flow.Publisher<Object> once(Consumer<Flow.Subscriber<? super Object>> signals) {
        return subscriber -> {
            boolean[] begun = {false};
            subscriber.onSubscribe(asked(n -> {
                if (!begun[0]) {
                    begun[0] = true;
                    signals.accept(subscriber);
                }
            }));
        };
    }

    private static Flow.Subscription asked(Consumer<Long> request) {
        return new Flow.Subscription() {
            @Override
            public void request(long n) {
                request.accept(n);
            }

            @Override
            public void cancel() {}
        };
    }
}
