package io.bocadillo.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A source that hands out a buffer for each request, at once, and remembers what was asked of it. */
final class Buffers implements Flow.Publisher<ByteBuffer>, Flow.Subscription {

    private final Iterator<String> texts;
    private final @Nullable Throwable end;
    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    volatile long requested;
    volatile boolean cancelled;

    private Buffers(Iterator<String> texts, @Nullable Throwable end) {
        this.texts = texts;
        this.end = end;
    }

    static Buffers of(String... texts) {
        return new Buffers(Stream.of(texts).iterator(), null);
    }

    static Buffers of(Stream<String> texts) {
        return new Buffers(texts.iterator(), null);
    }

    /** Fails once all texts have been asked for. */
    static Buffers failing(Throwable failure, String... texts) {
        return new Buffers(Stream.of(texts).iterator(), failure);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> first) {
        subscriber = first;
        first.onSubscribe(this);
        endIfOver(first);
    }

    @Override
    public void request(long n) {
        Flow.Subscriber<? super ByteBuffer> present = subscriber;
        if (n != 1) {
            throw new AssertionError("asked for " + n + " buffers at once");
        }
        requested++;
        if (present != null && texts.hasNext()) {
            present.onNext(ByteBuffer.wrap(texts.next().getBytes(ISO_8859_1)));
            endIfOver(present);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        subscriber = null;
    }

    private void endIfOver(Flow.Subscriber<? super ByteBuffer> present) {
        if (!texts.hasNext() && subscriber != null) {
            subscriber = null;
            if (end == null) {
                present.onComplete();
            } else {
                present.onError(end);
            }
        }
    }
}
