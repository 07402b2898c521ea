package io.bocadillo;

import io.bocadillo.routing.InvalidPathException;
import io.bocadillo.routing.Match;
import io.bocadillo.routing.Path;
import io.bocadillo.routing.RouteTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A started app: finds the route of each request and sends the request through the pipeline to its view. */
final class Dispatcher {

    /** A route with the pipeline that ends at its view. */
    private record Endpoint(Route route, ErrorBoundary pipeline) {}

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    /** What a request whose path is none has in its place. */
    private static final Path ROOT = Path.parse("/", 0);

    private static final Match<?> NOWHERE = new Match.NotFound<>();

    private final Settings settings;
    private final Errors errors;
    private final RouteTable<Endpoint> routes;
    private final ErrorBoundary unrouted;
    private final long timeoutNanos;
    private final AppThreads threads;
    private final Deadlines deadlines;
    private final OpenExchanges open = new OpenExchanges();

    Dispatcher(App app, Settings settings, Errors errors) {
        this.settings = settings;
        this.errors = errors;
        Pipeline pipeline = new Pipeline(app.middleware(), errors, settings.executor());
        this.routes = table(app.routes(), pipeline, settings);
        this.unrouted = pipeline.toUnrouted(this::answerUnrouted);
        this.timeoutNanos = TimeUnit.NANOSECONDS.convert(settings.timeout());
        this.threads = new AppThreads(settings.executor());
        this.deadlines = new Deadlines(threads.timer());
    }

    /** The response that goes out, complete already if it is there at once; never fails. */
    CompletableFuture<Response> handle(Exchange exchange) {
        Path path;
        try {
            path = Path.parse(exchange.rawPath(), segments(exchange.basePath()));
        } catch (InvalidPathException refused) {
            return handle(exchange, request(exchange, ROOT, NOWHERE, null), refusal(refused));
        }
        Match<Endpoint> match = routes.match(exchange.method(), path);
        if (match instanceof Match.Found<Endpoint> found) {
            Endpoint endpoint = found.value();
            Request req = request(exchange, path, match, endpoint.route());
            return handle(exchange, req, endpoint.pipeline());
        }
        return handle(exchange, request(exchange, path, match, null), unrouted);
    }

    OpenExchanges open() {
        return open;
    }

    AppThreads threads() {
        return threads;
    }

    /** Waits for what is under way, and stops keeping time; the timer's thread ends with the last request. */
    void finish(Duration gracePeriod) {
        CompletableFuture<Void> drained = open.drain();
        try {
            drained.get(gracePeriod.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException unfinished) {
            LOG.warn(
                    "app: expected to be done within the grace period, got {} requests or tasks under way",
                    open.count());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
        drained.cancel(false);
        deadlines.close();
        threads.stop();
    }

    private Request request(Exchange exchange, Path path, Match<?> match, @Nullable Route route) {
        return new Request(exchange, path, match, route, settings, threads, open);
    }

    private CompletableFuture<Response> handle(Exchange exchange, Request req, ErrorBoundary pipeline) {
        open.opened();
        long start = System.nanoTime();
        Response res = new Response(req, settings, errors);
        CompletionStage<?> stage;
        try {
            stage = answered(req, res, pipeline);
        } catch (Throwable failure) {
            open.closed();
            throw failure;
        }
        if (Stages.isComplete(stage)) {
            res.goOut();
            return CompletableFuture.completedFuture(res);
        }
        Pending pending = new Pending(req, res, errors);
        if (timeoutNanos > 0) {
            pending.limit(timeoutNanos, start, deadlines, exchange);
        }
        return pending.answerAfter(stage);
    }

    /** No middleware sees a path that is none. */
    private ErrorBoundary refusal(InvalidPathException refused) {
        LOG.debug("{}", refused.getMessage());
        View view = (req, res) -> {
            throw HttpError.untraced(400, refused.expectation());
        };
        return new ErrorBoundary(view, errors, "refusal of a path");
    }

    /** The pipeline, and behind it the answer to errors that nobody handles. */
    private CompletionStage<?> answered(Request req, Response res, ErrorBoundary pipeline) {
        CompletionStage<?> stage = pipeline.handle(req, res);
        return Stages.isComplete(stage) ? stage : Stages.recover(stage, error -> errors.lastResort(req, res, error));
    }

    private CompletionStage<?> answerUnrouted(Request req, Response res) {
        boolean options = req.method().equals("OPTIONS");
        if (req.match() instanceof Match.MethodNotAllowed<?> mismatch) {
            String allow = String.join(", ", mismatch.allow());
            if (options) {
                return res.header("Allow", allow).empty();
            }
            throw HttpError.untraced(405, null).header("Allow", allow);
        }
        Path path = req.canonicalPath();
        // A preflight must not be redirected (Fetch standard, CORS-preflight fetch).
        if (settings.redirectTrailingSlash()
                && !options
                && !path.endsWithSlash()
                && isRoute(req.method(), path.withSlash())) {
            return res.status(308)
                    .redirect(path.withSlash().encoded() + (req.rawQuery() == null ? "" : "?" + req.rawQuery()));
        }
        throw HttpError.untraced(404, null);
    }

    private boolean isRoute(String method, Path path) {
        return !(routes.match(method, path) instanceof Match.NotFound<Endpoint>);
    }

    private static RouteTable<Endpoint> table(List<Route> routes, Pipeline pipeline, Settings settings) {
        RouteTable.Builder<Endpoint> table = RouteTable.builder();
        for (Route route : routes) {
            Endpoint endpoint = new Endpoint(route, pipeline.to(route));
            List<Endpoint> covering = table.add(route.compiled(), route.methods(), endpoint);
            if (!covering.isEmpty()) {
                StartupError shadowed = shadowed(route, covering);
                if (!settings.allowShadowedRoutes()) {
                    throw shadowed;
                }
                LOG.warn(shadowed.getMessage());
            }
        }
        return table.build();
    }

    private static StartupError shadowed(Route route, List<Endpoint> covering) {
        List<String> earlier =
                covering.stream().map(endpoint -> endpoint.route().toString()).toList();
        return new StartupError("route " + route + ": expected requests that no earlier route takes, got all taken by '"
                + String.join("' and '", earlier) + "'. Register it before them, or remove it.");
    }

    private static int segments(String basePath) {
        int segments = 0;
        for (int i = 0; i < basePath.length(); i++) {
            if (basePath.charAt(i) == '/') {
                segments++;
            }
        }
        return segments;
    }
}
