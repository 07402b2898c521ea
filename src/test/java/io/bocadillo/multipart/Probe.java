package io.bocadillo.multipart;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A subscriber that asks when it is told to, and writes down what it gets. */
final class Probe<T> implements Flow.Subscriber<T> {

    final List<T> items = new CopyOnWriteArrayList<>();
    volatile @Nullable Throwable failure;
    volatile boolean complete;
    private volatile Flow.@Nullable Subscription subscription;
    private final Consumer<? super T> then;

    private Probe(Consumer<? super T> then) {
        this.then = then;
    }

    static <T> Probe<T> of(Flow.Publisher<T> publisher) {
        return of(publisher, item -> {});
    }

    static <T> Probe<T> of(Flow.Publisher<T> publisher, Consumer<? super T> then) {
        Probe<T> probe = new Probe<>(then);
        publisher.subscribe(probe);
        return probe;
    }

    Probe<T> request(long n) {
        Objects.requireNonNull(subscription).request(n);
        return this;
    }

    void cancel() {
        Objects.requireNonNull(subscription).cancel();
    }

    T last() {
        return items.get(items.size() - 1);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
    }

    @Override
    public void onNext(T item) {
        items.add(item);
        then.accept(item);
    }

    @Override
    public void onError(Throwable why) {
        failure = why;
    }

    @Override
    public void onComplete() {
        complete = true;
    }
}
