package io.bocadillo;

import io.bocadillo.routing.Match;
import io.bocadillo.routing.Path;
import io.bocadillo.routing.Pattern;
import io.bocadillo.routing.RouteTable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the requests of an app go: to its routes and to mounted apps, whichever was registered first. */
final class Destinations {

    /**
     * A route with the pipeline that ends at its view.
     *
     * @param order its place among routes and mounts
     * @param unrouted where a request for its path goes that no route takes, because of its method
     */
    record Endpoint(int order, Route route, ErrorBoundary pipeline, ErrorBoundary unrouted, Errors errors) {}

    /** A mounted app, which takes every request below its prefix. */
    private record MountedApp(int order, Mount mount, Dispatcher dispatcher) {}

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    /** What stands for every method in the table of mounts, which is one of their own for that reason. */
    private static final String ANY = "any";

    private final RouteTable<Endpoint> routes;
    private final @Nullable RouteTable<MountedApp> mounts;
    private final List<Dispatcher> mounted;

    private Destinations(Builder built) {
        routes = built.routes.build();
        mounts = built.mounted.isEmpty() ? null : built.mounts.build();
        mounted = List.copyOf(built.mounted);
    }

    /** Those of an app; throws {@link StartupError} for what can never be reached. */
    static Destinations of(Scope app, Function<Scope, ErrorBoundary> unrouted, Function<Scope, Dispatcher> mounting) {
        Builder builder = new Builder(app.app().settings(), unrouted, mounting);
        app.visit(builder);
        return new Destinations(builder);
    }

    Match<Endpoint> match(String method, Path path) {
        return routes.match(method, path);
    }

    /** The first registered route that matches the path with one of these methods, of which there is one. */
    Endpoint first(Set<String> methods, Path path) {
        Endpoint first = null;
        for (String method : methods) {
            if (routes.match(method, path) instanceof Match.Found<Endpoint> found
                    && (first == null || found.value().order() < first.order())) {
                first = found.value();
            }
        }
        return Objects.requireNonNull(first);
    }

    /** The mounted app that takes the request; null if none does, or a route before it. */
    @Nullable
    Dispatcher mounted(Match<Endpoint> match, Path path) {
        if (mounts == null || !(mounts.match(ANY, path) instanceof Match.Found<MountedApp> found)) {
            return null;
        }
        MountedApp candidate = found.value();
        boolean isLater =
                match instanceof Match.Found<Endpoint> route && route.value().order() < candidate.order();
        return isLater ? null : candidate.dispatcher();
    }

    List<Dispatcher> mounted() {
        return mounted;
    }

    private static final class Builder implements Scope.Visitor {

        private static final Pattern BELOW = Pattern.parse("/{}");

        private final Settings settings;
        private final Function<Scope, ErrorBoundary> unrouted;
        private final Function<Scope, Dispatcher> mounting;
        private final Map<Scope, ErrorBoundary> unroutedByScope = new IdentityHashMap<>();
        private final RouteTable.Builder<Endpoint> routes = RouteTable.builder();
        private final RouteTable.Builder<MountedApp> mounts = RouteTable.builder();
        private final List<Dispatcher> mounted = new ArrayList<>();
        private int seen;

        Builder(Settings settings, Function<Scope, ErrorBoundary> unrouted, Function<Scope, Dispatcher> mounting) {
            this.settings = settings;
            this.unrouted = unrouted;
            this.mounting = mounting;
        }

        @Override
        public void route(Route route, Scope scope) {
            Pattern pattern = route.compiled();
            Endpoint endpoint = new Endpoint(
                    seen++,
                    route,
                    new Pipeline(scope).to(route),
                    unroutedByScope.computeIfAbsent(scope, unrouted),
                    scope.errors());
            List<String> earlier = new ArrayList<>();
            mounts.covering(pattern, Set.of(ANY))
                    .forEach(taking -> earlier.add(taking.mount().toString()));
            routes.add(pattern, route.methods(), endpoint)
                    .forEach(taking -> earlier.add(taking.route().toString()));
            refuseShadowed("route " + route, earlier);
        }

        @Override
        public void mount(Mount mount, Scope scope) {
            Scope inside = scope.inside(mount);
            Pattern prefix = inside.prefix();
            Pattern below = prefix.append(BELOW);
            Dispatcher dispatcher = mounting.apply(inside);
            MountedApp app = new MountedApp(seen++, mount, dispatcher);
            List<String> earlier = new ArrayList<>();
            routes.covering(below, Router.ALL)
                    .forEach(taking -> earlier.add(taking.route().toString()));
            if (prefix.size() > 0) {
                mounts.add(prefix, Set.of(ANY), app);
            }
            mounts.add(below, Set.of(ANY), app)
                    .forEach(taking -> earlier.add(taking.mount().toString()));
            mounted.add(dispatcher);
            refuseShadowed("mount " + mount, earlier);
        }

        private void refuseShadowed(String what, List<String> earlier) {
            if (earlier.isEmpty()) {
                return;
            }
            StartupError shadowed = new StartupError(what + ": expected requests that no earlier route takes, got all"
                    + " taken by '" + String.join("' and '", earlier) + "'. Register it before them, or remove it.");
            if (!settings.allowShadowedRoutes()) {
                throw shadowed;
            }
            LOG.warn(shadowed.getMessage());
        }
    }
}
