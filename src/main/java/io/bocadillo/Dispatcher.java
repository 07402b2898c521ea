package io.bocadillo;

import io.bocadillo.Destinations.Endpoint;
import io.bocadillo.routing.InvalidPathException;
import io.bocadillo.routing.Match;
import io.bocadillo.routing.Path;
import io.bocadillo.staticfiles.StaticFile;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    /** What a request whose path is none has in its place. */
    private static final Path ROOT = Path.parse("/", 0);

    private static final Match<?> NOWHERE = new Match.NotFound<>();

    private final Settings settings;
    private final Errors errors;
    private final Scope scope;
    private final Scope outermost;
    private final Destinations destinations;
    private final StaticMounts statics;
    private final ErrorBoundary unrouted;
    private final long timeoutNanos;
    private final AppThreads threads;
    private final Deadlines deadlines;
    private final OpenExchanges open;

    /** Throws {@link StartupError} for a mistake in the app, or in one that is mounted in it. */
    Dispatcher(App app) {
        this(Scope.of(app), null);
    }

    private Dispatcher(Scope scope, @Nullable Dispatcher outer) {
        this.scope = scope;
        this.outermost = outer == null ? scope : outer.outermost;
        this.open = outer == null ? new OpenExchanges() : outer.open;
        this.settings = scope.app().settings();
        this.errors = scope.errors();
        this.destinations = Destinations.of(scope, this::unrouted, inside -> new Dispatcher(inside, this));
        this.statics = scope.app().statics().started(outer == null && settings.staticFiles());
        this.unrouted = unrouted(scope);
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
            return handle(exchange, request(exchange, ROOT, NOWHERE, null), refusal(refused), errors);
        }
        return handle(exchange, path);
    }

    private CompletableFuture<Response> handle(Exchange exchange, Path path) {
        Match<Endpoint> match = destinations.match(exchange.method(), path);
        Dispatcher mounted = destinations.mounted(match, path);
        if (mounted != null) {
            return mounted.handle(exchange, path);
        }
        if (match instanceof Match.Found<Endpoint> found) {
            Endpoint endpoint = found.value();
            Request req = request(exchange, path, match, endpoint.route());
            return handle(exchange, req, endpoint.pipeline(), endpoint.errors());
        }
        Request req = request(exchange, path, match, null);
        if (match instanceof Match.MethodNotAllowed<Endpoint> mismatch) {
            Endpoint first = destinations.first(mismatch.allow(), path);
            return handle(exchange, req, first.unrouted(), first.errors());
        }
        return handle(exchange, req, unrouted, errors);
    }

    /** The apps that are mounted in this one, in the order of registration. */
    List<App> mounted() {
        return destinations.mounted().stream()
                .map(dispatcher -> dispatcher.scope.app())
                .toList();
    }

    OpenExchanges open() {
        return open;
    }

    Settings settings() {
        return settings;
    }

    /** The app whose routes these are, at its place. */
    Scope scope() {
        return scope;
    }

    /** Where every request begins: in the app that the server hosts. */
    Scope outermost() {
        return outermost;
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
        stopThreads();
    }

    private void stopThreads() {
        deadlines.close();
        threads.stop();
        destinations.mounted().forEach(Dispatcher::stopThreads);
    }

    private Request request(Exchange exchange, Path path, Match<?> match, @Nullable Route route) {
        return new Request(exchange, path, match, route, this);
    }

    private CompletableFuture<Response> handle(Exchange exchange, Request req, ErrorBoundary pipeline, Errors errors) {
        open.opened();
        long start = System.nanoTime();
        Response res = new Response(req, errors);
        CompletionStage<?> stage;
        try {
            stage = answered(req, res, pipeline, errors);
        } catch (Throwable failure) {
            res.sent(failure, 0);
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
    private CompletionStage<?> answered(Request req, Response res, ErrorBoundary pipeline, Errors errors) {
        CompletionStage<?> stage = pipeline.handle(req, res);
        return Stages.isComplete(stage) ? stage : Stages.recover(stage, error -> errors.lastResort(req, res, error));
    }

    private ErrorBoundary unrouted(Scope inside) {
        return new Pipeline(inside).toUnrouted(this::answerUnrouted);
    }

    private CompletionStage<?> answerUnrouted(Request req, Response res) {
        boolean options = req.method().equals("OPTIONS");
        boolean reads = req.method().equals("GET") || req.method().equals("HEAD");
        Path path = req.canonicalPath();
        Path inside = path.below(scope.prefix().size());
        StaticFile file = path.size() > scope.prefix().size() ? statics.find(inside, req) : null;
        if (file != null && reads) {
            return res.file(file);
        }
        Set<String> methods = methods(req.match(), file != null);
        if (!methods.isEmpty()) {
            String allow = String.join(", ", methods);
            if (options) {
                return res.header("Allow", allow).empty();
            }
            throw HttpError.untraced(405, null).header("Allow", allow);
        }
        // A preflight must not be redirected (Fetch standard, CORS-preflight fetch).
        if (settings.redirectTrailingSlash()
                && !options
                && !path.endsWithSlash()
                && (isRoute(req.method(), path.withSlash()) && !statics.hold(inside)
                        || reads && statics.find(inside.withSlash(), req) != null)) {
            return res.status(308)
                    .redirect(inside.withSlash().encoded() + (req.rawQuery() == null ? "" : "?" + req.rawQuery()));
        }
        StaticFile page = reads ? statics.findFallback(inside, req) : null;
        if (page != null) {
            res.headers().vary("Accept");
            return res.file(page);
        }
        throw HttpError.untraced(404, null);
    }

    /** Those of all routes on the path, and of the file there; empty for neither. */
    private static Set<String> methods(Match<?> match, boolean isFile) {
        Set<String> methods = new LinkedHashSet<>(isFile ? List.of("GET", "HEAD") : List.of());
        if (match instanceof Match.MethodNotAllowed<?> mismatch) {
            methods.addAll(mismatch.allow());
        } else if (isFile) {
            methods.add("OPTIONS");
        }
        return methods;
    }

    private boolean isRoute(String method, Path path) {
        return !(destinations.match(method, path) instanceof Match.NotFound<Endpoint>);
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
