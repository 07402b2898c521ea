package io.bocadillo;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request whose answer is not there yet: the pipeline gives it or, when its time is over, a 503 does; a 408 if it is
 * the body that did not come.
 *
 * <pre>
 *            pipeline complete
 *   WAITING ───────────────────▶ DECIDED for the response of the pipeline
 *      │ timeout
 *      └───────────────────────▶ DECIDED for a response of its own; the one that a late view holds is closed
 * </pre>
 */
final class Pending {

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    private final Request req;
    private final Response res;
    private final Errors errors;
    private final AtomicBoolean decided = new AtomicBoolean();
    private final CompletableFuture<Response> answer = new CompletableFuture<>();
    private volatile Deadlines.@Nullable Deadline deadline;

    Pending(Request req, Response res, Errors errors) {
        this.req = req;
        this.res = res;
        this.errors = errors;
    }

    /** The response that goes out once the stage, which never fails, has completed. */
    CompletableFuture<Response> answerAfter(CompletionStage<?> stage) {
        stage.whenComplete((value, never) -> {
            if (decided.compareAndSet(false, true)) {
                goOut(res);
            } else {
                res.discard();
            }
        });
        return answer;
    }

    /**
     * Gives up when that time has passed since {@code start} and since the last piece of a streamed body, and then
     * answers on one of the threads given; the timer has none to spare.
     */
    void limit(long nanos, long start, Deadlines deadlines, Executor threads) {
        try {
            Deadlines.Deadline limit = deadlines.add(
                    req.lifetime().lastPiece(start) + nanos, () -> onDeadline(nanos, start, deadlines, threads));
            deadline = limit;
            if (decided.get()) {
                limit.cancel();
            }
        } catch (RejectedExecutionException stopped) {
            LOG.debug("{}: no timeout, the app has stopped", req);
        }
    }

    private void onDeadline(long nanos, long start, Deadlines deadlines, Executor threads) {
        if (res.head().isHandedOver()) {
            return;
        }
        if (System.nanoTime() - req.lifetime().lastPiece(start) < nanos) {
            limit(nanos, start, deadlines, threads);
            return;
        }
        try {
            threads.execute(this::giveUp);
        } catch (RuntimeException noThread) {
            giveUp();
        }
    }

    /** Touches nothing of the response that the late view may be changing at this moment. */
    private void giveUp() {
        if (decided.compareAndSet(false, true)) {
            LOG.warn("{}: no answer in time", req);
            res.end();
            goOut(errors.answerNow(
                    req, res, req.lifetime().isReadingBody() ? bodyTooSlow() : HttpError.untraced(503, null)));
        }
    }

    /** The rest of the body would stand before the next request (RFC 9110, section 15.5.9). */
    private static HttpError bodyTooSlow() {
        return HttpError.untraced(408, null).header("Connection", "close");
    }

    private void goOut(Response response) {
        Deadlines.Deadline limit = deadline;
        if (limit != null) {
            limit.cancel();
        }
        try {
            response.goOut();
        } finally {
            answer.complete(response);
        }
    }
}
