package io.bocadillo.routing;

/**
 * Says that a request path has no canonical form; the answer to it is a 400.
 *
 * <p>The message reads {@code path: expected X, got 'Y'. remedy}, and is for logs: an answer shows {@link #expectation()}.
 */
public final class InvalidPathException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final String expectation;

    InvalidPathException(String path, String expected, String got, String remedy) {
        // No stack trace: clients choose how often this is thrown, and the place tells nothing that the message does
        // not.
        super("path: expected " + expected + ", got '" + Printable.of(got) + "'. " + remedy, null, false, false);
        this.path = path;
        this.expectation = "path: expected " + expected + ". " + remedy;
    }

    /** Returns the path as it was sent, whatever is in it: for logs, which have to escape it. */
    public String path() {
        return path;
    }

    /** Returns the message without the text of the client, for an answer, which should not repeat what was refused. */
    public String expectation() {
        return expectation;
    }
}
