package io.bocadillo.multipart;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The parts of a {@code multipart/form-data} document as its subscriber asks for them, each with a publisher of its
 * content, which is part of the same stream: the next part comes after it.
 *
 * <p>The document is read as far as somebody has asked for content, or for the next part, and no further; no more than one
 * buffer of it is in hand. Content without a subscriber, or whose subscriber has cancelled, is skipped when the next
 * part is asked for. A subscriber that wants content therefore asks for one part at a time, or subscribes to the content
 * before it returns from {@code onNext}.
 *
 * <p>A malformed document and a failure of the source reach the subscriber of the current content, then that of the
 * parts. Cancelling the parts cancels the source, and fails the current content. There is one subscriber for the parts,
 * and one for each content; a second one gets {@link IllegalStateException}. Publishers and subscriptions may be
 * used by any thread. A subscriber that throws, which it may not (Reactive Streams 2.13), ends the stream.
 *
 * @param <P> what a part is made into
 */
public final class PartsPublisher<P> implements Flow.Publisher<P> {

    private final Flow.Publisher<ByteBuffer> source;
    private final PartReader reader;
    private final BiFunction<? super PartHead, ? super Flow.Publisher<ByteBuffer>, ? extends P> part;
    private final Function<? super MultipartException, ? extends Throwable> refusal;
    private final Consumer<? super Throwable> lost;
    private final AtomicBoolean subscribed = new AtomicBoolean();

    /**
     * Creates the publisher for one document.
     *
     * @param source its bytes; a buffer belongs to this publisher once it has been published
     * @param boundary what {@link Boundary#in} has found
     * @param part makes a part of its head and the publisher of its content
     * @param refusal makes what subscribers get of the exception that says why the document is refused
     * @param lost gets what the subscriber throws out of its last signal, of which nobody else would hear
     * @throws MultipartException 400 for an invalid boundary
     */
    public PartsPublisher(
            Flow.Publisher<ByteBuffer> source,
            String boundary,
            Limits limits,
            BiFunction<? super PartHead, ? super Flow.Publisher<ByteBuffer>, ? extends P> part,
            Function<? super MultipartException, ? extends Throwable> refusal,
            Consumer<? super Throwable> lost) {
        this.source = source;
        this.reader = new PartReader(boundary, limits);
        this.part = part;
        this.refusal = refusal;
        this.lost = lost;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super P> subscriber) {
        Objects.requireNonNull(subscriber);
        if (subscribed.compareAndSet(false, true)) {
            PartsSubscription<P> subscription = new PartsSubscription<>(reader, part, refusal, lost, subscriber);
            subscription.start(subscriber);
            source.subscribe(subscription);
        } else {
            Refused.refuse(
                    subscriber,
                    new IllegalStateException(
                            "parts: expected one subscriber, got a second. Share what the first gets."));
        }
    }
}
