package io.bocadillo.servlet;

import io.bocadillo.ClientDisconnect;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has ended an exchange before its answer was out: who is told, and how loudly. */
final class Failure {

    private static final Logger LOG = LoggerFactory.getLogger(BocadilloServlet.class);

    private Failure() {}

    /** As the response learns of it; null if there is none. */
    static @Nullable Throwable toldOf(@Nullable Throwable failure) {
        return failure != null && isOfClient(failure) ? new ClientDisconnect(failure) : failure;
    }

    /** A client that goes is no news; what somebody here can mend is. */
    static void log(Object exchange, Throwable failure) {
        if (failure instanceof AbortException cause && !cause.isFaultOfClient()) {
            LOG.error("{}: {}", exchange, cause.getMessage(), cause.getCause());
        } else if (failure instanceof IllegalStateException) {
            LOG.warn("{}: expected to answer, got '{}'.", exchange, failure, failure);
        } else if (isOfClient(failure)) {
            LOG.debug("{}: broke off", exchange, failure);
        } else {
            LOG.error("{}: expected to answer, got '{}'.", exchange, failure, failure);
        }
    }

    /** Containers throw {@link IllegalStateException} when they have taken their objects back. */
    private static boolean isOfClient(Throwable failure) {
        return failure instanceof AbortException cause
                ? cause.isFaultOfClient()
                : failure instanceof IOException || failure instanceof IllegalStateException;
    }
}
