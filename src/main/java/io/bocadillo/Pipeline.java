package io.bocadillo;

import io.bocadillo.routing.InvalidPathException;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Composes, once at startup, what a request passes through on its way to a view: middleware of the app ⊃ of the recipes
 * around the route ⊃ of the route ⊃ body ⊃ hooks, in the same order ⊃ view. Around that of a mounted app is the middleware
 * of where it is mounted.
 *
 * <p>An {@link ErrorBoundary} stands around the view and around each middleware, so that whoever calls on sees the
 * answer to an error as the client will.
 */
final class Pipeline {

    private final Scope scope;
    private final Errors errors;
    private final @Nullable Executor executor;

    Pipeline(Scope scope) {
        this.scope = scope;
        this.errors = scope.errors();
        this.executor = scope.app().settings().executor();
    }

    ErrorBoundary to(Route route) {
        String source = "view of " + route;
        View view = (req, res) -> {
            if (route.isHosted()) {
                res.head().handOver();
            }
            return Stages.present(route.view().handle(req, res), source);
        };
        View hooked = hooked(route.beforeHooks(), view, route.afterHooks());
        for (Scope around = scope; around != null; around = around.isApp() ? null : around.outer()) {
            hooked = hooked(
                    around.router().beforeHooks(), hooked, around.router().afterHooks());
        }
        ErrorBoundary bounded = bounded(body(route, onExecutor(hooked)), errors, source);
        return around(scope, within(route.middleware(), errors, bounded));
    }

    /** For requests without a route, which have no body to read and no hooks to run. */
    ErrorBoundary toUnrouted(View view) {
        return around(scope, bounded(view, errors, "answer to a request without a route"));
    }

    /**
     * For requests whose path is none. The middleware of the app runs around the refusal, for its logs and headers, and
     * sees {@code /} in the place of the path. So whatever it answers itself does not count: nobody gets behind a guard by
     * a path that the guard does not see.
     */
    ErrorBoundary toRefusal() {
        String source = "refusal of a path";
        View refusing = (req, res) -> {
            throw HttpError.untraced(400, req.get(InvalidPathException.class).expectation());
        };
        Next around = around(scope, bounded(refusing, errors, source));
        Next again = bounded(refusing, errors, source);
        View view = (req, res) -> Stages.then(around.handle(req, res), () -> {
            if (res.status() == 400) {
                return Response.ANSWERED;
            }
            res.draft().returnToGiver();
            return again.handle(req, res);
        });
        return bounded(view, errors, source);
    }

    private static View hooked(List<Hook> before, View view, List<Hook> after) {
        return after(before(List.copyOf(before), view), List.copyOf(after));
    }

    private static View before(List<Hook> hooks, View view) {
        if (hooks.isEmpty()) {
            return view;
        }
        return (req, res) -> {
            run(hooks, req, res);
            return view.handle(req, res);
        };
    }

    private static View after(View view, List<Hook> hooks) {
        if (hooks.isEmpty()) {
            return view;
        }
        return (req, res) -> Stages.then(view.handle(req, res), () -> {
            run(hooks, req, res);
            return Response.ANSWERED;
        });
    }

    private static void run(List<Hook> hooks, Request req, Response res) throws Exception {
        for (Hook hook : hooks) {
            hook.run(req, res);
        }
    }

    private View onExecutor(View view) {
        Executor chosen = executor;
        return chosen == null ? view : (req, res) -> Stages.on(chosen, () -> view.handle(req, res));
    }

    private static View body(Route route, View view) {
        if (route.isStreaming() || route.isHosted()) {
            return view;
        }
        return (req, res) -> req.exchange().hasBody()
                ? Stages.then(req.lifetime().body(req).whenRead(), () -> view.handle(req, res))
                : view.handle(req, res);
    }

    private ErrorBoundary around(Scope scope, ErrorBoundary inner) {
        ErrorBoundary view = within(scope.middleware(), scope.errors(), inner);
        Scope outer = scope.outer();
        if (outer == null) {
            return view;
        }
        return around(outer, scope.isApp() ? bounded(entering(scope, view), outer.errors(), "mount") : view);
    }

    /** Inside a mounted app, paths, names and settings are those of that app, whoever else has the request by then. */
    private View entering(Scope mounted, Next inside) {
        Errors ofApp = mounted == scope.atApp() ? errors : mounted.errors();
        return (req, res) -> {
            Request within = req.entering(mounted);
            return inside.handle(within, res.in(within, ofApp));
        };
    }

    private static ErrorBoundary within(List<Placed<Middleware>> around, Errors errors, ErrorBoundary inner) {
        ErrorBoundary view = inner;
        for (int i = around.size() - 1; i >= 0; i--) {
            Middleware outer = around.get(i).value();
            Next next = view;
            view = bounded((req, res) -> outer.handle(req, res, next), errors, "middleware " + around.get(i));
        }
        return view;
    }

    private static ErrorBoundary bounded(View view, Errors errors, String source) {
        return new ErrorBoundary(view, errors, source);
    }
}
