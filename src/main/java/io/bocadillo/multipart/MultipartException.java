package io.bocadillo.multipart;

/**
 * Says why a document is refused: malformed (400), too large (413), in an unknown charset (415), or with too large a
 * head of a part (431).
 *
 * <p>The message is fit for the client: it shows no more of the document than a short printable piece.
 */
public final class MultipartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    private MultipartException(int status, String message) {
        // No stack trace: clients choose how often this is thrown.
        super(message, null, false, false);
        this.status = status;
    }

    static MultipartException malformed(String message) {
        return new MultipartException(400, message);
    }

    static MultipartException tooLarge(String message) {
        return new MultipartException(413, message);
    }

    static MultipartException unknownCharset(String message) {
        return new MultipartException(415, message);
    }

    static MultipartException headTooLarge(String message) {
        return new MultipartException(431, message);
    }

    /** The HTTP status to answer with: 400, 413, 415 or 431. */
    public int status() {
        return status;
    }
}
