package io.bocadillo;

import io.bocadillo.routing.Pattern;
import io.bocadillo.routing.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Routes, middleware, hooks and error handlers, in the order of their registration: what {@link App} and {@link Recipe}
 * are made of.
 *
 * <p>A pattern is a path with parameters: {@code {x}} stands for one segment or a part of one, {@code {x:int}} for a
 * whole number, {@code {x:path}} for any number of segments, {@code {}} for anything; everything else is literal. A
 * missing leading slash is added. The first registered route that matches path and method answers.
 *
 * <p>A mistake in a registration, such as a pattern that is none, is a {@link StartupError} at once. A router is set up by
 * one thread before the app starts; a change afterwards is an {@link IllegalStateException}.
 */
public abstract sealed class Router permits App, Recipe {

    static final Set<String> ALL = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** Preflights must not be redirected (Fetch standard, CORS-preflight fetch). */
    private static final Set<String> REDIRECTED = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    private final List<Registered> registered = new ArrayList<>();
    private final List<Placed<Middleware>> middleware = new ArrayList<>();
    private final List<Hook> before = new ArrayList<>();
    private final List<Hook> after = new ArrayList<>();
    private final Map<Class<?>, ErrorHandler<Throwable>> errorHandlers = new HashMap<>();
    private boolean frozen;

    Router() {}

    /** Registers a view for GET, and so for HEAD (RFC 9110, section 9.3.2). */
    public Route get(String pattern, View view) {
        return add(pattern, view, Set.of("GET"));
    }

    /** Registers a view for HEAD alone; to answer before a GET route on the same path, it is registered before it. */
    public Route head(String pattern, View view) {
        return add(pattern, view, Set.of("HEAD"));
    }

    /** Registers a view for POST. */
    public Route post(String pattern, View view) {
        return add(pattern, view, Set.of("POST"));
    }

    /** Registers a view for PUT. */
    public Route put(String pattern, View view) {
        return add(pattern, view, Set.of("PUT"));
    }

    /** Registers a view for PATCH. */
    public Route patch(String pattern, View view) {
        return add(pattern, view, Set.of("PATCH"));
    }

    /** Registers a view for DELETE. */
    public Route delete(String pattern, View view) {
        return add(pattern, view, Set.of("DELETE"));
    }

    /** Registers a view for OPTIONS, in the place of the automatic answer. */
    public Route options(String pattern, View view) {
        return add(pattern, view, Set.of("OPTIONS"));
    }

    /** Registers a view for GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS. */
    public Route any(String pattern, View view) {
        return add(pattern, view, ALL);
    }

    /**
     * Registers a view for the methods given, any tokens: {@code "GET"}, {@code "PROPFIND"} (they are case-sensitive).
     *
     * @throws StartupError for a pattern that is none, or no method
     */
    public Route route(String pattern, View view, String... methods) {
        if (given("methods", methods).length == 0) {
            throw new StartupError("route '" + pattern + "' (" + Place.ofCaller()
                    + "): expected at least one method, got none. Name them, or use any(...).");
        }
        return add(pattern, view, new LinkedHashSet<>(Arrays.asList(methods)));
    }

    /** Registers a permanent redirect (308); see {@link #redirect(String, String, int)}. */
    public Route redirect(String pattern, String name) {
        return redirect(pattern, name, 308);
    }

    /**
     * Registers a redirect to the route of that name, whatever the method but OPTIONS; its parameters are those of the same
     * names in {@code pattern}, and the query stays.
     *
     * @param name as {@link App#urlFor} takes it, or {@code :detail} for one of this recipe; it may be given to a route later
     * @param status 301, 302, 303, 307 or 308 (RFC 9110, section 15.4)
     * @throws StartupError for another status; at the start, if there is no route of that name, or it leads back here
     */
    public Route redirect(String pattern, String name, int status) {
        if (!Redirect.isStatus(status)) {
            throw new StartupError(
                    "redirect '" + pattern + "' (" + Place.ofCaller() + "): expected 301, 302, 303, 307 or 308, got '"
                            + status + "'. Use 308 for a path that has moved.");
        }
        return add(pattern, new MovedTo(given("a name", name), status), REDIRECTED)
                .streaming();
    }

