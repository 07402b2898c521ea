package io.bocadillo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The named routes of an app: its own, those of its recipes, and those of mounted apps that have a name. */
final class Names implements Scope.Visitor {

    private final App app;
    private final Map<String, Route> routes = new HashMap<>();
    private final List<Route> redirects = new ArrayList<>();

    private Names(App app) {
        this.app = app;
    }

    /** Throws {@link StartupError} for two routes of one name. */
    static Names of(App app) {
        Names names = new Names(app);
        Scope.of(app).visit(names);
        return names;
    }

    @Override
    public void route(Route route, Scope scope) {
        String name = route.name();
        if (name != null) {
            add(name, route);
        }
        // Those of a mounted app lead to names of that app.
        if (route.view() instanceof MovedTo && scope.app() == app) {
            redirects.add(route);
        }
    }

    @Override
    public void mount(Mount mount, Scope scope) {
        if (mount.name() != null) {
            scope.inside(mount).visit(this);
        }
    }

    private void add(String name, Route route) {
        Route other = routes.putIfAbsent(name, route);
        if (other != null) {
            throw new StartupError("route " + route + ": expected a name of its own, got '" + name + "', the name of "
                    + other + ". Rename one of them.");
        }
    }

    /** Throws {@link StartupError} for a redirect to a name that is none, or whose parameters it does not have. */
    void checkRedirects() {
        for (Route redirect : redirects) {
            String name = ((MovedTo) redirect.view()).name();
            Route target = routes.get(name);
            if (target == null) {
                throw new StartupError("redirect " + redirect + ": " + unknown(name));
            }
            for (String param : target.compiled().names()) {
                if (!redirect.compiled().names().contains(param)) {
                    throw new StartupError("redirect " + redirect + ": expected the parameters of " + target
                            + ", got none named '" + param + "'. Add {" + param + "} to its pattern.");
                }
            }
        }
    }

    /** The route of that name; {@link IllegalArgumentException} if there is none. */
    Route route(String name) {
        Route route = routes.get(name);
        if (route == null) {
            throw new IllegalArgumentException("urlFor: " + unknown(name));
        }
        return route;
    }

    /** See {@link App#urlFor(String, Map, Map)}. */
    String path(String name, Map<String, ?> params, Map<String, ?> query) {
        return route(name).compiled().format(params) + UrlEncoded.write(query);
    }

    private static String unknown(String name) {
        return "expected the name of a route, got '" + name + "'. Give a route that name with name(...).";
    }
}
