package io.bocadillo;

import io.bocadillo.routing.Path;
import io.bocadillo.routing.Pattern;
import io.bocadillo.routing.PercentEncoding;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A router at its place: an app, a recipe where it is included, or an app where it is mounted.
 *
 * @param outer the scope around it; null around an app that a server hosts
 * @param prefix what stands before the patterns of the router
 * @param names what stands before its names
 * @param errors its error handlers, and those around it; a mounted app has none around it
 * @param trail the places that led here, for messages
 */
record Scope(@Nullable Scope outer, Router router, Pattern prefix, String names, Errors errors, String trail) {

    /** What may stand in a path (RFC 3986, section 3.3), percent-encoded text included. */
    private static final String UNESCAPED = "-._~!$&'()*+,;=:@/%";

    private static final Pattern ROOT = Pattern.parse("/");

    /** Sees the routes of an app, those of its recipes included, and its mounts, in the order of registration. */
    interface Visitor {

        /** A route at its place: its pattern and its name are whole. */
        void route(Route route, Scope scope);

        void mount(Mount mount, Scope scope);
    }

    static Scope of(App app) {
        return new Scope(null, app, Pattern.prefix(""), "", Errors.of(app), "");
    }

    void visit(Visitor visitor) {
        for (Registered registered : router.registered()) {
            if (registered instanceof Registered.Routed routed) {
                visitor.route(here(routed.route()), this);
            } else if (registered instanceof Registered.Included included) {
                inside(included).visit(visitor);
            } else if (registered instanceof Registered.Mounted mounted) {
                visitor.mount(mounted.mount(), this);
            }
        }
    }

    /** The scope of an app that is mounted in this one. */
    Scope inside(Mount mount) {
        String led = ", mounted at " + mount.place() + trail;
        // Names of an app that has none itself must not be taken for those of the app around it.
        String inner = names + (mount.name() == null ? mount.prefix() : mount.name()) + ":";
        Pattern below = below(mount.compiled(), mount.place() + trail);
        return new Scope(this, mount.app(), below, inner, Errors.of(mount.app()), led);
    }

    private Route here(Route route) {
        Pattern whole = below(route.compiled(), route.place() + trail);
        return route.at(this, whole.size() == 0 ? ROOT : whole);
    }

    private Scope inside(Registered.Included included) {
        Recipe recipe = included.recipe();
        String led = ", included at " + included.place() + trail;
        String inner = recipe.name() == null ? names : names + recipe.name() + ":";
        return new Scope(
                this, recipe, below(included.prefix(), included.place() + trail), inner, errors.inside(recipe), led);
    }

    boolean isApp() {
        return router instanceof App;
    }

    /** The app that the router is, or is included in. */
    App app() {
        return router instanceof App app ? app : Objects.requireNonNull(outer).app();
    }

    /** The leading part of the path at which the app is mounted, decoded; empty if it is not. */
    String mountPath(Path path) {
        return prefix.size() == 0 ? "" : path.first(prefix.size()).toString();
    }

    /** Where the app is to be found that is mounted there and hosted at {@code basePath}, percent-encoded. */
    String root(String basePath, Path path) {
        String mount = prefix.size() == 0 ? "" : path.first(prefix.size()).encoded();
        return PercentEncoding.encode(basePath + mount, UNESCAPED);
    }

    private Pattern below(Pattern pattern, String place) {
        try {
            return prefix.append(pattern);
        } catch (IllegalArgumentException malformed) {
            throw new StartupError(malformed.getMessage() + " (" + place + ")");
        }
    }
}