    /**
     * Adds the routes of a recipe below its prefix, in this place.
     *
     * @throws StartupError if this router is part of it
     */
    public void include(Recipe recipe) {
        include("", recipe);
    }

    /**
     * Adds the routes of a recipe below {@code prefix}, which stands before the prefix of its own.
     *
     * @throws StartupError if this router is part of it, or the two prefixes are none together
     */
    public void include(String prefix, Recipe recipe) {
        checkOpen("a recipe");
        given("a recipe", recipe);
        Place place = Place.ofCaller();
        if (recipe.contains(this)) {
            throw new StartupError("recipe '" + recipe.prefix() + "' (" + place
                    + "): expected one that this router is not part of, got itself. Include it elsewhere.");
        }
        Pattern whole = append(prefix(prefix), recipe.compiled(), "recipe", recipe.place() + ", included at " + place);
        registered.add(new Registered.Included(recipe, whole, place));
    }

    /**
     * Lets an app of its own answer every request for that path and below it: with its own routes, middleware, error
     * handlers and settings, inside the middleware of this router.
     *
     * @param prefix may have parameters, each within a segment; {@code ""} or {@code "/"} for whatever no earlier route
     *     takes
     * @throws StartupError if it is no such path, or the app would be mounted in itself
     */
    public Mount mount(String prefix, App app) {
        checkOpen("a mount");
        given("an app", app);
        Place place = Place.ofCaller();
        Pattern path = mountPath(prefix, place);
        if (app.contains(this)) {
            throw new StartupError("mount '" + path + "' (" + place
                    + "): expected an app that this router is not part of, got itself. Mount another one.");
        }
        Mount mount = new Mount(this, path, app, place);
        registered.add(new Registered.Mounted(mount));
        return mount;
    }

    /**
     * Lets a servlet, any {@code jakarta.servlet.http.HttpServlet} but that of another app, answer every request for that
     * path and below it, whatever the method: like a route, inside middleware and hooks. A servlet container has to host the
     * app.
     *
     * <p>It takes bodies by itself, so its route is neither {@link Route#streaming} nor has a {@link Route#maxBody}. One
     * that is mounted several times is initialised once.
     *
     * @param prefix as for an app; for the servlet it is the end of its {@code getServletPath()}
     * @param servlet declared as an object for apps that are compiled, or tested, without the Servlet API
     * @throws StartupError if the path is none, or the object is no servlet
     */
    public Route mount(String prefix, Object servlet) {
        checkOpen("a mount");
        given("a servlet", servlet);
        Place place = Place.ofCaller();
        Pattern path = mountPath(prefix, place);
        HostedView view = Services.first("app.mount", HostedView.Adapter.class).adapt(servlet);
        if (view == null) {
            throw new StartupError("mount '" + path + "' (" + place
                    + "): expected an App, or a jakarta.servlet.http.HttpServlet that is no BocadilloServlet, got an object of "
                    + servlet.getClass().getName() + ". Mount one of these.");
        }
        Route route = new Route(this, path, ALL, view, place);
        registered.add(new Registered.Routed(route));
        return route;
    }

    /**
     * Lets a middleware decorate every request, inside those registered before it: for an app, whether a route matches or
     * not; for a recipe, those for the paths of its routes and mounts.
     */
    public void use(Middleware middleware) {
        checkOpen("a middleware");
        this.middleware.add(Placed.here(given("a middleware", middleware)));
    }

    /** Lets a hook run before the view of every route, after those added earlier and before those of the route. */
    public void before(Hook hook) {
        checkOpen("a hook");
        before.add(given("a hook", hook));
    }

    /** Lets a hook run after the view of every route, after those of the route and those added earlier. */
    public void after(Hook hook) {
        checkOpen("a hook");
        after.add(given("a hook", hook));
    }

