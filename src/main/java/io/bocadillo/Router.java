package io.bocadillo;

import io.bocadillo.routing.Pattern;
import io.bocadillo.routing.Printable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Routes and middleware, in the order of their registration: what {@link App} is made of.
 *
 * <p>A pattern is a path with parameters: {@code {x}} stands for one segment or a part of one, {@code {x:int}} for a
 * whole number, {@code {x:path}} for any number of segments, {@code {}} for anything; everything else is literal. A
 * missing leading slash is added. The first registered route that matches path and method answers.
 *
 * <p>A mistake in a registration, such as a pattern that is none, is a {@link StartupError} at once. A router is set up by
 * one thread before the app starts; a change afterwards is an {@link IllegalStateException}.
 */
public abstract sealed class Router permits App {

    private static final Set<String> ALL = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final List<Route> routes = new ArrayList<>();
    private final Map<String, Route> names = new HashMap<>();
    private final List<Placed<Middleware>> middleware = new ArrayList<>();
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
        if (methods.length == 0) {
            throw new StartupError("route '" + pattern + "' (" + Place.ofCaller()
                    + "): expected at least one method, got none. Name them, or use any(...).");
        }
        return add(pattern, view, new LinkedHashSet<>(List.of(methods)));
    }

    /** Lets a middleware decorate every request, inside those registered before it, whether a route matches or not. */
    public void use(Middleware middleware) {
        checkOpen("a middleware");
        this.middleware.add(Placed.here(given("a middleware", middleware)));
    }

    /** The routes in the order of their registration, unmodifiable. */
    public List<Route> routes() {
        return Collections.unmodifiableList(routes);
    }

    List<Placed<Middleware>> middleware() {
        return middleware;
    }

    @Nullable
    Route named(String name) {
        return names.get(name);
    }

    void name(Route route, String name) {
        Route other = names.putIfAbsent(name, route);
        if (other != null && other != route) {
            throw new StartupError("route " + route + ": expected a name of its own, got '" + name + "', the name of "
                    + other + ". Rename one of them.");
        }
    }

    void freeze() {
        frozen = true;
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
            if (!Tokens.isToken(method)) {
                throw new StartupError("route '" + pattern + "' (" + place + "): expected a method like GET, got '"
                        + Printable.of(method) + "'. Write a token (RFC 9110, section 9.1).");
            }
        }
        try {
            Route route = new Route(this, Pattern.parse(pattern), methods, view, place);
            routes.add(route);
            return route;
        } catch (IllegalArgumentException malformed) {
            throw new StartupError(malformed.getMessage() + " (" + place + ")");
        }
    }
}
