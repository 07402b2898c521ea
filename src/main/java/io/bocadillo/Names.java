package io.bocadillo;

import io.bocadillo.routing.Printable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The named routes of an app: its own, those of its recipes, and those of mounted apps that have a name. */
final class Names implements Scope.Visitor {

    private final App app;
    private final Map<String, Route> routes = new HashMap<>();
    private final Set<Route> redirects = new LinkedHashSet<>();

    private Names(App app) {
        this.app = app;
    }

    /** Throws {@link StartupError} for two routes of one name. */
    static Names of(App app) {
        Names names = new Names(app);
        Scope.of(app).visit(names);
        return names;
    }

    /** The name of a route, recipe or mount, unless it is none: a colon is what separates it from another one. */
    static String checked(String what, @Nullable String name) {
        String checked = Router.given("a name", name);
        if (checked.isEmpty() || checked.indexOf(':') >= 0) {
            throw new StartupError(what + " (" + Place.ofCaller() + "): expected a name without ':', got '"
                    + Printable.of(checked) + "'. Write one like \"tacos\".");
        }
        return checked;
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

    /**
     * The whole name for one that may begin with a colon, and is then that of a route beside the one that asks.
     *
     * @throws IllegalArgumentException if no route asks, or its app does not know its name
     */
    static String whole(String name, @Nullable Route asking) {
        if (!name.startsWith(":")) {
            return name;
        }
        String whole = asking == null ? null : asking.beside(name.substring(1));
        if (whole == null) {
            throw new IllegalArgumentException("urlFor: expected a whole name where no route asks, got '" + name
                    + "'. Write it as in 'tacos:detail'.");
        }
        return whole;
    }

    /** Throws {@link StartupError} for a redirect to a name that is none, whose parameters it lacks, or back to itself. */
    void checkRedirects() {
        for (Route redirect : redirects) {
            Route target = target(redirect);
            for (String param : target.compiled().names()) {
                if (!redirect.compiled().names().contains(param)) {
                    throw new StartupError("redirect " + redirect + ": expected the parameters of " + target
                            + ", got none named '" + param + "'. Add {" + param + "} to its pattern.");
                }
            }
            refuseCircle(redirect);
        }
    }

    private void refuseCircle(Route redirect) {
        Set<Route> passed = new HashSet<>();
        for (Route at = redirect; redirects.contains(at); at = target(at)) {
            if (!passed.add(at)) {
                throw new StartupError(
                        "redirect " + redirect + ": expected to lead to a view, got a circle of redirects by '"
                                + nameOfTarget(redirect) + "'. Name the route that the path has moved to.");
            }
        }
    }

    private Route target(Route redirect) {
        Route target = routes.get(nameOfTarget(redirect));
        if (target == null) {
            throw new StartupError("redirect " + redirect + ": " + unknown(nameOfTarget(redirect)));
        }
        return target;
    }

    private static String nameOfTarget(Route redirect) {
        return whole(((MovedTo) redirect.view()).name(), redirect);
    }

    Set<String> all() {
        return routes.keySet();
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

    static String unknown(String name) {
        return "expected the name of a route, got '" + name + "'. Give a route that name with name(...).";
    }
}
