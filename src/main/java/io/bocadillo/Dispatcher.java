package io.bocadillo;

import io.bocadillo.Destinations.Endpoint;
import io.bocadillo.routing.Match;
import io.bocadillo.routing.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An app at its place, the one that a server hosts or one that is mounted in it: finds the route of each request, and sends
 * the request through the pipeline to its view.
 */
final class Dispatcher {

    private static final Match<?> NOWHERE = new Match.NotFound<>();

    private final Settings settings;
    private final Errors errors;
    private final Scope scope;
    private final Scope outermost;
    private final Unrouted answer;
    private final Destinations destinations;
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
        this.answer = new Unrouted(scope);
        this.unrouted = new Pipeline(scope).toUnrouted(answer);
        this.destinations = Destinations.of(
                scope,
                inside -> inside == scope ? unrouted : new Pipeline(inside).toUnrouted(answer),
                answer::filesWithin,
                inside -> new Dispatcher(inside, this));
        this.timeoutNanos = TimeUnit.NANOSECONDS.convert(settings.timeout());
        this.threads = new AppThreads(settings.executor());
        this.deadlines = new Deadlines(threads.timer());
    }

    /** The response that goes out, complete already if it is there at once; never fails. */
    CompletableFuture<Response> handle(Exchange exchange, Path path) {
        Match<Endpoint> match = destinations.match(exchange.method(), path);
        Match.Found<Destinations.Mounted> mounted = destinations.mounted(match, path);
        if (mounted != null) {
            Endpoint hosted = mounted.value().hosted();
            if (hosted != null) {
                return handle(exchange, path, mounted, hosted);
            }
            Dispatcher app = Objects.requireNonNull(mounted.value().app());
            Request file = fileBefore(app, exchange, path);
            return file == null ? app.handle(exchange, path) : handle(exchange, file, unrouted);
        }
        if (match instanceof Match.Found<Endpoint> found) {
            return handle(exchange, path, match, found.value());
        }
        Request req = request(exchange, path, match, null);
        if (match instanceof Match.MethodNotAllowed<Endpoint> mismatch) {
            Endpoint first = destinations.first(mismatch.allow(), path);
            return handle(exchange, req, first.unrouted(), first.errors());
        }
        return handle(exchange, req, unrouted);
    }

    /** The same for a request that no route takes, and that goes through this pipeline instead. */
    CompletableFuture<Response> handle(Exchange exchange, Request req, ErrorBoundary pipeline) {
        return handle(exchange, req, pipeline, errors);
    }

    private CompletableFuture<Response> handle(Exchange exchange, Path path, Match<?> match, Endpoint endpoint) {
        Request req = request(exchange, path, match, endpoint.route());
        return handle(exchange, req, endpoint.pipeline(), endpoint.errors());
    }

    /** The routes of the servlets that are mounted in this app, and then of those in apps that are mounted in it. */
    List<Route> hosted() {
        List<Route> hosted = new ArrayList<>(destinations.hosted());
        destinations.mounted().forEach(dispatcher -> hosted.addAll(dispatcher.hosted()));
        return hosted;
    }

    /** The request for a static file below the prefix of a mount; null if there is none. */
    private @Nullable Request fileBefore(Dispatcher mounted, Exchange exchange, Path path) {
        StaticAreas files = destinations.filesWithin(mounted);
        if (files == null || !answer.mayAnswerWith(files, exchange.method(), path)) {
            return null;
        }
        Request req = request(exchange, path, NOWHERE, null);
        return answer.answersWith(files, req, mounted.takes(exchange.method(), path)) ? req : null;
    }

    private boolean takes(String method, Path path) {
        Match<Endpoint> match = destinations.match(method, path);
        return !(match instanceof Match.NotFound<Endpoint>) || destinations.mounted(match, path) != null;
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

    /** Whether there is a route for that path, whatever the method. */
    boolean isRoute(String method, Path path) {
        return !(destinations.match(method, path) instanceof Match.NotFound<Endpoint>);
    }

    /** Waits for what is under way, and stops keeping time; the timer's thread ends with the last request. */
    void finish(Duration gracePeriod) {
        open.drainWithin(gracePeriod);
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
        Response res = new Response(req, scope == outermost ? errors : outermost.errors());
        Request within = req.in(scope);
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
        Pending pending = new Pending(within, res.in(within, errors), errors);
        if (timeoutNanos > 0) {
            pending.limit(timeoutNanos, start, deadlines, exchange);
        }
        return pending.answerAfter(stage);
    }

    /** The pipeline, and behind it the answer to errors that nobody handles. */
    private CompletionStage<?> answered(Request req, Response res, ErrorBoundary pipeline, Errors errors) {
        CompletionStage<?> stage = pipeline.handle(req, res);
        return Stages.isComplete(stage) ? stage : Stages.recover(stage, error -> errors.lastResort(req, res, error));
    }
}
