package io.bocadillo.streams;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Items up to a capacity, and behind them as many whose stage is pending. Not for use by several threads at once. */
final class Backlog<T> {

    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private final int capacity;
    private final boolean dropsOldest;
    private final Queue<T> items = new ArrayDeque<>();

    /** One for each item beyond the capacity. */
    private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();

    Backlog(int capacity, boolean dropsOldest) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: expected at least 1, got '" + capacity + "'.");
        }
        this.capacity = capacity;
        this.dropsOldest = dropsOldest;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    boolean isFull() {
        return items.size() >= capacity;
    }

    /** Adds an item; the stage completes when it is not beyond the capacity, or fails if it was not added. */
    CompletionStage<Void> add(T item) {
        if (isFull() && dropsOldest) {
            items.remove();
        }
        if (!isFull()) {
            items.add(item);
            return DONE;
        }
        if (waiting.size() == capacity) {
            return CompletableFuture.failedStage(
                    full(2L * capacity, "Wait for the stage of an offer before the next."));
        }
        CompletableFuture<Void> stage = new CompletableFuture<>();
        items.add(item);
        waiting.add(stage);
        return stage;
    }

    @Nullable
    T poll() {
        return items.poll();
    }

    /** After each poll: the stage to complete, because its item is not beyond the capacity any more; null for none. */
    @Nullable
    CompletableFuture<Void> pollMovedUp() {
        return waiting.poll();
    }

    /** Forgets all items, and returns the stages that were pending. */
    List<CompletableFuture<Void>> clear() {
        List<CompletableFuture<Void>> pending = List.copyOf(waiting);
        waiting.clear();
        items.clear();
        return pending;
    }

    private static IllegalStateException full(long most, String remedy) {
        return new IllegalStateException(
                "offer: expected at most " + most + " items not yet taken, got more. " + remedy);
    }
}
