package io.bocadillo;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Decorates every request of an app, a recipe or one route: it runs before the body is read and decides whether and when
 * to call on.
 *
 * <p>The first registered middleware is the outermost. What {@code next} returns has the errors of everything inside
 * already answered by their handlers; it fails only with an error that nobody handles.
 */
@FunctionalInterface
public interface Middleware {

    /**
     * Answers by itself, or returns {@code next.handle(req, res)}, possibly with more to do when that completes.
     *
     * @param next the rest of the pipeline, which never throws
     * @return the stage the response waits for, never null
     * @throws Exception any failure; it goes to the error handler of its class, see {@link App#onError}
     */
    CompletionStage<?> handle(Request req, Response res, Next next) throws Exception;

    /**
     * The names of routes that it knows, as {@link Route#name} gives them, each with what says so, for messages: {@code
     * "hook"} and {@code "Csrf.exempt"}. An app without a route of one of these names does not start.
     */
    default Map<String, String> routeNames() {
        return Map.of();
    }
}
