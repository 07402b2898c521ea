package io.bocadillo;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request with an error status: thrown anywhere in the pipeline, answered by the handler registered for it,
 * {@link ErrorHandlers#json()} unless the app says otherwise.
 *
 * <p>Status codes and their phrases are those of RFC 9110, section 15, and RFC 6585.
 */
public final class HttpError extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient @Nullable Object detail;
    private final transient Headers headers = new Headers();

    /** Creates an error without detail; {@code status} is 400 to 599, else {@link IllegalArgumentException}. */
    public HttpError(int status) {
        this(status, null, null);
    }

    /** Creates an error whose {@code detail} reaches the client: a text, or anything the JSON codec can write. */
    public HttpError(int status, @Nullable Object detail) {
        this(status, detail, null);
    }

    /** Creates an error with a cause, which never reaches the client; from status 500 on it is logged. */
    public HttpError(int status, @Nullable Object detail, @Nullable Throwable cause) {
        this(status, detail, cause, true);
    }

    private HttpError(int status, @Nullable Object detail, @Nullable Throwable cause, boolean stackTrace) {
        super(title(status), cause, stackTrace, stackTrace);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("HttpError: expected a status from 400 to 599, got '" + status
                    + "'. Answer other statuses with res.status(...).");
        }
        this.status = status;
        this.detail = detail;
    }

    /** For middleware that refuses many requests: an error without a stack trace, which would tell nothing and cost much. */
    public static HttpError untraced(int status, @Nullable Object detail) {
        return new HttpError(status, detail, null, false);
    }

    /** For servers: the error of a body beyond its limit; the connection ends because nobody reads the rest (RFC 9110, 15.5.14). */
    public static HttpError contentTooLarge(long limit) {
        return untraced(413, "body: expected at most " + limit + " bytes, got more.")
                .header("Connection", "close");
    }

    /**
     * Sets a header of the answer, such as {@code Retry-After}, in the place of those of that name; {@code Vary} is added to
     * what the answer has.
     */
    public HttpError header(String name, String value) {
        headers.set(name, value);
        return this;
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** Status code and reason phrase: {@code "404 Not Found"}. */
    public String title() {
        return Objects.requireNonNull(getMessage());
    }

    /** What the client is told beyond the title; null when nothing. */
    public @Nullable Object detail() {
        return detail;
    }

    /** The headers that the answer will carry, whichever handler writes it. */
    public Headers headers() {
        return headers;
    }

    private static String title(int status) {
        String phrase = Status.phrase(status);
        return phrase.isEmpty() ? Integer.toString(status) : status + " " + phrase;
    }
}
