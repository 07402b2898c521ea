package io.bocadillo.testing;

import io.bocadillo.App;
import io.bocadillo.jetty.JettyRunner;
import io.bocadillo.jetty.JettyServer;
import java.net.URI;
import java.time.Duration;

/** An app on a real Jetty at a free port of this machine, for tests with a real client. */
public final class LiveServer implements AutoCloseable {

    private final JettyServer server;

    private LiveServer(JettyServer server) {
        this.server = server;
    }

    /** Starts the app; {@link io.bocadillo.StartupError} if it has a mistake. */
    public static LiveServer start(App app) {
        return new LiveServer(JettyRunner.server(app)
                .host("127.0.0.1")
                .port(0)
                .gracePeriod(Duration.ZERO)
                .start());
    }

    /** The URL of a path of the app, from its slash, with a query if there is one. */
    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    /** The port it listens at. */
    public int port() {
        return server.port();
    }

    /** Stops server and app at once: what is in flight is cut off. */
    @Override
    public void close() {
        server.stop();
    }
}
