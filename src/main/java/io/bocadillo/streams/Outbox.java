package io.bocadillo.streams;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what many threads offer, in the order of their offers: a bounded queue.
 *
 * <pre>
 *   OPEN ── close() ──▶ CLOSED ── all is taken ──▶ COMPLETE
 *    │                    │
 *    ├────────────────────┴── fail() ──▶ FAILED
 *    │                    │
 *    └────────────────────┴── the subscriber cancels ──▶ LEFT
 * </pre>
 *
 * <p>The subscriber is served on the threads that offer or request, one at a time: one of them may for a while serve
 * what the others offer. Stages complete on these threads, too.
 *
 * @param <T> what it publishes
 */
public final class Outbox<T> implements Publisher<T> {

    private enum State {
        OPEN,
        CLOSED,
        COMPLETE,
        FAILED,
        LEFT
    }

    private final Overflow overflow;
    private final Supplier<? extends Exception> disconnect;
    private final Delivery<T> delivery = new Delivery<>(new Items());
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /** Held for the four below alone, and never while foreign code runs. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Backlog<T> backlog;

    /** What goes if nothing else does; it takes no place in the backlog. */
    private @Nullable T spare;

    private State state = State.OPEN;
    private @Nullable Throwable failure;

    /**
     * Makes an open one.
     *
     * @param capacity how many items it holds, at least 1, else {@link IllegalArgumentException}; with {@link
     *     Overflow#WAIT} as many again may wait
     * @param disconnect what offers meet when the subscriber has cancelled
     */
    public Outbox(int capacity, Overflow overflow, Supplier<? extends Exception> disconnect) {
        this.backlog = new Backlog<>(capacity, overflow == Overflow.DROP_OLDEST);
        this.overflow = overflow;
        this.disconnect = disconnect;
    }

    /**
     * Adds an item, from any thread.
     *
     * @return completes when the next item may come: at once if there was room, else when there is. Fails, and the item
     *     is lost, with {@link IllegalStateException} if too many wait already or the outbox was closed, with the
     *     failure of the stream, or with the disconnect
     */
    public CompletionStage<Void> offer(T item) {
        Objects.requireNonNull(item, "offer: expected an item, got 'null'.");
        CompletionStage<Void> stage;
        lock.lock();
        try {
            if (state == State.OPEN && overflow == Overflow.CLOSE && backlog.isFull()) {
                state = State.FAILED;
                failure = disconnect.get();
                backlog.clear();
            }
            stage = state == State.OPEN ? backlog.add(item) : null;
        } finally {
            lock.unlock();
        }
        delivery.signal();
        return stage == null ? CompletableFuture.failedStage(refusal()) : stage;
    }

    /** Adds an item unless others are on their way anyway: for one that says nothing but that there is somebody. */
    public void offerIfEmpty(T item) {
        lock.lock();
        try {
            if (state != State.OPEN || !backlog.isEmpty()) {
                return;
            }
            spare = item;
        } finally {
            lock.unlock();
        }
        delivery.signal();
    }

    /** Completes the stream after what has been offered; does nothing after another end. */
    public void close() {
        lock.lock();
        try {
            if (state == State.OPEN) {
                state = State.CLOSED;
            }
        } finally {
            lock.unlock();
        }
        delivery.signal();
    }

    /** Whether offers are taken: neither closed nor failed, and the subscriber has not cancelled. */
    public boolean isOpen() {
        lock.lock();
        try {
            return state == State.OPEN;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Fails the stream at once, without what is not yet taken.
     *
     * @return false if it has ended before, so that nobody is told
     */
    public boolean fail(Throwable failure) {
        Objects.requireNonNull(failure, "fail: expected a failure, got 'null'.");
        List<CompletableFuture<Void>> pending;
        lock.lock();
        try {
            if (state != State.OPEN && state != State.CLOSED) {
                return false;
            }
            state = State.FAILED;
            this.failure = failure;
            pending = backlog.clear();
        } finally {
            lock.unlock();
        }
        pending.forEach(stage -> stage.completeExceptionally(failure));
        delivery.signal();
        return true;
    }

    /** Ends it as if a subscriber had cancelled, if it never had one; whoever subscribes afterwards comes second. */
    public void discard() {
        delivery.discard();
    }

    /**
     * Completes when nothing more will be taken: after {@link #close}, when all is taken; else with the failure or the
     * disconnect.
     */
    public CompletionStage<Void> whenEnded() {
        return end.minimalCompletionStage();
    }

    @Override
    public void subscribe(Subscriber<? super T> subscriber) {
        delivery.subscribe(subscriber);
    }

    /** Why nothing can be offered any more. */
    private Throwable refusal() {
        lock.lock();
        try {
            if (failure != null) {
                return failure;
            }
            if (state != State.LEFT) {
                return new IllegalStateException("offer: expected an open outbox, got a closed one. Close it last.");
            }
        } finally {
            lock.unlock();
        }
        return disconnect.get();
    }

    private final class Items implements Source<T> {

        @Override
        public @Nullable T poll() {
            T item;
            CompletableFuture<Void> movedUp;
            lock.lock();
            try {
                item = backlog.isEmpty() ? spare : backlog.poll();
                spare = null;
                movedUp = backlog.pollMovedUp();
            } finally {
                lock.unlock();
            }
            if (movedUp != null) {
                movedUp.complete(null);
            }
            return item;
        }

        @Override
        public boolean isAtEnd() throws Throwable {
            lock.lock();
            try {
                if (failure != null) {
                    throw failure;
                }
                return state == State.CLOSED && backlog.isEmpty();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void release() {
            boolean complete;
            List<CompletableFuture<Void>> pending;
            lock.lock();
            try {
                complete = state == State.CLOSED && backlog.isEmpty();
                if (state != State.FAILED) {
                    state = complete ? State.COMPLETE : State.LEFT;
                }
                pending = backlog.clear();
            } finally {
                lock.unlock();
            }
            if (complete) {
                end.complete(null);
                return;
            }
            Throwable reason = refusal();
            pending.forEach(stage -> stage.completeExceptionally(reason));
            end.completeExceptionally(reason);
        }
    }
}
