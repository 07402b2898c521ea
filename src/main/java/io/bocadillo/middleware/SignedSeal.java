package io.bocadillo.middleware;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Content that everybody can read, and its HMAC-SHA256: {@code content.signature}, both in base64url. */
final class SignedSeal implements Seal {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final int SIGNATURE_LENGTH = 43;

    private final byte[] key;

    SignedSeal(byte[] secret) {
        key = Hkdf.expand(Hkdf.extract(secret), "bocadillo signature".getBytes(US_ASCII));
    }

    @Override
    public String seal(String purpose, byte[] content) {
        String text = ENCODER.encodeToString(content);
        return text + "." + signature(purpose, text);
    }

    /** Texts are compared, not bytes, for which there may be several texts. */
    @Override
    public byte @Nullable [] open(String purpose, String text) {
        int dot = text.length() - SIGNATURE_LENGTH - 1;
        if (dot < 0 || text.charAt(dot) != '.') {
            return null;
        }
        String content = text.substring(0, dot);
        byte[] expected = signature(purpose, content).getBytes(US_ASCII);
        boolean isOurs = MessageDigest.isEqual(expected, text.substring(dot + 1).getBytes(UTF_8));
        return isOurs ? Base64.getUrlDecoder().decode(content) : null;
    }

    /** The purpose is the name of a cookie, in which there is no equals sign: no other pair gives the same input. */
    private String signature(String purpose, String content) {
        return ENCODER.encodeToString(Hkdf.hmac(key, (purpose + "=" + content).getBytes(UTF_8)));
    }
}
