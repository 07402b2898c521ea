package io.bocadillo.servlet;

import io.bocadillo.ClientDisconnect;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why an exchange has to end with its connection. */
final class AbortException extends IOException {

    private static final long serialVersionUID = 1;

    private final boolean faultOfClient;

    private AbortException(String message, @Nullable Throwable cause, boolean faultOfClient) {
        super(message, cause);
        this.faultOfClient = faultOfClient;
    }

    static AbortException committed() {
        return new AbortException(
                "response: expected to be open, got one that is committed. Let no filter write or flush before the app.",
                null,
                false);
    }

    static AbortException brokenOff(Throwable cause) {
        return new AbortException(
                "response: expected its stream to end well, got '" + cause + "' after it had begun.",
                cause,
                cause instanceof ClientDisconnect);
    }

    static AbortException clientTakesNothing() {
        return new AbortException("response: expected a client that reads, got one that takes nothing.", null, true);
    }

    static AbortException unreadBody() {
        return new AbortException(
                "body: expected to end soon after the answer, got more than is worth dropping.", null, true);
    }

    /** The same, where it follows from a body that has failed: a container then commits an answer of its own. */
    IOException afterFailureOfClient() {
        return getCause() == null && !faultOfClient
                ? new IOException(this)
                : new AbortException(Objects.requireNonNull(getMessage()), getCause(), true);
    }

    /** If not, somebody here can mend that, and should know. */
    boolean isFaultOfClient() {
        return faultOfClient;
    }
}
