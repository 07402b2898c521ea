package io.bocadillo.bench.server;

/**
 * Settings of the container: to begin with those that Jetty chooses itself for one or two cores, and an accept queue for
 * all that connect at once.
 */
final class Tuning {

    int acceptors = 1;
    int selectors = 1;
    int maxThreads = 200;
    boolean virtualThreads;

    /** In bytes. */
    int outputBuffer = 32 * 1024;

    /** Connections; the system cuts it to its own limit, {@code net.core.somaxconn}. */
    int acceptQueue = 16 * 1024;

    /** Characters of header fields that each connection remembers, for the next request. */
    int headerCache = 1024;
}
