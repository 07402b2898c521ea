package io.bocadillo;

import io.bocadillo.staticfiles.StaticFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

    private Settings settings;
    private final StaticAreas statics = new StaticAreas();
    private final Media media;
    private final int middlewareOfClassPath;
    private final List<Placed<Task>> startup = new ArrayList<>();
    private final List<Placed<Task>> shutdown = new ArrayList<>();
    private final HostedViews hosted = new HostedViews();
    private final ChosenEngine templates = new ChosenEngine();

    /** How many servers host it. */
    private int servers;

    /** For how many servers, and apps that it is mounted in, its events have run. */
    private int users;

    private volatile @Nullable Names names;
    private volatile @Nullable Entrance entrance;

    /** Creates an app with the default settings. */
    public App() {
        this(Settings.defaults());
    }

    /**
     * Creates an app with the given settings. If they were {@link Settings#load loaded}, the plugins on the class path that
     * they enable are installed, around everything else. In an app that is mounted in one with settings from the same
     * sources, the middleware of these plugins does not run a second time.
     *
     * @throws StartupError for settings of such a plugin that can't be meant
     */
    public App(Settings settings) {
        this.settings = settings;
        this.media = new Media(settings);
        settings.sources().plugins().forEach(this::plugin);
        this.middlewareOfClassPath = middleware().size();
    }

    /** The settings it was created with, which by now know what its plugins declare. */
    public Settings settings() {
        return settings;
    }

    /**
     * The routes in the order of their registration, with those of recipes and without those of mounted apps, unmodifiable.
     *
     * @throws StartupError if those of a recipe can't stand below its prefix
     */
    public List<Route> routes() {
        return Collections.unmodifiableList(Scope.of(this).routes());
    }

    /**
     * Serves files below a path, {@code "/"} for all paths: for GET and HEAD, wherever no route answers, whichever was
     * registered first. Of several with the same file the first counts.
     *
     * <p>A file comes before an app that is mounted around {@code prefix}; what is not there is for that app.
     *
     * <p>The folder {@code static} is served at {@code /static} anyway, behind these, unless {@link Settings#staticFiles}
     * is off.
     *
     * @throws StartupError for a prefix that is no path
     */
    public void staticFiles(String prefix, StaticFiles files) {
        checkOpen("static files");
        statics.add("staticFiles (" + Place.ofCaller() + ")", given("a prefix", prefix), given("static files", files));
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
     * those registered earlier, its shutdown events before them. What it declares is known to {@link #settings} from now on.
     *
     * @throws StartupError for a setting that it declares and whose value is none, or would be without effect
     */
    public void plugin(Plugin plugin) {
        checkOpen("a plugin");
        List<SettingKey<?>> declared = given("a plugin", plugin).settings();
        settings = settings.declaring(declared);
        declared.forEach(key -> key.check(settings.sources()));
        if (plugin.isEnabled(settings)) {
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

    /**
     * What renders templates: {@link Settings#templates}, else Thymeleaf. It has the {@link #settings} that there are, and so
     * it is another one once a plugin has declared more of them.
     */
    public TemplateEngine templates() {
        return templates.of(settings);
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
     * @param query in the order of the map; an {@link Iterable} or array gives its parameter several times
     * @throws IllegalArgumentException for an unknown name, a parameter that is missing, null or not of the route, or a
     *     value that would not match it
     * @see Request#urlFor(String, Map, Map)
     */
    public String urlFor(String name, Map<String, ?> params, Map<String, ?> query) {
        return names().path(Names.whole(name, null), params, query);
    }

    /**
     * Runs on embedded Jetty until the process is told to end: at 127.0.0.1:8000 or, with {@code PORT} in the
     * environment, at that port of all addresses. If the settings are {@link Settings#load loaded}, {@code server.host}
     * comes before, and so does {@code server.port}, which {@code PORT} stands for in their order.
     *
     * @throws StartupError if the app has a mistake, Jetty is missing, or the port is taken or is none
     */
    public void run() {
        Services.first("app.run", EmbeddedServer.class).run(this);
    }

    /** Runs on embedded Jetty at that port, 0 for a free one, of 127.0.0.1 unless the settings name a host; see {@link #run()}. */
    public void run(int port) {
        Services.first("app.run", EmbeddedServer.class).run(this, port);
    }

    /**
     * For servers: starts the app, whose routes are fixed from now on; several servers may host it, it starts once.
     *
     * @throws StartupError for a mistake in the app, naming where it was made
     * @throws IllegalStateException if a startup event fails
     */
    public synchronized void start() {
        if (servers == 0) {
            if (!isFrozen()) {
                UnknownSettings.warn(this);
            }
            freeze();
            MiddlewareReferences.check(this);
            TemplateReferences.check(this);
            Entrance started = new Entrance(this);
            open();
            entrance = started;
        }
        servers++;
    }

    /**
     * For servers: the same as {@link #start()}, and starts what the server answers in its own way, such as servlets, once.
     *
     * @param server what these are to know of it: see {@link HostedView#start}
     */
    public synchronized void start(Object server) {
        start();
        try {
            hosted.start(started().app().hosted(), server);
        } catch (RuntimeException failure) {
            stop(Duration.ZERO);
            throw failure;
        }
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
        Entrance running = entrance;
        if (servers > 0 && --servers == 0 && running != null) {
            running.app().finish(gracePeriod);
            entrance = null;
            close();
        }
    }

    /**
     * For servers that are about to stop: ends the event streams, which have no end of their own.
     *
     * @return completes when no request and no background task is under way
     */
    public CompletableFuture<Void> drain() {
        Entrance running = entrance;
        return running == null
                ? CompletableFuture.completedFuture(null)
                : running.app().open().drain();
    }

    /** How many requests are under way: until their answers are sent, and their background tasks have run. */
    public long openExchanges() {
        Entrance running = entrance;
        return running == null ? 0 : running.app().open().count();
    }

    /** For servers: keeps time for requests, on a thread that nothing may hold up; stops with the app. */
    public ScheduledExecutorService timer() {
        return started().app().threads().timer();
    }

    /** For servers: where what comes at the end of an exchange may run when the server has no thread for it; it may block. */
    public Executor threads() {
        return started().app().threads().ending();
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

    /** What plugins of the class path have registered, around all else. */
    List<Placed<Middleware>> middlewareOfClassPath() {
        return middleware().subList(0, middlewareOfClassPath);
    }

    @Override
    List<Placed<Middleware>> ownMiddleware() {
        return middleware().subList(middlewareOfClassPath, middleware().size());
    }

    /** Before the start, those registered by now. */
    Names names() {
        Names known = names;
        return known == null ? Names.of(this) : known;
    }

    Media media() {
        return media;
    }

    StaticAreas statics() {
        return statics;
    }

    private Entrance started() {
        Entrance running = entrance;
        if (running == null) {
            throw new IllegalStateException(
                    "app: expected to be started, got a request before or after. Call start().");
        }
        return running;
    }

    /** Runs the startup events, once; those of mounted apps last, because they may use what this one has opened. */
    private synchronized void open() {
        if (users == 0) {
            List<App> running = new ArrayList<>();
            try {
                startup.forEach(App::run);
                for (App app : Scope.of(this).mountedApps()) {
                    app.open();
                    running.add(app);
                }
            } catch (RuntimeException | Error failure) {
                endEvents(running);
                throw failure;
            }
        }
        users++;
    }

    /** Runs the shutdown events, when nobody uses the app any more. */
    private synchronized void close() {
        if (--users == 0) {
            endEvents(Scope.of(this).mountedApps());
        }
    }

    private static void run(Placed<Task> event) {
        try {
            event.value().run();
        } catch (Exception failure) {
            throw new IllegalStateException(
                    "startup event " + event + ": expected to run, got '" + failure
                            + "'. Mend its cause, which follows.",
                    failure);
        }
    }

    /** In the reverse order. */
    private void endEvents(List<App> running) {
        hosted.stop();
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
        for (int i = shutdown.size() - 1; i >= 0; i--) {
            try {
                shutdown.get(i).value().run();
            } catch (Throwable failure) {
                LOG.error("shutdown event {}: failed", shutdown.get(i), failure);
            }
        }
    }
}
