package io.bocadillo.servlet;

import java.io.IOException;

/** Why an exchange has to end with its connection. */
final class AbortException extends IOException {

    private static final long serialVersionUID = 1;

    private final boolean faultOfFilter;

    private AbortException(String message, boolean faultOfFilter) {
        super(message);
        this.faultOfFilter = faultOfFilter;
    }

    static AbortException committed() {
        return new AbortException(
                "response: expected to be open, got one that is committed. Let no filter write or flush before the app.",
                true);
    }

    static AbortException unreadBody() {
        return new AbortException(
                "body: expected to end soon after the answer, got more than is worth dropping.", false);
    }

    /** Whether its author can mend that, and should know. */
    boolean isFaultOfFilter() {
        return faultOfFilter;
    }
}
