package io.bocadillo.middleware;

import io.bocadillo.HttpError;
import io.bocadillo.Middleware;
import io.bocadillo.Next;
import io.bocadillo.Outcome;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.StartupError;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Answers 503 with {@code Retry-After} (RFC 9110, section 10.2.3) while so many requests are under way, each until its
 * answer has been sent or broken off: what there is, is shared by as many as it is enough for.
 *
 * <p>Nobody waits in a queue. Each object counts by itself: one for a route that is expensive leaves the others alone.
 */
public final class ConcurrencyLimit implements Middleware {

    private final int most;
    private final String retryAfter;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Consumer<Outcome> leave = outcome -> underWay.decrementAndGet();

    /** Allows so many at a time; {@link StartupError} if that is not positive. */
    public ConcurrencyLimit(int requests) {
        this(requests, Duration.ofSeconds(1));
    }

    private ConcurrencyLimit(int requests, Duration retryAfter) {
        if (requests <= 0 || retryAfter.toSeconds() < 1) {
            throw new StartupError("ConcurrencyLimit: expected 1 request or more, and to retry after 1 second or more,"
                    + " got '" + requests + "' and '" + retryAfter + "'. Give positive numbers.");
        }
        this.most = requests;
        this.retryAfter = Long.toString(retryAfter.toSeconds());
    }

    /** When a client is told to come back, after a second unless set; {@link StartupError} if that is sooner. */
    public ConcurrencyLimit retryAfter(Duration time) {
        return new ConcurrencyLimit(most, time);
    }

    /** How many are under way now, for gauges. */
    public int underWay() {
        return underWay.get();
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) {
        if (!enter()) {
            throw HttpError.untraced(503, null).header("Retry-After", retryAfter);
        }
        try {
            req.onEnd(leave);
        } catch (IllegalStateException over) {
            underWay.decrementAndGet();
            throw over;
        }
        return next.handle(req, res);
    }

    private boolean enter() {
        int before = underWay.get();
        while (before < most) {
            if (underWay.compareAndSet(before, before + 1)) {
                return true;
            }
            before = underWay.get();
        }
        return false;
    }
}
