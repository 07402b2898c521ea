package io.bocadillo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A web application: routes, middleware, error handlers and what happens at startup and shutdown.
 *
 * <p>The same object runs on embedded Jetty ({@link #run()}), and in any servlet container through
 * {@code io.bocadillo.servlet.BocadilloServlet}.
 */
public final class App extends Router {

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    private final Settings settings;
    private final Errors errors = new Errors();
    private final List<Placed<Task>> startup = new ArrayList<>();
    private final List<Placed<Task>> shutdown = new ArrayList<>();
    private int hosts;
    private volatile @Nullable Dispatcher dispatcher;

    /** Creates an app with the default settings. */
    public App() {
        this(Settings.defaults());
    }

    /** Creates an app with the given settings. */
    public App(Settings settings) {
        this.settings = settings;
    }

    /** The settings it was created with. */
    public Settings settings() {
        return settings;
    }

    /**
     * Lets a handler answer errors of that class and its subclasses, unless there is a handler for a more specific one.
     *
     * <p>A second handler for the same class replaces the first.
     */
    public <E extends Throwable> void onError(Class<E> type, ErrorHandler<? super E> handler) {
        checkOpen("an error handler");
        errors.put(given("a class of errors", type), given("an error handler", handler));
    }

    /** Runs a task before the first request, after those registered earlier; if it fails, the app
     * does not start, and the shutdown events run. */
    public void onStartup(Task task) {
        checkOpen("a startup event");
        startup.add(Placed.here(given("a task", task)));
    }

    /** Runs a task after the last request, before those registered earlier; a failure is logged. */
    public void onShutdown(Task task) {
        checkOpen("a shutdown event");
        shutdown.add(Placed.here(given("a task", task)));
    }

    /** The path of the route of that name, which has no parameters; see {@link #urlFor(String, Map)}. */
    public String urlFor(String name) {
        return urlFor(name, Map.of());
    }

    /**
     * The percent-encoded path of the route of that name, with its parameters filled in.
     *
     * @throws IllegalArgumentException for an unknown name, a parameter that is missing or not of the route, or a value
     *     that would not match it
     */
    public String urlFor(String name, Map<String, ?> params) {
        Route route = named(name);
        if (route == null) {
            throw new IllegalArgumentException(
                    "urlFor: expected the name of a route, got '" + name + "'. Give a route that name with name(...).");
        }
        return route.compiled().format(params);
    }

    /**
     * Runs on embedded Jetty until the process is told to end: at 127.0.0.1:8000 or, with {@code PORT} in the
     * environment, at that port of all addresses.
     *
     * @throws StartupError if the app has a mistake, Jetty is missing, or the port is taken
     */
    public void run() {
        embeddedServer().run(this);
    }

    /** Runs on embedded Jetty at 127.0.0.1 and that port, 0 for a free one; see {@link #run()}. */
    public void run(int port) {
        embeddedServer().run(this, port);
    }

    /**
     * For servers: starts the app, whose routes are fixed from now on; several servers may host it, it starts once.
     *
     * @throws StartupError for a mistake in the app, naming where it was made
     * @throws IllegalStateException if a startup event fails
     */
    public synchronized void start() {
        if (hosts == 0) {
            freeze();
            Dispatcher started = new Dispatcher(this, settings, errors);
            try {
                runStartup();
            } catch (IllegalStateException | Error failure) {
                runShutdown();
                throw failure;
            }
            dispatcher = started;
        }
        hosts++;
    }

    /**
     * For servers: takes back one {@link #start}; the last one waits for what is under way, at most
     * {@link Settings#gracePeriod}, and runs the shutdown events.
     */
    public void stop() {
        stop(settings.gracePeriod());
    }

    /** For servers: the same as {@link #stop()}, with what is left of the grace period; not negative. */
    public synchronized void stop(Duration gracePeriod) {
        Dispatcher running = dispatcher;
        if (hosts > 0 && --hosts == 0 && running != null) {
            running.finish(gracePeriod);
            dispatcher = null;
            runShutdown();
        }
    }

    /**
     * For servers that are about to stop: ends the event streams, which have no end of their own.
     *
     * @return completes when no request and no background task is under way
     */
    public CompletableFuture<Void> drain() {
        Dispatcher running = dispatcher;
        return running == null
                ? CompletableFuture.completedFuture(null)
                : running.open().drain();
    }

    /** How many requests are under way: until their answers are sent, and their background tasks have run. */
    public long openExchanges() {
        Dispatcher running = dispatcher;
        return running == null ? 0 : running.open().count();
    }

    /** For servers: keeps time for requests, on a thread that nothing may hold up; stops with the app. */
    public ScheduledExecutorService timer() {
        return started().threads().timer();
    }

    /** For servers: where what comes at the end of an exchange may run when the server has no thread for it; it may block. */
    public Executor threads() {
        return started().threads().ending();
    }

    /**
     * For servers: answers one request. The future never fails; its response is to be {@link Response#sent}.
     *
     * @return complete already if the answer was there at once
     * @throws IllegalStateException unless the app is started
     */
    public CompletableFuture<Response> handle(Exchange exchange) {
        return started().handle(exchange);
    }

    private Dispatcher started() {
        Dispatcher running = dispatcher;
        if (running == null) {
            throw new IllegalStateException(
                    "app: expected to be started, got a request before or after. Call start().");
        }
        return running;
    }

    private void runStartup() {
        for (Placed<Task> event : startup) {
            try {
                event.value().run();
            } catch (Exception failure) {
                throw new IllegalStateException(
                        "startup event " + event + ": expected to run, got '" + failure + "'.", failure);
            }
        }
    }

    private void runShutdown() {
        for (int i = shutdown.size() - 1; i >= 0; i--) {
            try {
                shutdown.get(i).value().run();
            } catch (Throwable failure) {
                LOG.error("shutdown event {}: failed", shutdown.get(i), failure);
            }
        }
    }

    private static EmbeddedServer embeddedServer() {
        return ServiceLoader.load(EmbeddedServer.class, App.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new StartupError("app.run: expected META-INF/services/"
                        + EmbeddedServer.class.getName() + " on the class path, got none."
                        + " Keep the files of META-INF/services when you merge jars."));
    }
}
