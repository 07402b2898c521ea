package io.bocadillo.multipart;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What one subscriber has asked for and not got yet (Reactive Streams, sections 3.6 to 3.17). */
final class Demand {

    private final AtomicLong open = new AtomicLong();
    private volatile boolean cancelled;
    private volatile @Nullable IllegalArgumentException invalid;

    void add(long n) {
        if (n <= 0) {
            invalid = new IllegalArgumentException(
                    "request: expected 1 or more, got '" + n + "' (Reactive Streams 3.9).");
        } else {
            open.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
        }
    }

    void cancel() {
        cancelled = true;
    }

    /** What a subscriber gets that has asked for less than one; null for all others. */
    @Nullable
    IllegalArgumentException invalid() {
        return invalid;
    }

    boolean isCancelled() {
        return cancelled;
    }

    boolean isOpen() {
        return open.get() > 0;
    }

    /** One less, unless it is endless. */
    void meet() {
        open.updateAndGet(n -> n == Long.MAX_VALUE ? n : n - 1);
    }
}
