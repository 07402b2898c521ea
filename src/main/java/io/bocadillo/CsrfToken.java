package io.bocadillo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The token by which the app knows its own forms: {@code req.get(CsrfToken.class).value()}, if the middleware
 * {@code Csrf} is used.
 *
 * <p>It is made of a secret that the session keeps, masked anew each time, so that what stands in a compressed answer
 * tells nothing by its length (the BREACH attack).
 */
public final class CsrfToken {

    /** The name in the session. */
    static final String SECRET = "csrf_secret";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LENGTH = 32;

    private final Session session;

    /** For middleware: the token of that session, in which nothing is kept until {@link #value} is asked for. */
    public CsrfToken(Session session) {
        this.session = session;
    }

    /**
     * A token, another one each time, all of which are good until the session is rotated or cleared.
     *
     * @throws IllegalStateException after the answer is there, if the session has none yet
     */
    public String value() {
        byte[] secret = session.find(SECRET, String.class)
                .map(CsrfToken::decode)
                .filter(kept -> kept.length == LENGTH)
                .orElseGet(this::create);
        byte[] mask = random(LENGTH);
        byte[] token = new byte[2 * LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            token[i] = mask[i];
            token[LENGTH + i] = (byte) (mask[i] ^ secret[i]);
        }
        return encode(token);
    }

    /** Whether it is a token of this session, compared in constant time. */
    public boolean matches(String token) {
        Optional<String> secret = session.find(SECRET, String.class);
        byte[] masked = decode(token);
        if (secret.isEmpty() || masked.length != 2 * LENGTH) {
            return false;
        }
        byte[] unmasked = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            unmasked[i] = (byte) (masked[i] ^ masked[LENGTH + i]);
        }
        return MessageDigest.isEqual(decode(secret.get()), unmasked);
    }

    private byte[] create() {
        byte[] secret = random(LENGTH);
        session.put(SECRET, encode(secret));
        return secret;
    }

    private static byte[] random(int length) {
        byte[] random = new byte[length];
        RANDOM.nextBytes(random);
        return random;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Empty for what is none of ours. */
    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }
}