    /**
     * Lets a handler answer errors of that class and its subclasses, unless there is a handler for a more specific one.
     *
     * <p>A second handler for the same class replaces the first. Errors of a recipe's routes go to its own handlers first,
     * then to those around it.
     */
    @SuppressWarnings("unchecked")
    public <E extends Throwable> void onError(Class<E> type, ErrorHandler<? super E> handler) {
        checkOpen("an error handler");
        errorHandlers.put(
                given("a class of errors", type), (ErrorHandler<Throwable>) given("an error handler", handler));
    }

    List<Registered> registered() {
        return registered;
    }

    List<Placed<Middleware>> middleware() {
        return middleware;
    }

    /** Without what is there because settings say so. */
    List<Placed<Middleware>> ownMiddleware() {
        return middleware;
    }

    List<Hook> beforeHooks() {
        return before;
    }

    List<Hook> afterHooks() {
        return after;
    }

    Map<Class<?>, ErrorHandler<Throwable>> errorHandlers() {
        return errorHandlers;
    }

    /** Whether it is that router, or has it in it. */
    boolean contains(Router other) {
        return this == other || parts().anyMatch(part -> part.contains(other));
    }

    /** The recipes and mounted apps in it. */
    Stream<Router> parts() {
        return registered.stream().flatMap(part -> {
            if (part instanceof Registered.Included included) {
                return Stream.of(included.recipe());
            }
            return part instanceof Registered.Mounted mounted
                    ? Stream.of(mounted.mount().app())
                    : Stream.empty();
        });
    }

    void freeze() {
        frozen = true;
        parts().forEach(Router::freeze);
    }

    boolean isFrozen() {
        return frozen;
    }

    /** What a pattern of this router says, without what stands before it. */
    Pattern compiled(String pattern) {
        return Pattern.parse(pattern);
    }

    static Pattern prefix(String prefix) {
        try {
            return Pattern.prefix(given("a prefix", prefix));
        } catch (IllegalArgumentException malformed) {
            throw new StartupError(malformed.getMessage() + " (" + Place.ofCaller() + ")");
        }
    }

    /** The pattern of a route, recipe or mount with what stands before it, or {@link StartupError}. */
    static Pattern append(Pattern prefix, Pattern pattern, String what, String place) {
        try {
            return prefix.append(pattern, what);
        } catch (IllegalArgumentException malformed) {
            throw new StartupError(malformed.getMessage() + " (" + place + ")");
        }
    }

    private static Pattern mountPath(String prefix, Place place) {
        Pattern path = prefix(prefix);
        checkMountPath(path, place.toString());
        return path;
    }

    /** Throws {@link StartupError} for a path that has no end at which what is mounted could begin. */
    static void checkMountPath(Pattern path, String place) {
        if (path.takesRest()) {
            throw new StartupError("mount '" + path + "' (" + place
                    + "): expected parameters within a segment, got one of several. Write {x} for it.");
        }
    }

    void checkOpen(String change) {
        if (frozen) {
            throw new IllegalStateException("app: expected " + change + " before it starts, got it after, at "
                    + Place.ofCaller() + ". Move it up.");
        }
    }

    /** What was registered, unless it is null. */
    static <T> T given(String what, @Nullable T value) {
        if (value == null) {
            throw new StartupError("app (" + Place.ofCaller() + "): expected " + what + ", got 'null'. Pass one.");
        }
        return value;
    }

    private Route add(String pattern, View view, Set<String> methods) {
        checkOpen("a route");
        given("a pattern", pattern);
        given("a view", view);
        Place place = Place.ofCaller();
        for (String method : methods) {
            if (!Tokens.isToken(given("a method", method))) {
                throw new StartupError("route '" + pattern + "' (" + place + "): expected a method like GET, got '"
                        + Printable.of(method) + "'. Write a token (RFC 9110, section 9.1).");
            }
        }
        try {
            Route route = new Route(this, compiled(pattern), methods, view, place);
            registered.add(new Registered.Routed(route));
            return route;
        } catch (IllegalArgumentException malformed) {
            throw new StartupError(malformed.getMessage() + " (" + place + ")");
        }
    }
}
