package io.bocadillo.files;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/** Publishes segments of a file, once. */
final class FileBody implements Flow.Publisher<ByteBuffer> {

    private static final Flow.Subscription NOTHING = new Flow.Subscription() {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    };

    private final Representation file;
    private final List<Segment> segments;
    private final Executor executor;
    private final AtomicBoolean isTaken = new AtomicBoolean();

    FileBody(Representation file, List<Segment> segments, Executor executor) {
        this.file = file;
        this.segments = segments;
        this.executor = executor;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        Objects.requireNonNull(subscriber);
        if (isTaken.compareAndSet(false, true)) {
            new FileSubscription(new SegmentReader(file, segments), executor, subscriber).start();
        } else {
            subscriber.onSubscribe(NOTHING);
            subscriber.onError(new IllegalStateException(
                    "body of a file: expected one subscriber, got another. Answer with the file once more."));
        }
    }
}
