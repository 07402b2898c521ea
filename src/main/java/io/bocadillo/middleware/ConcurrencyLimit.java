package io.bocadillo.middleware;

import io.bocadillo.HttpError;
import io.bocadillo.Middleware;
import io.bocadillo.Next;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.StartupError;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Answers 503 with {@code Retry-After} (RFC 9110, section 10.2.3) while so many requests are under way: what there is, is
 * shared by as many as it is enough for.
 *
 * <p>A request is under way until its answer has been sent or broken off, and its view is done: one that goes on after its
 * timeout still has what it took. One that is not done ten minutes after its answer counts as lost when its place is needed,
 * and the log names it.
 *
 * <p>Nobody waits in a queue. Each object counts by itself: one for a route that is expensive leaves the others alone.
 */
public final class ConcurrencyLimit implements Middleware {

    private final int most;
    private final Duration retryAfter;
    private final LongSupplier clock;
    private final Permits permits;

    /** Allows so many at a time; {@link StartupError} if that is not positive. */
    public ConcurrencyLimit(int requests) {
        this(requests, Duration.ofSeconds(1), System::nanoTime);
    }

    private ConcurrencyLimit(int requests, Duration retryAfter, LongSupplier clock) {
        if (requests <= 0 || retryAfter.toSeconds() < 1) {
            throw new StartupError("ConcurrencyLimit: expected 1 request or more, and to retry after 1 second or more,"
                    + " got '" + requests + "' and '" + retryAfter + "'. Give positive numbers.");
        }
        this.most = requests;
        this.retryAfter = retryAfter;
        this.clock = clock;
        this.permits = new Permits(requests, clock);
    }

    /** When a client is told to come back, after a second unless set; {@link StartupError} if that is sooner. */
    public ConcurrencyLimit retryAfter(Duration time) {
        return new ConcurrencyLimit(most, time, clock);
    }

    ConcurrencyLimit clock(LongSupplier nanos) {
        return new ConcurrencyLimit(most, retryAfter, nanos);
    }

    /** How many are under way now, for gauges. */
    public int underWay() {
        return permits.taken();
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) {
        Permits.Permit permit = permits.take(req);
        if (permit == null) {
            throw HttpError.untraced(503, null).header("Retry-After", Long.toString(retryAfter.toSeconds()));
        }
        try {
            req.onEnd(outcome -> permit.ended());
        } catch (IllegalStateException over) {
            permit.done();
            permit.ended();
            throw over;
        }
        return next.handle(req, res).whenComplete((answer, error) -> permit.done());
    }
}
