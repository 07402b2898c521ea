package io.bocadillo;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** Status and header fields of a response, and how far an error takes them back. */
final class Head {

    private static final AtomicReferenceFieldUpdater<Head, Headers.Mark> MARK =
            AtomicReferenceFieldUpdater.newUpdater(Head.class, Headers.Mark.class, "mark");

    private static final int UNSET = Answer.NO_STATUS;

    private final Headers headers = new Headers();
    private int status = UNSET;

    /** Whether it is that of the answer to an error, which is 500 as long as nothing else is set or implied. */
    private boolean ofError;

    private Errors.@Nullable Unhandled unhandled;

    private volatile boolean handedOver;

    /** What an error goes back to; the timeout reads it too, from another thread. */
    private volatile Headers.Mark mark = Headers.Mark.NOTHING;

    Headers headers() {
        return headers;
    }

    boolean isOfError() {
        return ofError;
    }

    /** The status as it stands with an answer that implies one, or {@link Answer#NO_STATUS}. */
    int status(int implied) {
        if (status != UNSET) {
            return status;
        }
        if (implied != UNSET) {
            return implied;
        }
        return ofError ? 500 : 200;
    }

    /** Whether an answer of that status has a body (RFC 9110, section 15). */
    static boolean allowsBody(int status) {
        return status != 204 && status != 205 && status != 304;
    }

    /** The status that was set, or {@link Answer#NO_STATUS}. */
    int setStatus() {
        return status;
    }

    void setStatus(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: expected a code from 200 to 599, got '" + status
                    + "'. Give a final one (RFC 9110, section 15).");
        }
        this.status = status;
    }

    void unsetStatus() {
        status = UNSET;
    }

    /** Remembers what is set, but for what the answer has implied. */
    Headers.Mark mark(Answer answer) {
        Headers marked = headers;
        if (answer != Answer.NONE) {
            marked = headers.copy();
            answer.takeBackFrom(marked);
        }
        returnTo(marked.mark());
        return mark;
    }

    Headers.Mark mark() {
        return mark;
    }

    /** An error goes back to that mark from here on: what was under way since then has ended. */
    void returnTo(Headers.Mark mark) {
        MARK.lazySet(this, mark); // In order, but without the fence of a volatile write, for each middleware.
    }

    /** Goes back to what was remembered. */
    void reset(boolean ofError) {
        headers.returnTo(mark);
        status = UNSET;
        this.ofError = ofError;
        unhandled = ofError ? unhandled : null;
    }

    /** The error that no handler took: it passes the middleware on its way out, and none of them is asked again. */
    Errors.@Nullable Unhandled unhandled() {
        return unhandled;
    }

    void unhandled(Errors.Unhandled error) {
        unhandled = error;
    }

    /** Another one that starts from what was remembered; this one may be in use at this moment. */
    Head successor() {
        Head successor = new Head();
        successor.mark = mark;
        return successor;
    }

    /** From here on a view of the server writes it, and has as much time as the server gives it. */
    void handOver() {
        handedOver = true;
    }

    boolean isHandedOver() {
        return handedOver;
    }
}
