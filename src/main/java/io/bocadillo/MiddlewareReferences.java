package io.bocadillo;

import io.bocadillo.settings.Layers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The names of routes that middleware refers to, held against those that there are where it stands. */
final class MiddlewareReferences implements Scope.Visitor {

    /** For apps with settings from the same sources: a name in them is that of a route which one of these apps knows. */
    private record Shared(Map<String, String> referred, Set<String> known) {}

    private final Map<Layers, Shared> ofClassPath = new HashMap<>();

    private MiddlewareReferences() {}

    /** Throws {@link StartupError} for a middleware of the app, or of one mounted in it, that refers to a name that is none. */
    static void check(App app) {
        MiddlewareReferences references = new MiddlewareReferences();
        Scope.of(app).visit(references);
        for (Shared shared : references.ofClassPath.values()) {
            shared.referred().forEach((name, where) -> checkName(name, where, shared.known()));
        }
    }

    @Override
    public void router(Scope scope) {
        Set<String> known = scope.app().names().all();
        scope.router().ownMiddleware().forEach(middleware -> checkNamesOf(middleware, known));
        if (!scope.ofClassPath().isEmpty()) {
            Shared shared = ofClassPath.computeIfAbsent(
                    scope.sources(), sources -> new Shared(new TreeMap<>(), new HashSet<>()));
            shared.known().addAll(known);
            scope.ofClassPath()
                    .forEach(middleware ->
                            shared.referred().putAll(middleware.value().routeNames()));
        }
    }

    @Override
    public void route(Route route, Scope scope) {
        Set<String> known = scope.app().names().all();
        route.middleware().forEach(middleware -> checkNamesOf(middleware, known));
    }

    @Override
    public void mount(Mount mount, Scope scope) {
        scope.inside(mount).visit(this);
    }

    private static void checkNamesOf(Placed<Middleware> middleware, Set<String> known) {
        middleware.value().routeNames().forEach((name, where) -> checkName(name, where + " " + middleware, known));
    }

    private static void checkName(String name, String where, Set<String> known) {
        if (!known.contains(name)) {
            throw new StartupError(where + ": " + Names.unknown(name));
        }
    }
}
