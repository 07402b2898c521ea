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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers 503 with {@code Retry-After} (RFC 9110, section 10.2.3) while so many requests are under way: what there is, is
 * shared by as many as it is enough for.
 *
 * <p>A request is under way until its answer has been sent or broken off, and its view is done, however late: one that goes
 * on after its timeout still has what it took. A view that is never done keeps its place for ever; when all places are taken
 * by such views, a warning in the log says so, and not again before one of them is done.
 *
 * <p>Nobody waits in a queue. Each object counts by itself: one for a route that is expensive leaves the others alone.
 */
public final class ConcurrencyLimit implements Middleware {

    private static final Logger LOG = LoggerFactory.getLogger(ConcurrencyLimit.class);

    private static final long UNDER_WAY = 1L << 32;
    private static final long UNANSWERED = 1;

    private final int most;
    private final Duration retryAfter;

    /** How many are under way, and in the lower half, how many of them are not answered yet: both as of one moment. */
    private final AtomicLong counts = new AtomicLong();

    /** Whether the log says that all places are stuck, and none has been free since. */
    private final AtomicBoolean warned = new AtomicBoolean();

    /** The place of one request, which is free when both its view and its answer have come to their end. */
    private final class Place implements Consumer<Outcome>, BiConsumer<@Nullable Object, @Nullable Throwable> {

        private final AtomicInteger ends = new AtomicInteger(2);

        /** The answer has been sent or broken off. */
        @Override
        public void accept(Outcome outcome) {
            end();
            counts.addAndGet(-UNANSWERED);
        }

        /** The view is done. */
        @Override
        public void accept(@Nullable Object answered, @Nullable Throwable failure) {
            end();
        }

        private void end() {
            if (ends.decrementAndGet() == 0) {
                counts.addAndGet(-UNDER_WAY);
                if (warned.get()) {
                    warned.set(false);
                }
            }
        }
    }

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
        this.retryAfter = retryAfter;
    }

    /** When a client is told to come back, after a second unless set; {@link StartupError} if that is sooner. */
    public ConcurrencyLimit retryAfter(Duration time) {
        return new ConcurrencyLimit(most, time);
    }

    /** How many are under way now, for gauges. */
    public int underWay() {
        return underWay(counts.get());
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) {
        if (!enter()) {
            throw HttpError.untraced(503, null).header("Retry-After", Long.toString(retryAfter.toSeconds()));
        }
        Place place = new Place();
        try {
            req.onEnd(place);
        } catch (IllegalStateException over) {
            counts.addAndGet(-UNDER_WAY - UNANSWERED);
            throw over;
        }
        CompletionStage<?> stage = next.handle(req, res);
        if (Answered.isThere(stage)) {
            place.end();
            return stage;
        }
        return stage.whenComplete(place);
    }

    private boolean enter() {
        long before = counts.get();
        while (underWay(before) < most) {
            if (counts.compareAndSet(before, before + UNDER_WAY + UNANSWERED)) {
                return true;
            }
            before = counts.get();
        }
        boolean isStuck = underWay(before) * UNDER_WAY == before;
        if (isStuck && warned.compareAndSet(false, true)) {
            LOG.warn(
                    "ConcurrencyLimit: expected views to be done with their answers, got {} that are not and have all"
                            + " places. Look for what goes on after its timeout, and for stages that nobody completes.",
                    most);
        }
        return false;
    }

    private static int underWay(long counts) {
        return (int) (counts / UNDER_WAY);
    }
}
