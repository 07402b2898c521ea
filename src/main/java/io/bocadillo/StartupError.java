package io.bocadillo;

/**
 * The app can't start, and its author can mend that: the message says where, what was expected, and the remedy.
 *
 * <p>It has no stack trace, so that an uncaught one prints as a single readable line.
 */
public final class StartupError extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates the error with its message, {@code <where>: expected X, got 'Y'. <remedy>}. */
    public StartupError(String message) {
        super(message, null, false, false);
    }
}
