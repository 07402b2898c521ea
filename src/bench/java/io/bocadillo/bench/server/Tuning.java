package io.bocadillo.bench.server;

/**
 * Settings of the container.
 *
 * @param outputBuffer in bytes
 * @param acceptQueue connections; the system cuts it to its own limit, {@code net.core.somaxconn}
 */
record Tuning(int acceptors, int selectors, int maxThreads, boolean virtualThreads, int outputBuffer, int acceptQueue) {

    /** Those that Jetty chooses itself for one or two cores, and an accept queue for all that connect at once. */
    static Tuning standard(boolean virtualThreads) {
        return new Tuning(1, 1, 200, virtualThreads, 32 * 1024, 16 * 1024);
    }

    Tuning withAcceptors(int acceptors) {
        return new Tuning(acceptors, selectors, maxThreads, virtualThreads, outputBuffer, acceptQueue);
    }

    Tuning withSelectors(int selectors) {
        return new Tuning(acceptors, selectors, maxThreads, virtualThreads, outputBuffer, acceptQueue);
    }

    Tuning withMaxThreads(int maxThreads) {
        return new Tuning(acceptors, selectors, maxThreads, virtualThreads, outputBuffer, acceptQueue);
    }

    Tuning withVirtualThreads(boolean virtualThreads) {
        return new Tuning(acceptors, selectors, maxThreads, virtualThreads, outputBuffer, acceptQueue);
    }

    Tuning withOutputBuffer(int outputBuffer) {
        return new Tuning(acceptors, selectors, maxThreads, virtualThreads, outputBuffer, acceptQueue);
    }

    Tuning withAcceptQueue(int acceptQueue) {
        return new Tuning(acceptors, selectors, maxThreads, virtualThreads, outputBuffer, acceptQueue);
    }
}
