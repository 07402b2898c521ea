package io.bocadillo.bench.server;

/**
 * Settings of the container.
 *
 * @param outputBuffer in bytes
 */
record Tuning(int acceptors, int selectors, int maxThreads, boolean virtualThreads, int outputBuffer) {

    /** Those that Jetty chooses itself for one or two cores. */
    static Tuning standard(boolean virtualThreads) {
        return new Tuning(1, 1, 200, virtualThreads, 32 * 1024);
    }

    Tuning withAcceptors(int acceptors) {
        return new Tuning(acceptors, selectors, maxThreads, virtualThreads, outputBuffer);
    }

    Tuning withSelectors(int selectors) {
        return new Tuning(acceptors, selectors, maxThreads, virtualThreads, outputBuffer);
    }

    Tuning withMaxThreads(int maxThreads) {
        return new Tuning(acceptors, selectors, maxThreads, virtualThreads, outputBuffer);
    }

    Tuning withVirtualThreads(boolean virtualThreads) {
        return new Tuning(acceptors, selectors, maxThreads, virtualThreads, outputBuffer);
    }

    Tuning withOutputBuffer(int outputBuffer) {
        return new Tuning(acceptors, selectors, maxThreads, virtualThreads, outputBuffer);
    }
}
