package io.bocadillo.streams;

import java.util.Objects;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The items of another publisher, each mapped; demand and cancel pass through to it.
 *
 * <p>An item that can't be mapped cancels the source and fails this publisher with what the mapping threw.
 *
 * @param <T> of the source
 * @param <R> of this publisher
 */
public final class MappedPublisher<T, R> implements Publisher<R> {

    private final Publisher<? extends T> source;
    private final Function<? super T, ? extends R> mapping;
    private final UnaryOperator<Throwable> failures;
    private final AtomicBoolean taken = new AtomicBoolean();

    /**
     * Maps what a publisher publishes, once there is a subscriber.
     *
     * @param mapping returns no null; runs on the thread that publishes
     */
    public MappedPublisher(Publisher<? extends T> source, Function<? super T, ? extends R> mapping) {
        this(source, mapping, UnaryOperator.identity());
    }

    /** The same, with what the source fails with mapped too. */
    public MappedPublisher(
            Publisher<? extends T> source,
            Function<? super T, ? extends R> mapping,
            UnaryOperator<Throwable> failures) {
        this.source = source;
        this.mapping = mapping;
        this.failures = failures;
    }

    @Override
    public void subscribe(Subscriber<? super R> subscriber) {
        Objects.requireNonNull(subscriber, "subscribe: expected a subscriber, got 'null'.");
        if (taken.compareAndSet(false, true)) {
            source.subscribe(new Mapping<T, R>(mapping, failures, subscriber));
        } else {
            NoSubscription.refuse(subscriber);
        }
    }

    /** Stands between the two; signals come one at a time (1.3). */
    private static final class Mapping<T, R> implements Subscriber<T> {

        private final Function<? super T, ? extends R> mapping;
        private final UnaryOperator<Throwable> failures;
        private final Subscriber<? super R> subscriber;
        private @Nullable Subscription subscription;
        private boolean over;

        Mapping(
                Function<? super T, ? extends R> mapping,
                UnaryOperator<Throwable> failures,
                Subscriber<? super R> subscriber) {
            this.mapping = mapping;
            this.failures = failures;
            this.subscriber = subscriber;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (this.subscription != null) {
                subscription.cancel();
                return;
            }
            this.subscription = subscription;
            subscriber.onSubscribe(subscription);
        }

        @Override
        public void onNext(T item) {
            if (over) {
                return;
            }
            R mapped;
            try {
                mapped = Objects.requireNonNull(mapping.apply(item), "mapping: expected an item, got 'null'.");
            } catch (Throwable failure) {
                Objects.requireNonNull(subscription).cancel();
                fail(failure);
                return;
            }
            subscriber.onNext(mapped);
        }

        @Override
        public void onError(Throwable failure) {
            fail(failures.apply(failure));
        }

        private void fail(Throwable failure) {
            if (!over) {
                over = true;
                subscriber.onError(failure);
            }
        }

        @Override
        public void onComplete() {
            if (!over) {
                over = true;
                subscriber.onComplete();
            }
        }
    }
}
