package io.bocadillo.bench.server;

/**
 * Settings of the container.
 *
 * @param outputBuffer in bytes
 * @param acceptQueue connections; the system cuts it to its own limit, {@code net.core.somaxconn}
 * @param headerCache characters of header fields that each connection remembers, for the next request
 */
record Tuning(
        int acceptors,
        int selectors,
        int maxThreads,
        boolean virtualThreads,
        int outputBuffer,
        int acceptQueue,
        int headerCache) {

    /** Those that Jetty chooses itself for one or two cores, and an accept queue for all that connect at once. */
    static Tuning standard(boolean virtualThreads) {
        return new Tuning(1, 1, 200, virtualThreads, 32 * 1024, 16 * 1024, 1024);
    }

    Tuning withAcceptors(int acceptors) {
        return new Tuning(acceptors, selectors, maxThreads, virtualThreads, outputBuffer, acceptQueue, headerCache);
    }

    Tuning withSelectors(int selectors) {
        return new Tuning(acceptors, selectors, maxThreads, virtualThreads, outputBuffer, acceptQueue, headerCache);
    }

    Tuning withMaxThreads(int maxThreads) {
        return new Tuning(acceptors, selectors, maxThreads, virtualThreads, outputBuffer, acceptQueue, headerCache);
    }

    Tuning withVirtualThreads(boolean virtualThreads) {
        return new Tuning(acceptors, selectors, maxThreads, virtualThreads, outputBuffer, acceptQueue, headerCache);
    }

    Tuning withOutputBuffer(int outputBuffer) {
        return new Tuning(acceptors, selectors, maxThreads, virtualThreads, outputBuffer, acceptQueue, headerCache);
    }

    Tuning withAcceptQueue(int acceptQueue) {
        return new Tuning(acceptors, selectors, maxThreads, virtualThreads, outputBuffer, acceptQueue, headerCache);
    }

    Tuning withHeaderCache(int headerCache) {
        return new Tuning(acceptors, selectors, maxThreads, virtualThreads, outputBuffer, acceptQueue, headerCache);
    }
}
