package io.bocadillo.multipart;

import io.bocadillo.routing.Printable;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The content of the current part: what {@link PartsSubscription} hands over in its turns, to one subscriber.
 *
 * <pre>
 *   nobody ── subscribe ──▶ a subscriber ── complete, fail, cancel ──▶ GONE
 *      │                                                                ▲
 *      └── skip, fail ──────────────────────────────────────────────────┘
 * </pre>
 */
final class PartContent implements Flow.Publisher<ByteBuffer>, Flow.Subscription {

    /** What the stream does about this content. */
    enum Mode {
        /** Stays where it is, until somebody subscribes, asks or gives up. */
        WAIT,
        READ,
        SKIP
    }

    /** Nobody, from now on. */
    private static final Flow.Subscriber<ByteBuffer> GONE = new Gone();

    private final String name;
    private final Runnable turn;
    private final Demand demand = new Demand();
    private final AtomicReference<Flow.@Nullable Subscriber<? super ByteBuffer>> subscriber = new AtomicReference<>();
    /** Whether {@code onSubscribe} has returned: no signal may overlap with it. */
    private volatile boolean ready;

    private volatile @Nullable Throwable failure;
    private @Nullable ByteBuffer pending;

    PartContent(String name, Runnable turn) {
        this.name = name;
        this.turn = turn;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> newcomer) {
        Objects.requireNonNull(newcomer);
        if (!subscriber.compareAndSet(null, newcomer)) {
            Throwable why = failure;
            Refused.refuse(newcomer, why == null ? tooLate() : why);
            return;
        }
        newcomer.onSubscribe(this);
        ready = true;
        if (failure != null) {
            signalFailure();
        }
        turn.run();
    }

    @Override
    public void request(long n) {
        demand.add(n);
        turn.run();
    }

    @Override
    public void cancel() {
        demand.cancel();
        turn.run();
    }

    /** In a turn: what to do, given whether the next part has been asked for. */
    Mode mode(boolean nextAsked) {
        Flow.Subscriber<? super ByteBuffer> present = subscriber.get();
        if (present == null) {
            return nextAsked && subscriber.compareAndSet(null, GONE) ? Mode.SKIP : Mode.WAIT;
        }
        IllegalArgumentException invalid = demand.invalid();
        if (present == GONE || demand.isCancelled()) {
            subscriber.set(GONE);
        } else if (!ready) {
            return Mode.WAIT;
        } else if (invalid == null) {
            return pending == null || deliver(present, pending) ? Mode.READ : Mode.WAIT;
        } else {
            subscriber.set(GONE);
            present.onError(invalid);
        }
        pending = null;
        return nextAsked ? Mode.SKIP : Mode.WAIT;
    }

    /** In a turn: whether more of the document has to be read for the one who reads this. */
    boolean isAsked() {
        return demand.isOpen();
    }

    /** In a turn: the next piece, held until it is asked for. */
    void offer(ByteBuffer bytes) {
        if (subscriber.get() != GONE) {
            pending = bytes;
        }
    }

    /** In a turn, and the last one: everything has been handed over. */
    void complete() {
        Flow.Subscriber<? super ByteBuffer> present = subscriber.getAndSet(GONE);
        if (present != null && !demand.isCancelled()) {
            present.onComplete();
        }
    }

    /** In a turn, and the last one: nothing more will come. */
    void fail(Throwable why) {
        failure = why;
        pending = null;
        if (!subscriber.compareAndSet(null, GONE) && ready) {
            signalFailure();
        }
    }

    private boolean deliver(Flow.Subscriber<? super ByteBuffer> present, ByteBuffer bytes) {
        if (!demand.isOpen()) {
            return false;
        }
        pending = null;
        demand.meet();
        present.onNext(bytes);
        return true;
    }

    private void signalFailure() {
        Flow.Subscriber<? super ByteBuffer> present = subscriber.getAndSet(GONE);
        if (present != null && !demand.isCancelled()) {
            present.onError(Objects.requireNonNull(failure));
        }
    }

    private IllegalStateException tooLate() {
        return new IllegalStateException("content of part '" + Printable.of(name)
                + "': expected one subscriber, before the next part is asked for, got another or a late one."
                + " Subscribe in onNext.");
    }

    private static final class Gone implements Flow.Subscriber<ByteBuffer> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {}

        @Override
        public void onNext(ByteBuffer bytes) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
