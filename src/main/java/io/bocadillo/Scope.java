package io.bocadillo;

import io.bocadillo.routing.Path;
import io.bocadillo.routing.Pattern;
import io.bocadillo.routing.PercentEncoding;
import io.bocadillo.settings.Layers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A router at its place: an app, a recipe where it is included, or an app where it is mounted.
 *
 * @param outer the scope around it; null around an app that a server hosts
 * @param prefix what stands before the patterns of the router
 * @param names what stands before its names in its app
 * @param called what stands before the names of a mounted app in the app around; null if that does not know them
 * @param errors its error handlers, and those around it; a mounted app has none around it
 * @param ofClassPath the middleware of plugins of the class path, but for what settings from the same sources have switched
 *     on around it; a recipe has none
 * @param trail the places that led here, for messages
 */
record Scope(
        @Nullable Scope outer,
        Router router,
        Pattern prefix,
        String names,
        @Nullable String called,
        Errors errors,
        List<Placed<Middleware>> ofClassPath,
        String trail) {

    /** What may stand in a path (RFC 3986, section 3.3), percent-encoded text included. */
    private static final String UNESCAPED = "-._~!$&'()*+,;=:@/%";

    private static final Pattern ROOT = Pattern.parse("/");

    /** Sees the routes of an app, those of its recipes included, and its mounts, in the order of registration. */
    interface Visitor {

        /** The app or a recipe in it, before what it has. */
        default void router(Scope scope) {}

        /** A route at its place: its pattern and its name are whole. */
        default void route(Route route, Scope scope) {}

        default void mount(Mount mount, Scope scope) {}
    }

    static Scope of(App app) {
        return new Scope(null, app, Pattern.prefix(""), "", null, Errors.of(app), app.middlewareOfClassPath(), "");
    }

    void visit(Visitor visitor) {
        visitor.router(this);
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

    /** The routes in the order of registration. */
    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        visit(new Visitor() {
            @Override
            public void route(Route route, Scope scope) {
                routes.add(route);
            }
        });
        return routes;
    }

    /** The apps that are mounted in it, in the order of the mounts, one that is mounted twice two times. */
    List<App> mountedApps() {
        List<App> apps = new ArrayList<>();
        visit(new Visitor() {
            @Override
            public void mount(Mount mount, Scope scope) {
                apps.add(mount.app());
            }
        });
        return apps;
    }

    /** The scope of an app that is mounted in this one. */
    Scope inside(Mount mount) {
        String led = ", mounted at " + mount.place() + trail;
        String known = mount.name() == null ? null : names + mount.name() + ":";
        Pattern below = below(mount.compiled(), "mount", mount.place() + trail);
        Router.checkMountPath(below, mount.place() + trail);
        List<Placed<Middleware>> ofClassPath =
                hasSourcesOf(mount.app()) ? List.of() : mount.app().middlewareOfClassPath();
        return new Scope(this, mount.app(), below, "", known, Errors.of(mount.app()), ofClassPath, led);
    }

    /** As the outermost app has it: each app on the way knows it under a name of its own. */
    private Route here(Route route) {
        Pattern whole = below(route.compiled(), "route", route.place() + trail);
        if (route.isHosted()) {
            Router.checkMountPath(whole, route.place() + trail);
        }
        Route here = route.at(whole.size() == 0 && !route.isHosted() ? ROOT : whole, names, trail);
        String known = names;
        for (Scope app = atApp(); app.outer != null; app = app.around()) {
            known = known == null || app.called == null ? null : app.called + known;
            here = here.outside(known);
        }
        return here;
    }

    private Scope inside(Registered.Included included) {
        Recipe recipe = included.recipe();
        String led = ", included at " + included.place() + trail;
        String inner = recipe.name() == null ? names : names + recipe.name() + ":";
        Pattern below = below(included.prefix(), "recipe", recipe.place() + led);
        return new Scope(this, recipe, below, inner, null, errors.inside(recipe), List.of(), led);
    }

    /** What runs around all that the router has. */
    List<Placed<Middleware>> middleware() {
        return ofClassPath.isEmpty() ? router.ownMiddleware() : router.middleware();
    }

    /** Whether the settings of an app are from the same sources as those of this one, or of one around it. */
    private boolean hasSourcesOf(App app) {
        return sources().equals(app.settings().sources().compared()) || outer != null && outer.hasSourcesOf(app);
    }

    /** Those of the settings of its app; equal if they say the same. */
    Layers sources() {
        return app().settings().sources().compared();
    }

    boolean isApp() {
        return router instanceof App;
    }

    /** The scope of the app that the router is, or is included in. */
    Scope atApp() {
        return isApp() ? this : Objects.requireNonNull(outer).atApp();
    }

    /** The scope of the app in which the app is mounted. */
    Scope around() {
        return Objects.requireNonNull(atApp().outer).atApp();
    }

    /** The app that the router is, or is included in. */
    App app() {
        return (App) atApp().router;
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

    private Pattern below(Pattern pattern, String what, String place) {
        String within = router instanceof Recipe recipe ? ", in the recipe of " + recipe.place() : "";
        return Router.append(prefix, pattern, what, place + within);
    }
}
