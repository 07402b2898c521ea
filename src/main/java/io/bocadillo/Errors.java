package io.bocadillo;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The error handlers of an app or a recipe, by the class of errors they were registered for. What those of a recipe do
 * not take goes to those around it.
 */
final class Errors {

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    /** Handlers that throw errors for one another must come to an end. */
    private static final int MOST_HANDLERS = 8;

    /**
     * An error that no handler took, where it came up: an app or a recipe answers for what happens inside of it.
     *
     * @param errors those that were asked
     * @param req as their app has it, and so the response
     * @param mark what those outside of it had set
     */
    record Unhandled(Throwable error, Errors errors, Request req, Response res, Headers.Mark mark) {}

    private final Map<Class<?>, ErrorHandler<Throwable>> handlers = new HashMap<>();
    private final @Nullable Errors outer;

    private Errors(@Nullable Errors outer) {
        this.outer = outer;
    }

    /** Those of an app, and the standard ones for what it has none for. */
    static Errors of(App app) {
        Errors errors = new Errors(null);
        errors.put(HttpError.class, ErrorHandlers.json());
        errors.put(Redirect.class, (req, res, redirect) -> redirect.answer(res));
        errors.put(RejectedExecutionException.class, (req, res, full) -> {
            logFull(req, full);
            throw HttpError.untraced(503, null);
        });
        errors.handlers.putAll(app.errorHandlers());
        return errors;
    }

    /** Those of a recipe that is included where these are. */
    Errors inside(Recipe recipe) {
        if (recipe.errorHandlers().isEmpty()) {
            return this;
        }
        Errors errors = new Errors(this);
        errors.handlers.putAll(recipe.errorHandlers());
        return errors;
    }

    @SuppressWarnings("unchecked")
    private <E extends Throwable> void put(Class<E> type, ErrorHandler<? super E> handler) {
        handlers.put(type, (ErrorHandler<Throwable>) handler);
    }

    /** Lets the handler of the most specific class answer; the stage fails with the error when there is none. */
    CompletionStage<?> handle(Request req, Response res, Throwable error) {
        Throwable cause = Stages.cause(error);
        Unhandled known = res.head().unhandled();
        if (known != null && known.error() == cause) {
            return CompletableFuture.failedFuture(cause);
        }
        if (isLogged(cause)) {
            log(req, "failed", cause);
        }
        CompletionStage<?> stage = handle(req, res, cause, cause.getClass(), MOST_HANDLERS);
        return Stages.isComplete(stage)
                ? stage
                : Stages.recover(stage, unhandled -> {
                    if (!res.hasEnded()) {
                        res.reset();
                        res.head()
                                .unhandled(new Unhandled(
                                        unhandled, this, req, res, res.head().mark()));
                    }
                    return CompletableFuture.failedFuture(unhandled);
                });
    }

    /**
     * Answers what no handler took: a 500 that tells nothing, in the form of those who were asked, and one log line that
     * tells everything.
     */
    CompletionStage<?> lastResort(Request req, Response res, Throwable error) {
        if (res.hasEnded()) {
            logLate(req, error);
            return Response.ANSWERED;
        }
        if (!isLogged(error)) {
            log(req, "unhandled error", error);
        }
        return Stages.recover(answerTo(error, req, res), failure -> {
            log(req, "the answer to its error failed", failure);
            return plain(res, HttpError.untraced(500, null));
        });
    }

    private CompletionStage<?> answerTo(Throwable error, Request req, Response res) {
        HttpError shown = HttpError.untraced(500, null);
        Unhandled known = res.head().unhandled();
        if (known == null || known.error() != error) {
            return handle(req, res, shown);
        }
        res.head().returnTo(known.mark());
        return known.errors().handle(known.req(), known.res(), shown);
    }

    /** Whether it has been logged where it came up. */
    private static boolean isLogged(Throwable error) {
        return error instanceof HttpError httpError && httpError.status() >= 500 && httpError.getCause() != null;
    }

