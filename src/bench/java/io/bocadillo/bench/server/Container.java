package io.bocadillo.bench.server;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The embedded Jetty that every contender runs in, set up alike to the last detail. */
final class Container {

    private static final int MIN_THREADS = 8;

    /** Longer than the idle clients of a measurement are there. */
    private static final long IDLE_MILLIS = 600_000;

    private Container() {}

    /** Starts at a free port, which it returns. */
    static int start(Contender contender, int middleware, Tuning tuning, ConnectionCount count) throws Exception {
        Server server = new Server(threads(tuning));
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setOutputBufferSize(tuning.outputBuffer);
        configuration.setHeaderCacheSize(tuning.headerCache);
        HttpConnectionFactory http = new HttpConnectionFactory(configuration);
        ServerConnector connector = new ServerConnector(server, tuning.acceptors, tuning.selectors, http);
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(tuning.acceptQueue);
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        count.listenTo(server);
        server.setHandler(context(contender, middleware));
        server.start();
        return connector.getLocalPort();
    }

    private static ServletContextHandler context(Contender contender, int middleware) {
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.NO_SESSIONS);
        ServletHolder servlet = new ServletHolder(contender.servlet(middleware));
        servlet.setAsyncSupported(true);
        servlet.setInitOrder(0);
        context.addServlet(servlet, "/*");
        for (int i = 1; contender == Contender.BARE && i <= middleware; i++) {
            FilterHolder filter = new FilterHolder(new HeaderFilter(Content.header(i)));
            filter.setAsyncSupported(true);
            context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        }
        return context;
    }

    private static QueuedThreadPool threads(Tuning tuning) {
        QueuedThreadPool threads = new QueuedThreadPool(tuning.maxThreads, MIN_THREADS);
        if (tuning.virtualThreads) {
            threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        }
        return threads;
    }
}
