package io.bocadillo;

/** A server in this process, found by {@link java.util.ServiceLoader}: how {@link App#run()} reaches Jetty. */
public interface EmbeddedServer {

    /** Serves the app at the standard address until the process is told to end. */
    void run(App app);

    /** Serves the app at 127.0.0.1 and that port until the process is told to end. */
    void run(App app, int port);
}
