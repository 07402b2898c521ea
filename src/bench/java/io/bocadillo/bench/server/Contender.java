package io.bocadillo.bench.server;

import io.bocadillo.jetty.JettyServer;
import io.bocadillo.servlet.BocadilloServlet;
import jakarta.servlet.Servlet;
import java.util.Locale;

/** What is compared. */
public enum Contender {
    /** One servlet on non-blocking I/O without a framework: the limit. */
    BARE {
        @Override
        Servlet servlet(int middleware) {
            return new BareServlet();
        }
    },
    BOCADILLO {
        @Override
        Servlet servlet(int middleware) {
            return new BocadilloServlet(BocadilloServer.app(middleware));
        }
    },
    JAVALIN {
        @Override
        Servlet servlet(int middleware) {
            return JavalinServer.servlet(middleware);
        }
    },
    SPRING {
        @Override
        Servlet servlet(int middleware) {
            return SpringServer.servlet(middleware);
        }
    },
    /** Bocadillo on the Jetty that {@code app.run()} starts, with the settings that its users get. */
    EMBEDDED {
        @Override
        int start(int middleware, boolean virtualThreads, ConnectionCount count) {
            return new JettyServer(BocadilloServer.app(middleware))
                    .host("127.0.0.1")
                    .port(0)
                    .customize(count::listenTo)
                    .start()
                    .port();
        }

        @Override
        Servlet servlet(int middleware) {
            throw new UnsupportedOperationException("brings its own container");
        }
    };

    /** The endpoints behind so many middleware, for the container to serve. */
    abstract Servlet servlet(int middleware);

    /** Starts at a free port, which it returns. */
    int start(int middleware, boolean virtualThreads, ConnectionCount count) throws Exception {
        return Container.start(this, middleware, virtualThreads, count);
    }

    /** The name of the command line: {@code bare}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