    /** An error whose own methods fail must not keep the answer from going out. */
    private static void log(Request req, String what, Throwable error) {
        try {
            LOG.error("{}: {}", req, what, error);
        } catch (Throwable unprintable) {
            LOG.error("{}: {}, a {}", req, what, error.getClass().getName());
        }
    }

    /** So many requests meet a full executor that one line for each is enough. */
    private static void logFull(Request req, RejectedExecutionException full) {
        LOG.warn("{}: expected an executor with a free thread, got '{}'. Answered with 503.", req, full.toString());
    }

    /** A client that is gone, or whose time is over, is no fault of the app; a view that comes too late may be one. */
    private static void logLate(Request req, Throwable error) {
        if (error instanceof HttpError) {
            LOG.debug("{}: failed after its answer had gone out", req, error);
        } else {
            LOG.warn("{}: failed after its answer had gone out", req, error);
        }
    }

    /**
     * The answer at once, in the place of one whose stream has failed. One that is itself the answer to an error has
     * plain text in its place: its handler might fail in this way without end.
     */
    Response instead(Request req, Response failed, Throwable error) {
        if (!failed.head().isOfError()) {
            return answerNow(req, failed, error);
        }
        HttpError shown = HttpError.untraced(500, null);
        if (Stages.cause(error) instanceof RejectedExecutionException full) {
            logFull(req, full);
            shown = HttpError.untraced(503, null);
        } else {
            log(req, "the answer to its error failed", error);
        }
        Response plain = failed.successor();
        plain(plain, shown);
        return plain;
    }

    /** The answer at once, in the place of {@code abandoned}; a handler that is not done then is not waited for. */
    Response answerNow(Request req, Response abandoned, Throwable error) {
        Response answer = abandoned.successor();
        try {
            CompletionStage<?> handled = handle(req, answer, error);
            if (!(error instanceof HttpError)) {
                handled = Stages.recover(handled, unhandled -> lastResort(req, answer, unhandled));
            }
            if (Stages.isComplete(handled)) {
                return answer;
            }
            handled.whenComplete((late, failure) -> answer.discard());
        } catch (RuntimeException unexpected) {
            log(req, "unhandled error", unexpected);
        }
        answer.end();
        Response plain = abandoned.successor();
        plain(plain, error instanceof HttpError httpError ? httpError : HttpError.untraced(500, null));
        return plain;
    }

    private static CompletionStage<?> plain(Response res, HttpError error) {
        res.reset();
        res.headers().take(error.headers());
        return res.status(error.status()).text(error.title());
    }

    private CompletionStage<?> handle(Request req, Response res, Throwable error, Class<?> from, int remaining) {
        Class<?> type = handledClass(from);
        ErrorHandler<Throwable> handler = handlers.get(type);
        if (handler == null && outer != null) {
            return outer.handle(req, res, error, error.getClass(), remaining);
        }
        if (handler == null || remaining == 0 || res.hasEnded()) {
            return CompletableFuture.failedFuture(error);
        }
        CompletionStage<?> stage;
        try {
            res.reset();
            if (error instanceof HttpError httpError) {
                res.headers().take(httpError.headers());
            }
            stage = Stages.present(handler.handle(req, res, error), "error handler of " + type.getName());
        } catch (Throwable again) {
            stage = CompletableFuture.failedFuture(again);
        }
        return Stages.isComplete(stage)
                ? stage
                : Stages.recover(stage, again -> {
                    Class<?> next = again == error ? type.getSuperclass() : again.getClass();
                    return handle(req, res, again, next, remaining - 1);
                });
    }

    /** The nearest superclass with a handler, or {@code Object}; a redirect is no error that a recipe's own would take. */
    private Class<?> handledClass(Class<?> from) {
        if (from == Redirect.class && outer != null && !handlers.containsKey(from)) {
            return Object.class;
        }
        Class<?> type = from;
        while (type != Object.class && !handlers.containsKey(type)) {
            type = type.getSuperclass();
        }
        return type;
    }
}
