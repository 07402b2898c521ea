package io.bocadillo.jetty;

import io.bocadillo.App;
import io.bocadillo.EmbeddedServer;
import io.bocadillo.StartupError;

/** What {@link App#run()} finds; the only class of this package that can be loaded without Jetty. */
public final class JettyRunner implements EmbeddedServer {

    /** Creates the runner; called by {@link java.util.ServiceLoader}. */
    public JettyRunner() {}

    /** Creates a server for the app; {@link StartupError} if Jetty, or a part of it, is not on the class path. */
    public static JettyServer server(App app) {
        try {
            return new JettyServer(app);
        } catch (NoClassDefFoundError missing) {
            throw new StartupError("embedded server: expected Jetty 12.1 on the class path, got no '"
                    + missing.getMessage() + "'. Add the dependency org.eclipse.jetty.ee10:jetty-ee10-servlet.");
        }
    }

    @Override
    public void run(App app) {
        server(app).run();
    }

    @Override
    public void run(App app, int port) {
        server(app).port(port).run();
    }
}
