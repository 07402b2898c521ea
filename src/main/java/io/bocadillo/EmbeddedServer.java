package io.bocadillo;

/** A server in this process, found by {@link java.util.ServiceLoader}: how {@link App#run()} reaches Jetty. */
public interface EmbeddedServer {

    /** The address unless told so in code. */
    SettingKey<String> HOST = SettingKey.text(
            "server.host",
            "The address that app.run() listens at, 0.0.0.0 for all, as with a port by PORT of the environment; else"
                    + " 127.0.0.1.");

    /** The port unless told so in code. */
    SettingKey<Integer> PORT = SettingKey.count(
            "server.port",
            0,
            65_535,
            "The port that app.run() listens at, 0 for a free one; also by PORT in the environment or .env; else 8000.");

    /** Serves the app at the standard address until the process is told to end. */
    void run(App app);

    /** Serves the app at that port, of 127.0.0.1 unless {@link #HOST} is set, until the process is told to end. */
    void run(App app, int port);
}
