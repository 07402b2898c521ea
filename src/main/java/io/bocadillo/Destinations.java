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
import java.util.function.Predicate;
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

    /** What takes every request below its prefix: a mounted app, or else the route of a mounted servlet. */
    record Mounted(
            int order,
            Object source,
            @Nullable Dispatcher app,
            @Nullable Endpoint hosted) {}

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    /** What stands for every method in the table of mounts, which is one of their own for that reason. */
    private static final String ANY = "any";

    private final RouteTable<Endpoint> routes;
    private final @Nullable RouteTable<Mounted> mounts;
    private final List<Dispatcher> mounted;
    private final List<Route> hosted;

    private final Map<Dispatcher, StaticAreas> filesWithin;

    private Destinations(Builder built, Function<Predicate<Pattern>, StaticAreas> files) {
        filesWithin = built.filesWithin(files);
        routes = built.routes.build();
        mounts = built.mounted.isEmpty() && built.hosted.isEmpty() ? null : built.mounts.build();
        mounted = List.copyOf(built.mounted);
        hosted = List.copyOf(built.hosted);
    }

    /**
     * Those of an app; throws {@link StartupError} for what can never be reached.
     *
     * @param files gives the static files of the app whose paths are of a certain kind
     */
    static Destinations of(
            Scope app,
            Function<Scope, ErrorBoundary> unrouted,
            Function<Predicate<Pattern>, StaticAreas> files,
            Function<Scope, Dispatcher> mounting) {
        Builder builder = new Builder(app.app().settings(), unrouted, mounting);
        app.visit(builder);
        return new Destinations(builder, files);
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

    /** The mounted app or servlet that takes the request; null if none does, or a route before it. */
    Match.@Nullable Found<Mounted> mounted(Match<Endpoint> match, Path path) {
        if (mounts == null || !(mounts.match(ANY, place(path)) instanceof Match.Found<Mounted> found)) {
            return null;
        }
        boolean isLater = match instanceof Match.Found<Endpoint> route
                && route.value().order() < found.value().order();
        return isLater ? null : found;
    }

    /** The place of the app without its slash belongs to an app that is mounted at {@code /}. */
    private static Path place(Path path) {
        return path.size() == 0 ? path.withSlash() : path;
    }

    List<Dispatcher> mounted() {
        return mounted;
    }

    /** The routes of mounted servlets. */
    List<Route> hosted() {
        return hosted;
    }

    /** The static files of the app for whose every path a mounted app would be asked, and they before it; null for none. */
    @Nullable
    StaticAreas filesWithin(Dispatcher mounted) {
        return filesWithin.get(mounted);
    }

    private static final class Builder implements Scope.Visitor {

        private static final Pattern BELOW = Pattern.parse("/{}");

        private final Settings settings;
        private final Function<Scope, ErrorBoundary> unrouted;
        private final Function<Scope, Dispatcher> mounting;
        private final Map<Scope, ErrorBoundary> unroutedByScope = new IdentityHashMap<>();
        private final RouteTable.Builder<Endpoint> routes = RouteTable.builder();
        private final RouteTable.Builder<Mounted> mounts = RouteTable.builder();
        private final List<Dispatcher> mounted = new ArrayList<>();
        private final List<Route> hosted = new ArrayList<>();
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
            if (route.isHosted()) {
                hosted.add(route);
                take(pattern, new Mounted(endpoint.order(), route, null, endpoint));
                return;
            }
            List<String> earlier = new ArrayList<>();
            mounts.covering(pattern, Set.of(ANY))
                    .forEach(taking -> earlier.add(taking.source().toString()));
            routes.add(pattern, route.methods(), endpoint)
                    .forEach(taking -> earlier.add(taking.route().toString()));
            refuseShadowed("route " + route, earlier);
        }

        @Override
        public void mount(Mount mount, Scope scope) {
            Scope inside = scope.inside(mount);
            Dispatcher dispatcher = mounting.apply(inside);
            mounted.add(dispatcher);
            take(inside.prefix(), new Mounted(seen++, mount, dispatcher, null));
        }

        private void take(Pattern prefix, Mounted taker) {
            Pattern below = prefix.append(BELOW);
            List<String> earlier = new ArrayList<>();
            routes.covering(below, Router.ALL)
                    .forEach(taking -> earlier.add(taking.route().toString()));
            if (prefix.size() > 0) {
                mounts.add(prefix, Set.of(ANY), taker);
            }
            mounts.add(below, Set.of(ANY), taker)
                    .forEach(taking -> earlier.add(taking.source().toString()));
            refuseShadowed("mount " + taker.source(), earlier);
        }

        Map<Dispatcher, StaticAreas> filesWithin(Function<Predicate<Pattern>, StaticAreas> files) {
            Map<Dispatcher, StaticAreas> within = new IdentityHashMap<>();
            for (Dispatcher dispatcher : mounted) {
                StaticAreas taken = files.apply(below ->
                        mounts.covering(below, Set.of(ANY)).stream().anyMatch(taker -> taker.app() == dispatcher));
                if (!taken.isEmpty()) {
                    within.put(dispatcher, taken);
                }
            }
            return within;
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
