package io.bocadillo;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody who wants to know how an exchange ended, and who said so before.
 *
 * <p>They hang on {@link Lifetime#endListener}: null as long as there are none, {@link #OVER} once they have been told.
 */
record EndListener(Consumer<Outcome> action, @Nullable EndListener earlier) {

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    private static final AtomicReferenceFieldUpdater<Lifetime, EndListener> LAST =
            AtomicReferenceFieldUpdater.newUpdater(Lifetime.class, EndListener.class, "endListener");

    private static final EndListener OVER = new EndListener(outcome -> {}, null);

    /** Adds one; {@link IllegalStateException} if the exchange is over. */
    static void add(Request req, Consumer<Outcome> action) {
        EndListener last;
        do {
            last = req.lifetime().endListener;
            if (last == OVER) {
                req.exchange();
            }
        } while (!LAST.compareAndSet(req.lifetime(), last, new EndListener(action, last)));
    }

    /** Tells all of them, the last one first; a failure is logged and keeps none of the others. */
    static void tellAll(Request req, Response res, @Nullable Throwable failure, long bytes) {
        EndListener listener = LAST.getAndSet(req.lifetime(), OVER);
        if (listener == null) {
            return;
        }
        Outcome outcome = new Outcome(res.status(), bytes, failure);
        for (; listener != null; listener = listener.earlier) {
            listener.tell(req, outcome);
        }
    }

    private void tell(Request req, Outcome outcome) {
        try {
            action.accept(outcome);
        } catch (Throwable failure) {
            LOG.error("{}: a listener to its end failed", req, failure);
        }
    }
}
