package io.bocadillo;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * The nonce by which the content security policy of an answer knows the scripts and styles that the app itself has put into
 * it: {@code req.get(CspNonce.class).value()}, if {@code SecurityHeaders} have a policy with one.
 *
 * <p>It has to be asked for before the stage of the view completes; later that is an {@link IllegalStateException}. Each
 * answer has another one, of 128 random bits (Content Security Policy Level 3, section 7.1).
 */
public final class CspNonce {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;

    private final String value;

    /** For middleware: a new one. */
    public CspNonce() {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        value = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** What the attribute {@code nonce} of a script or a style is to be: letters, digits, {@code -} and {@code _}. */
    public String value() {
        return value;
    }
}
