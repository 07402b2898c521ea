package io.bocadillo.middleware;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A short name for what is long or secret. */
final class Sha256 {

    private Sha256() {}

    /** The hash of these bytes, in 43 characters of base64url. */
    static String of(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("expected a JDK with SHA-256", impossible);
        }
    }
}
