package io.bocadillo;

import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Composes, once at startup, what a request passes through on its way to a view: middleware of the app ⊃ middleware of
 * the route ⊃ body ⊃ hooks ⊃ view.
 *
 * <p>An {@link ErrorBoundary} stands around the view and around each middleware, so that whoever calls on sees the
 * answer to an error as the client will.
 */
final class Pipeline {

    private final List<Placed<Middleware>> middleware;
    private final Errors errors;
    private final @Nullable Executor executor;

    Pipeline(List<Placed<Middleware>> middleware, Errors errors, @Nullable Executor executor) {
        this.middleware = middleware;
        this.errors = errors;
        this.executor = executor;
    }

    ErrorBoundary to(Route route) {
        String source = "view of " + route;
        View view = (req, res) -> Stages.present(route.view().handle(req, res), source);
        View hooked = after(route, before(route, view));
        return within(middleware, within(route.middleware(), bounded(body(route, onExecutor(hooked)), source)));
    }

    /** For requests without a route, which have no body to read and no hooks to run. */
    ErrorBoundary toUnrouted(View view) {
        return within(middleware, bounded(view, "answer to a request without a route"));
    }

    private static View before(Route route, View view) {
        Hook[] hooks = route.beforeHooks().toArray(Hook[]::new);
        if (hooks.length == 0) {
            return view;
        }
        return (req, res) -> {
            for (Hook hook : hooks) {
                hook.run(req, res);
            }
            return view.handle(req, res);
        };
    }

    private static View after(Route route, View view) {
        Hook[] hooks = route.afterHooks().toArray(Hook[]::new);
        if (hooks.length == 0) {
            return view;
        }
        return (req, res) -> Stages.then(view.handle(req, res), () -> {
            for (Hook hook : hooks) {
                hook.run(req, res);
            }
            return Response.ANSWERED;
        });
    }

    private View onExecutor(View view) {
        Executor chosen = executor;
        return chosen == null ? view : (req, res) -> Stages.on(chosen, () -> view.handle(req, res));
    }

    private static View body(Route route, View view) {
        if (route.isStreaming()) {
            return view;
        }
        return (req, res) ->
                req.hasBody() ? Stages.then(req.whenRead(), () -> view.handle(req, res)) : view.handle(req, res);
    }

    private ErrorBoundary within(List<Placed<Middleware>> around, ErrorBoundary inner) {
        ErrorBoundary view = inner;
        for (int i = around.size() - 1; i >= 0; i--) {
            Middleware outer = around.get(i).value();
            Next next = view;
            view = bounded((req, res) -> outer.handle(req, res, next), "middleware " + around.get(i));
        }
        return view;
    }

    private ErrorBoundary bounded(View view, String source) {
        return new ErrorBoundary(view, errors, source);
    }
}
