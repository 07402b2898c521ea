package io.bocadillo;

import io.bocadillo.routing.InvalidPathException;
import io.bocadillo.routing.Match;
import io.bocadillo.routing.Path;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where requests come in: each is for the app that the server hosts, or has a path that is none, and is refused. */
final class Entrance {

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    /** What a request whose path is none has in its place. */
    private static final Path ROOT = Path.parse("/", 0);

    private final Dispatcher app;
    private final ErrorBoundary refusal;

    /** Throws {@link StartupError} for a mistake in the app, or in one that is mounted in it. */
    Entrance(App app) {
        this.app = new Dispatcher(app);
        this.refusal = new Pipeline(this.app.scope()).toRefusal();
    }

    /** The response that goes out, complete already if it is there at once; never fails. */
    CompletableFuture<Response> handle(Exchange exchange) {
        Path path;
        try {
            path = Path.parse(exchange.rawPath(), segments(exchange.basePath()));
        } catch (InvalidPathException refused) {
            LOG.debug("{}", refused.getMessage());
            Request req = new Request(exchange, ROOT, new Match.NotFound<>(), null, app);
            return app.handle(exchange, req.put(InvalidPathException.class, refused), refusal);
        }
        return app.handle(exchange, path);
    }

    Dispatcher app() {
        return app;
    }

    private static int segments(String basePath) {
        int segments = 0;
        for (int i = 0; i < basePath.length(); i++) {
            if (basePath.charAt(i) == '/') {
                segments++;
            }
        }
        return segments;
    }
}
