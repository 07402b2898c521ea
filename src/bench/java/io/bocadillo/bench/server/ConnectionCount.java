package io.bocadillo.bench.server;

import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;

/** Counts connections where they end: load generators keep quiet about those that starve, or are opened again. */
final class ConnectionCount implements Connection.Listener {

    /** A server may begin the first answer when its client has given up, without knowing that it has. */
    private static final int MOST_ANSWERS_OF_STARVED = 1;

    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();
    private final AtomicLong starved = new AtomicLong();

    /** Before the server starts. */
    void listenTo(Server server) {
        for (Connector connector : server.getConnectors()) {
            connector.addBean(this);
        }
    }

    Connections now() {
        return new Connections(opened.get(), closed.get(), starved.get());
    }

    @Override
    public void onOpened(Connection connection) {
        opened.incrementAndGet();
    }

    @Override
    public void onClosed(Connection connection) {
        if (connection.getMessagesOut() <= MOST_ANSWERS_OF_STARVED) {
            starved.incrementAndGet();
        }
        closed.incrementAndGet();
    }
}
