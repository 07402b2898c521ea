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
    BOCADILLO,
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
    /** Bocadillo with the selector's thread accepting connections. */
    NO_ACCEPTOR {
        @Override
        void tune(Tuning tuning) {
            tuning.acceptors = 0;
        }
    },
    /** Bocadillo with two threads that watch connections. */
    TWO_SELECTORS {
        @Override
        void tune(Tuning tuning) {
            tuning.selectors = 2;
        }
    },
    /** Bocadillo with as many threads as Jetty needs for itself, and a few for requests. */
    FEW_THREADS {
        @Override
        void tune(Tuning tuning) {
            tuning.maxThreads = 16;
        }
    },
    /** Bocadillo on virtual threads, with JDK 21 or newer. */
    VIRTUAL_THREADS {
        @Override
        void tune(Tuning tuning) {
            tuning.virtualThreads = true;
        }
    },
    /** Bocadillo with a quarter of the buffer in which Jetty collects an answer. */
    SMALL_BUFFERS {
        @Override
        void tune(Tuning tuning) {
            tuning.outputBuffer = 8 * 1024;
        }
    },
    /** Bocadillo with the accept queue of the JDK. */
    SHORT_QUEUE {
        @Override
        void tune(Tuning tuning) {
            tuning.acceptQueue = 50;
        }
    },
    /** Bocadillo with connections that remember no header fields. */
    NO_HEADER_CACHE {
        @Override
        void tune(Tuning tuning) {
            tuning.headerCache = 0;
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
    };

    /** The endpoints behind so many middleware, for the container to serve. */
    Servlet servlet(int middleware) {
        return new BocadilloServlet(BocadilloServer.app(middleware));
    }

    /** Changes a setting of its container, if it is there to show what that is worth. */
    void tune(Tuning tuning) {}

    /** Starts at a free port, which it returns. */
    int start(int middleware, boolean virtualThreads, ConnectionCount count) throws Exception {
        Tuning tuning = new Tuning();
        tuning.virtualThreads = virtualThreads;
        tune(tuning);
        return Container.start(this, middleware, tuning, count);
    }

    /** The name of the command line: {@code bare}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
