package io.bocadillo.containers;

import java.util.concurrent.atomic.AtomicBoolean;

/** A server that runs; closing it stops it, the second time does nothing. */
public final class Running implements AutoCloseable {

    private final Home home;
    private final int port;
    private final AutoCloseable server;
    private final ContainerLog log;
    private final AtomicBoolean closed = new AtomicBoolean();

    Running(Home home, int port, AutoCloseable server, ContainerLog log) {
        this.home = home;
        this.port = port;
        this.server = server;
        this.log = log;
    }

    public Home home() {
        return home;
    }

    public int port() {
        return port;
    }

    /** The log of the container, which all its servers write to. */
    public ContainerLog log() {
        return log;
    }

    /** A new connection to it. */
    public Wire connect() {
        return new Wire(port);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            server.close();
        } catch (Exception failure) {
            throw new IllegalStateException("server did not stop", failure);
        }
    }
}
