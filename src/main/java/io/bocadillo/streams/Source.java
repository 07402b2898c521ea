package io.bocadillo.streams;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Delivery} delivers; asked by one thread at a time, with everything visible that happened before a
 * {@link Delivery#signal} as far as it was written under a lock or is volatile.
 */
interface Source<T> {

    /** Returns the next item, asked for only where there is demand; null when there is none now, or none any more. */
    @Nullable
    T poll() throws Exception;

    /** Whether everything has been polled and nothing will come; throws what the stream fails with. */
    boolean isAtEnd() throws Throwable;

    /** Lets go of everything, called exactly once: at the end, at a failure, or when nobody wants the rest. */
    void release() throws Exception;
}
