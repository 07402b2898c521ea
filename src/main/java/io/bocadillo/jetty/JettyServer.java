package io.bocadillo.jetty;

import static java.util.Objects.requireNonNull;

import io.bocadillo.App;
import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import io.bocadillo.servlet.BocadilloServlet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;

/**
 * An app on embedded Jetty, for more than {@link App#run()} offers.
 *
 * <p>On JDK 21 and newer, views run on virtual threads. It speaks HTTP/1.1 and, with {@code jetty-http2-server} on the
 * class path, HTTP/2 without TLS. Set up and started by one thread; {@link #stop()} may come from any.
 */
public final class JettyServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JettyServer.class);

    /**
     * With the 50 of the JDK, a thousand clients that connect at once wait for seconds: the rest of them try again. The
     * system cuts it to its own limit.
     */
    private static final int ACCEPT_QUEUE = 16 * 1024;

    /** The selectors accept connections themselves: docs/benchmarks.md says what that is worth. */
    private static final int ACCEPTORS = 0;

    private static final int JETTYS_CHOICE = -1;

    /** Jetty's 1024 characters are a table of 98 KB for every connection that has sent two requests. */
    private static final int NO_HEADER_CACHE = 0;

    private static final Duration SHORTEST_IDLE_TIMEOUT = Duration.ofSeconds(30);

    private static final long NO_IDLE_TIMEOUT = -1;

    /** What the shutdown events have, beyond the grace period, before who waits for a stop of another thread gives up. */
    private static final Duration SHUTDOWN_EVENTS = Duration.ofMinutes(1);

    private final long created = System.nanoTime();
    private final App app;
    private final Draining draining;
    private final List<Consumer<? super Server>> customizers = new ArrayList<>();
    private final Server server = new Server(threads());
    private final ServerConnector connector = new ServerConnector(server, ACCEPTORS, JETTYS_CHOICE, protocols());
    private final SingleStop stop = new SingleStop();
    private volatile boolean started;
    private @Nullable String host;
    private @Nullable Integer port;
    private Duration gracePeriod;

    /** Creates a server for the app, at the address that {@link App#run()} describes unless told otherwise. */
    public JettyServer(App app) {
        this.app = app;
        this.gracePeriod = app.settings().gracePeriod();
        this.draining = new Draining(app);
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(idleTimeout(app.settings()));
        server.addConnector(connector);
        server.setHandler(new GracefulHandler(context(app)));
        server.addBean(draining);
        server.setErrorHandler(new PlainErrorHandler());
    }

    /** Sets the address to listen at; {@code 0.0.0.0} for all. */
    public JettyServer host(String host) {
        this.host = host;
        return this;
    }

    /**
     * Sets the port to listen at; 0 for a free one, which {@link #port()} tells after the start.
     *
     * @throws IllegalArgumentException unless it is from 0 to 65535
     */
    public JettyServer port(int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(
                    "port: expected a number from 0 to 65535, got '" + port + "'. Use 0 for a free one.");
        }
        this.port = port;
        return this;
    }

    /** Sets how long {@link #stop()} waits for what is under way; {@link io.bocadillo.Settings#gracePeriod} unless set. */
    public JettyServer gracePeriod(Duration gracePeriod) {
        this.gracePeriod = gracePeriod;
        return this;
    }

    /** Hands over Jetty's own server just before it starts, for whatever it can do: TLS, handlers, logs. */
    public JettyServer customize(Consumer<? super Server> customizer) {
        customizers.add(customizer);
        return this;
    }

    /** Starts, says so in one line, and returns when {@link #stop()} is through, which the end of the process calls. */
    public void run() {
        start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "bocadillo-stop"));
        announce();
        try {
            server.join();
            stop();
        } catch (InterruptedException interrupted) {
            stop();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Starts the app and the server, and returns when it listens.
     *
     * @throws StartupError if the app has a mistake, {@code PORT} is no port, or the address can't be had
     */
    public JettyServer start() {
        if (started) {
            throw new IllegalStateException("server: expected to be started once, got it again. Create another one.");
        }
        Address address = Address.of(host, port, app.settings(), System.getenv());
        connector.setHost(address.host());
        connector.setPort(address.port());
        server.setStopTimeout(gracePeriod.toMillis());
        customizers.forEach(customizer -> customizer.accept(server));
        app.start();
        started = true;
        try {
            server.start();
            return this;
        } catch (IOException failure) {
            stop();
            Throwable reason = failure.getCause() == null ? failure : failure.getCause();
            throw new StartupError("address: expected to listen at " + address.url() + ", got '" + reason(reason)
                    + "'. Stop what listens there, or choose another one with PORT, app.run(port) or JettyServer.");
        } catch (Exception failure) {
            stop();
            throw new IllegalStateException("Jetty did not start", failure);
        } catch (Error failure) {
            stop();
            throw failure;
        }
    }

    private static String reason(Throwable reason) {
        return reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage();
    }

    /** The port it listens at. */
    public int port() {
        return connector.getLocalPort();
    }

    /**
     * Takes no more requests, lets those in flight and background tasks finish within the grace period, and stops server and
     * app.
     *
     * <p>If another thread is doing so already, it waits until that one is through, for at most the grace period and a
     * minute; inside a shutdown event it returns at once. Before the start it does nothing.
     */
    public void stop() {
        if (started && !stop.once(this::stopNow, gracePeriod.plus(SHUTDOWN_EVENTS))) {
            LOG.warn("server: expected to have stopped, got shutdown events under way");
        }
    }

    private void stopNow() {
        long deadline = System.nanoTime() + gracePeriod.toNanos();
        try {
            server.stop();
        } catch (TimeoutException unfinished) {
            LOG.warn(
                    "server: expected to be done within the grace period, got {} requests or tasks under way",
                    draining.left());
        } catch (Exception failure) {
            LOG.warn("Jetty did not stop in peace", failure);
        }
        app.stop(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }

    /** Same as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    /** In milliseconds, later than the limits of the app, which end an exchange in good order; none if one has no end. */
    private static long idleTimeout(Settings settings) {
        List<Duration> limits = List.of(settings.bodyIdleTimeout(), settings.writeIdleTimeout(), SHORTEST_IDLE_TIMEOUT);
        return limits.contains(Duration.ZERO)
                ? NO_IDLE_TIMEOUT
                : Collections.max(limits).plusSeconds(1).toMillis();
    }

    private static ServletContextHandler context(App app) {
        ServletHolder holder = new ServletHolder("bocadillo", new BocadilloServlet(app));
        holder.setAsyncSupported(true);
        holder.setInitOrder(0);
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.NO_SESSIONS);
        context.addServlet(holder, "/*");
        // %25 in a path is one percent sign, as in the other containers; the servlet refuses what is ambiguous.
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        return context;
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("bocadillo");
        if (VirtualThreads.areSupported()) {
            threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        }
        return threads;
    }

    private static ConnectionFactory[] protocols() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setHeaderCacheSize(NO_HEADER_CACHE);
        configuration.setUriCompliance(UriCompliance.from("DEFAULT,AMBIGUOUS_PATH_ENCODING"));
        HttpConnectionFactory http1 = new HttpConnectionFactory(configuration);
        try {
            return new ConnectionFactory[] {http1, new PriorKnowledgeHttp2(configuration)};
        } catch (NoClassDefFoundError absent) {
            return new ConnectionFactory[] {http1};
        }
    }

    private void announce() {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - created);
        String url = new Address(connector.getHost(), port()).url();
        String line = "Bocadillo " + version() + " runs at " + url + ", started in " + millis + " ms";
        if (LoggerFactory.getILoggerFactory() instanceof NOPLoggerFactory) {
            System.out.println(line);
        } else {
            LOG.info(line);
        }
    }

    private static String version() {
        try (InputStream version = JettyServer.class.getResourceAsStream("/META-INF/bocadillo/version")) {
            return new String(requireNonNull(version).readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
