package io.bocadillo.streams;

import java.io.IOException;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the tests start from. */
final class Given {

    private Given() {}

    /** A thread for each task. */
    static final Executor THREADS = task -> thread(task).start();

    /** As many as are needed at once, used again. */
    static final Executor POOL = Executors.newCachedThreadPool(Given::thread);

    /** For what a subscriber can't be told: nobody listens. */
    static final Consumer<Throwable> NOBODY = failure -> {};

    static <T> Outbox<T> outbox() {
        return new Outbox<>(16, Overflow.WAIT, () -> new IOException("gone"));
    }

    /** Publishes the items one by one, from the threads that ask. */
    static <T> Flow.Publisher<T> items(Stream<T> items) {
        Iterator<T> iterator = items.iterator();
        return subscriber -> new Delivery<>(new Source<T>() {
                    @Override
                    public @Nullable T poll() {
                        return iterator.hasNext() ? iterator.next() : null;
                    }

                    @Override
                    public boolean isAtEnd() {
                        return !iterator.hasNext();
                    }

                    @Override
                    public void release() {}
                })
                .subscribe(subscriber);
    }

    /** The publisher after it has got its subscriber. */
    static <T> Flow.Publisher<T> taken(Flow.Publisher<T> publisher) {
        MappedPublisher<T, T> single = new MappedPublisher<>(publisher, item -> item);
        Recorder.of(single, 0);
        return single;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "given");
        thread.setDaemon(true);
        return thread;
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("waited in vain");
            }
        } catch (InterruptedException interrupt) {
            throw new AssertionError(interrupt);
        }
    }

    /** A publisher that does what the test tells it to, whether the rules allow it or not. */
    static final class Subscribed<T> implements Flow.Publisher<T>, Flow.Subscription {

        final AtomicInteger cancels = new AtomicInteger();

        private Flow.@Nullable Subscriber<? super T> subscriber;

        Flow.Subscriber<? super T> subscriber() {
            return Objects.requireNonNull(subscriber);
        }

        @Override
        public void subscribe(Flow.Subscriber<? super T> subscriber) {
            this.subscriber = subscriber;
            subscriber.onSubscribe(this);
        }

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {
            cancels.incrementAndGet();
        }
    }
}
