package io.bocadillo.multipart;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The stream behind a {@link PartsPublisher}: takes buffers from the source, hands parts and content to subscribers.
 *
 * <pre>
 *                 ┌────────────── end of the part ───────────────┐
 *                 ▼                                              │
 *   between two parts ── next part read, and asked for ──▶ in a part
 *         │                                                      │
 *         └── end of the document, cancel, failure ──▶ ended ◀───┘
 * </pre>
 *
 * <p>Everything happens in turns, one at a time, each on the thread that brings the news; news that comes during a
 * turn prolongs it. So signals are serial, and nothing recurses however much a subscriber asks for from within one.
 */
final class PartsSubscription<P> implements Flow.Subscription, Flow.Subscriber<ByteBuffer> {

    private final PartReader reader;
    private final BiFunction<? super PartHead, ? super Flow.Publisher<ByteBuffer>, ? extends P> part;
    private final Function<? super MultipartException, ? extends Throwable> refusal;
    private final Consumer<? super Throwable> lost;
    private final Demand demand = new Demand();
    /** News not dealt with; more than zero during a turn. The first one ends with {@link #start}. */
    private final AtomicInteger news = new AtomicInteger(1);

    private volatile Flow.@Nullable Subscription source;
    private volatile @Nullable ByteBuffer arrived;
    private volatile @Nullable Throwable sourceFailure;
    private volatile boolean sourceDone;

    // Used in turns alone.
    private Flow.@Nullable Subscriber<? super P> subscriber;
    private ByteBuffer inHand = ByteBuffer.allocate(0);
    private boolean asked;
    private @Nullable PartHead next;
    private @Nullable PartContent current;

    PartsSubscription(
            PartReader reader,
            BiFunction<? super PartHead, ? super Flow.Publisher<ByteBuffer>, ? extends P> part,
            Function<? super MultipartException, ? extends Throwable> refusal,
            Consumer<? super Throwable> lost,
            Flow.Subscriber<? super P> subscriber) {
        this.reader = reader;
        this.part = part;
        this.refusal = refusal;
        this.lost = lost;
        this.subscriber = subscriber;
    }

    void start(Flow.Subscriber<? super P> subscriber) {
        subscriber.onSubscribe(this);
        takeTurn();
    }

    @Override
    public void request(long n) {
        demand.add(n);
        turn();
    }

    @Override
    public void cancel() {
        demand.cancel();
        turn();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        Objects.requireNonNull(subscription);
        if (source == null) {
            source = subscription;
            turn();
        } else {
            subscription.cancel();
        }
    }

    @Override
    public void onNext(ByteBuffer bytes) {
        arrived = Objects.requireNonNull(bytes);
        turn();
    }

    @Override
    public void onError(Throwable failure) {
        sourceFailure = Objects.requireNonNull(failure);
        turn();
    }

    @Override
    public void onComplete() {
        sourceDone = true;
        turn();
    }

    private void turn() {
        if (news.getAndIncrement() == 0) {
            takeTurn();
        }
    }

    private void takeTurn() {
        int known;
        do {
            known = news.get();
            boolean moved = true;
            while (moved) {
                moved = move();
            }
        } while (!news.compareAndSet(known, 0));
    }

    /** Takes a step. Nothing escapes from it, or no turn would be taken any more. */
    private boolean move() {
        try {
            return step();
        } catch (Throwable thrown) {
            failAfter(thrown);
            return false;
        }
    }

    private void failAfter(Throwable thrown) {
        Flow.Subscriber<? super P> to = subscriber;
        if (to == null) {
            lost.accept(thrown);
            return;
        }
        try {
            fail(to, thrown);
        } catch (Throwable again) {
            lost.accept(again);
        }
    }

    /** Does one thing, and says whether there may be another to do. */
    private boolean step() {
        // Read first: a buffer that arrived before the end is seen, if the end is.
        boolean done = sourceDone;
        Throwable failed = sourceFailure;
        takeArrived();
        Flow.Subscriber<? super P> to = subscriber;
        IllegalArgumentException invalid = demand.invalid();
        if (to == null) {
            cancelSource();
        } else if (demand.isCancelled()) {
            end(new CancellationException("parts: expected to be read to their end, got cancelled."));
        } else if (invalid != null) {
            fail(to, invalid);
        } else if (advance(to, done)) {
            return true;
        } else if (failed != null && subscriber != null) {
            // Whatever came before it has been handed over, to those who had asked.
            fail(to, failed);
        }
        return false;
    }

    private boolean advance(Flow.Subscriber<? super P> to, boolean done) {
        try {
            return next == null ? read(to, done) : publish(to, next);
        } catch (MultipartException refused) {
            fail(to, refusal.apply(refused));
            return false;
        }
    }

    private void takeArrived() {
        ByteBuffer bytes = arrived;
        if (bytes != null) {
            arrived = null;
            asked = false;
            inHand = bytes;
        }
    }

    private boolean publish(Flow.Subscriber<? super P> to, PartHead head) {
        if (!demand.isOpen()) {
            return false;
        }
        PartContent content = new PartContent(head.name(), this::turn);
        current = content;
        next = null;
        demand.meet();
        to.onNext(part.apply(head, content));
        return true;
    }

    private boolean read(Flow.Subscriber<? super P> to, boolean done) {
        PartContent content = current;
        PartContent.Mode mode = content == null ? PartContent.Mode.READ : content.mode(demand.isOpen());
        if (mode == PartContent.Mode.WAIT) {
            return false;
        }
        switch (reader.next(inHand)) {
            case PART -> next = reader.head();
            case DATA -> Objects.requireNonNull(content).offer(reader.data());
            case END_OF_PART -> {
                current = null;
                Objects.requireNonNull(content).complete();
            }
            case NONE -> {
                boolean skips = mode == PartContent.Mode.SKIP;
                readOn(to, done, content == null || skips ? demand.isOpen() : content.isAsked());
                return false;
            }
        }
        return true;
    }

    private void readOn(Flow.Subscriber<? super P> to, boolean done, boolean wanted) {
        Flow.Subscription open = source;
        if (done) {
            reader.end();
            subscriber = null;
            to.onComplete();
        } else if (wanted && !asked && open != null && sourceFailure == null) {
            asked = true;
            open.request(1);
        }
    }

    private void fail(Flow.Subscriber<? super P> to, Throwable why) {
        try {
            end(why);
        } finally {
            to.onError(why);
        }
    }

    private void end(Throwable why) {
        PartContent content = current;
        subscriber = null;
        current = null;
        next = null;
        inHand = ByteBuffer.allocate(0);
        cancelSource();
        if (content != null) {
            content.fail(why);
        }
    }

    private void cancelSource() {
        Flow.Subscription open = source;
        // Not from within its last signal (Reactive Streams 2.3).
        if (open != null && !sourceDone && sourceFailure == null) {
            open.cancel();
        }
    }
}
