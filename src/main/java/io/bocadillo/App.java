package io.bocadillo;

import io.bocadillo.staticfiles.StaticFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
    private final StaticMounts statics = new StaticMounts();
    private final Media media;
    private final List<Placed<Task>> startup = new ArrayList<>();
    private final List<Placed<Task>> shutdown = new ArrayList<>();
    private int hosts;
    private volatile @Nullable Names names;
    private volatile @Nullable Dispatcher dispatcher;
    private volatile @Nullable TemplateEngine templates;

    /** Creates an app with the default settings. */
    public App() {
        this(Settings.defaults());
    }

    /**
     * Creates an app with the given settings. If they were {@link Settings#load loaded}, the plugins on the class path that
     * they enable are installed, around everything else.
     *
     * @throws StartupError for settings of such a plugin that can't be meant
     */
    public App(Settings settings) {
        this.settings = settings;
        this.media = new Media(settings);
        settings.plugins().forEach(this::plugin);
    }

    /** The settings it was created with. */
    public Settings settings() {
        return settings;
    }

    /**
     * The routes in the order of their registration, with those of recipes and without those of mounted apps, unmodifiable.
     *
     * @throws StartupError if those of a recipe can't stand below its prefix
     */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        Scope.of(this).visit(new Scope.Visitor() {
            @Override
            public void route(Route route, Scope scope) {
                routes.add(route);
            }

            @Override
            public void mount(Mount mount, Scope scope) {}
        });
        return Collections.unmodifiableList(routes);
    }

    /**
     * Serves files below a path, {@code "/"} for all paths: for GET and HEAD, wherever no route answers, whichever was
     * registered first. Of several with the same file the first counts.
     *
     * <p>The folder {@code static} is served at {@code /static} anyway, behind these, unless {@link Settings#staticFiles}
     * is off.
     *
     * @throws StartupError for a prefix that is no path
     */
    public void staticFiles(String prefix, StaticFiles files) {
        checkOpen("static files");
        statics.add(given("a prefix", prefix), given("static files", files));
    }

    /**
     * Sets what {@link Response#media} writes values as unless a client likes another registered type better, {@code
     * application/json} by default.
     *
     * @throws StartupError if it is no media type; at the start, if it has no handler
     */
    public void mediaType(String type) {
        checkOpen("a media type");
        media.standard(given("a media type", type));
    }

    /**
     * Lets a handler write values as that media type, in the place of an earlier one; those for JSON, {@code text/plain} and
     * {@code text/html} are there. The type is from now on offered to clients that name it in {@code Accept}.
     *
     * @param type with its parameters, if it has any; without a charset, text is in UTF-8
     * @throws StartupError if it is no media type
     */
    public void mediaType(String type, MediaHandler handler) {
        checkOpen("a media type");
        media.register(given("a media type", type), given("a handler of a media type", handler));
    }

    /**
     * Installs a plugin if it is enabled: what it registers stands in the place of this call, its startup events after
     * those registered earlier, its shutdown events before them.
     */
    public void plugin(Plugin plugin) {
        checkOpen("a plugin");
        if (given("a plugin", plugin).isEnabled(settings)) {
            plugin.install(this);
        }
    }

    /**
     * Runs a task before the first request, after those registered earlier and before those of mounted apps; if it fails,
     * the app does not start, and the shutdown events run.
     */
    public void onStartup(Task task) {
        checkOpen("a startup event");
        startup.add(Placed.here(given("a task", task)));
    }

    /**
     * Runs a task after the last request, after those of mounted apps and before those registered earlier; a failure is
     * logged.
     */
    public void onShutdown(Task task) {
        checkOpen("a shutdown event");
        shutdown.add(Placed.here(given("a task", task)));
    }

    /** What renders templates: {@link Settings#templates}, else Thymeleaf. */
    public TemplateEngine templates() {
        TemplateEngine found = templates;
        if (found == null) {
            TemplateEngine chosen = settings.templates();
            found = chosen == null ? service("app.templates", TemplateEngine.class) : chosen;
            templates = found;
        }
        return found;
    }

    /** The path of the route of that name, which has no parameters; see {@link #urlFor(String, Map, Map)}. */
    public String urlFor(String name) {
        return urlFor(name, Map.of());
    }

    /** The path of the route of that name, with its parameters; see {@link #urlFor(String, Map, Map)}. */
    public String urlFor(String name, Map<String, ?> params) {
        return urlFor(name, params, Map.of());
    }

    /**
     * The percent-encoded path inside this app of the route of that name, with its parameters filled in, and with a query.
     *
     * @param name that of a route, {@code recipe:route} or {@code mount:route}
     * @param query in the order of the map; an {@link Iterable} gives its parameter several times
     * @throws IllegalArgumentException for an unknown name, a parameter that is missing, null or not of the route, or a
     *     value that would not match it
     * @see Request#urlFor(String, Map, Map)
     */
    public String urlFor(String name, Map<String, ?> params, Map<String, ?> query) {
        return names().path(name, params, query);
    }

    /**
     * Runs on embedded Jetty until the process is told to end: at 127.0.0.1:8000 or, with {@code PORT} in the
     * environment, at that port of all addresses, unless the settings {@code server.host} and {@code server.port} say
     * otherwise.
     *
     * @throws StartupError if the app has a mistake, Jetty is missing, or the port is taken
     */
    public void run() {
        service("app.run", EmbeddedServer.class).run(this);
    }

    /** Runs on embedded Jetty at that port, 0 for a free one, of 127.0.0.1 unless the settings name a host; see {@link #run()}. */
    public void run(int port) {
        service("app.run", EmbeddedServer.class).run(this, port);
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
            Dispatcher started = new Dispatcher(this);
            startEvents(started.mounted());
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
            endEvents(running.mounted());
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

    @Override
    void freeze() {
        super.freeze();
        media.check();
        Names found = Names.of(this);
        found.checkRedirects();
        names = found;
    }

    /** Before the start, those registered by now. */
    Names names() {
        Names known = names;
        return known == null ? Names.of(this) : known;
    }

    Media media() {
        return media;
    }

    StaticMounts statics() {
        return statics;
    }

    private Dispatcher started() {
        Dispatcher running = dispatcher;
        if (running == null) {
            throw new IllegalStateException(
                    "app: expected to be started, got a request before or after. Call start().");
        }
        return running;
    }

    /** Those of mounted apps come last, because they may use what this one has opened. */
    private void startEvents(List<App> mounted) {
        List<App> running = new ArrayList<>();
        try {
            startup.forEach(App::run);
            for (App app : mounted) {
                app.start();
                running.add(app);
            }
        } catch (RuntimeException | Error failure) {
            endEvents(running);
            throw failure;
        }
    }

    private static void run(Placed<Task> event) {
        try {
            event.value().run();
        } catch (Exception failure) {
            throw new IllegalStateException(
                    "startup event " + event + ": expected to run, got '" + failure + "'.", failure);
        }
    }

    /** In the reverse order. */
    private void endEvents(List<App> running) {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).stop(Duration.ZERO);
        }
        for (int i = shutdown.size() - 1; i >= 0; i--) {
            try {
                shutdown.get(i).value().run();
            } catch (Throwable failure) {
                LOG.error("shutdown event {}: failed", shutdown.get(i), failure);
            }
        }
    }

    private static <T> T service(String where, Class<T> type) {
        return ServiceLoader.load(type, App.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new StartupError(where + ": expected META-INF/services/"
                        + type.getName() + " on the class path, got none."
                        + " Keep the files of META-INF/services when you merge jars."));
    }
}
