package io.bocadillo.streams;

/** What happens to an item for which an {@link Outbox} has no room. */
public enum Overflow {
    /**
     * It waits, and so should whoever offers it; as many may wait as there is room for, and what comes on top of that is
     * refused.
     */
    WAIT,

    /** It takes the place of the oldest one. */
    DROP_OLDEST,

    /** It is refused, and the stream fails at once with the disconnect: its client is too slow. */
    CLOSE
}
