package io.bocadillo.middleware;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104), and keys derived by it from a secret (HKDF, RFC 5869). */
final class Hkdf {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int HASH_LENGTH = 32;

    private Hkdf() {}

    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("expected a JDK with " + ALGORITHM, missing);
        }
    }

    /** A pseudorandom key of 32 bytes, without a salt (section 2.2). */
    static byte[] extract(byte[] secret) {
        return hmac(new byte[HASH_LENGTH], secret);
    }

    /** The first 32 bytes of the output for that purpose (section 2.3). */
    static byte[] expand(byte[] key, byte[]... info) {
        byte[][] parts = new byte[info.length + 1][];
        System.arraycopy(info, 0, parts, 0, info.length);
        parts[info.length] = new byte[] {1};
        return hmac(key, parts);
    }
}
