package io.bocadillo;

import io.bocadillo.streams.Overflow;

/**
 * How many events may wait for a client that takes them slowly, and what happens to one for which there is no room.
 *
 * @see Response#events(EventQueue, EventsHandler)
 */
public final class EventQueue {

    /** Who passes news on looks at no stage: an event that is dropped is one that the client must miss. */
    static final EventQueue STANDARD = closeWhenFull(256);

    private final int capacity;
    private final Overflow overflow;

    private EventQueue(int capacity, Overflow overflow) {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "queue of events: expected room for 1 or more, got '" + capacity + "'. Give a number of events.");
        }
        this.capacity = capacity;
        this.overflow = overflow;
    }

    /**
     * The sender should wait for the stage of {@link Events#send}; one that does not gets failed stages when as many
     * again are waiting. {@link IllegalArgumentException} unless the capacity is positive.
     */
    public static EventQueue waiting(int capacity) {
        return new EventQueue(capacity, Overflow.WAIT);
    }

    /** The oldest event makes room: for news that supersede older ones. */
    public static EventQueue dropOldest(int capacity) {
        return new EventQueue(capacity, Overflow.DROP_OLDEST);
    }

    /**
     * The connection of a client that slow is closed, so that it learns that it has missed something; it may come back
     * with {@link Request#lastEventId}.
     */
    public static EventQueue closeWhenFull(int capacity) {
        return new EventQueue(capacity, Overflow.CLOSE);
    }

    int capacity() {
        return capacity;
    }

    Overflow overflow() {
        return overflow;
    }
}
