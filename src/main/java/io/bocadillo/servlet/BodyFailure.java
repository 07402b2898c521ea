package io.bocadillo.servlet;

import io.bocadillo.HttpError;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Why a body can't be read, as who reads it is told. */
final class BodyFailure {

    private BodyFailure() {}

    /** What a failed read of the container means. */
    static HttpError of(Throwable cause) {
        if (cause instanceof HttpError known) {
            return known;
        }
        boolean isTimeout = cause instanceof TimeoutException || cause instanceof SocketTimeoutException;
        return isTimeout ? standingStill() : brokenOff(cause);
    }

    /** What came is malformed or cut off, so nothing after it on this connection can be trusted (RFC 9112, 6.3). */
    static HttpError brokenOff(Throwable cause) {
        return new HttpError(400, "body: expected to be whole, got one that breaks off.", cause)
                .header("Connection", "close");
    }

    /** RFC 9110, section 15.5.9. */
    static HttpError standingStill() {
        return new HttpError(
                        HttpServletResponse.SC_REQUEST_TIMEOUT, "body: expected to go on, got one that stands still.")
                .header("Connection", "close");
    }

    static EOFException exchangeOver() {
        return new EOFException("the exchange is over");
    }

    static IllegalStateException taken(@Nullable Exception cause) {
        return new IllegalStateException(
                "body: expected to be unread, got one that a filter has taken. Let the filter leave it to the app.",
                cause);
    }
}
