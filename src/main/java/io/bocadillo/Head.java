package io.bocadillo;

import org.jspecify.annotations.Nullable;

/** Status and header fields of a response, and how far an error takes them back. */
final class Head {

    private static final Headers NO_HEADERS = new Headers().freeze();
    private static final int UNSET = Answer.NO_STATUS;

    private final Headers headers = new Headers();
    private int status = UNSET;

    /** Whether it is that of the answer to an error, which is 500 as long as nothing else is set or implied. */
    private boolean ofError;

    private Errors.@Nullable Unhandled unhandled;

    private volatile boolean handedOver;

    /** Read by the timeout too, from another thread. */
    private volatile Headers earlierHeaders = NO_HEADERS;

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
            throw new IllegalArgumentException("status: expected a code from 200 to 599, got '" + status + "'.");
        }
        this.status = status;
    }

    void unsetStatus() {
        status = UNSET;
    }

    /** Remembers what is set, but for what the answer has implied. */
    void mark(Answer answer) {
        if (headers.isEmpty()) {
            earlierHeaders = NO_HEADERS;
        } else if (answer == Answer.NONE) {
            earlierHeaders = headers.snapshot();
        } else {
            Headers copy = headers.copy();
            answer.takeBackFrom(copy);
            earlierHeaders = copy;
        }
    }

    /** Goes back to what was remembered. */
    void reset(boolean ofError) {
        headers.replaceAll(earlierHeaders);
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
        successor.earlierHeaders = earlierHeaders;
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
