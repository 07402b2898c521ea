package io.bocadillo.middleware;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Content that nobody else can read or change, by AES-256-GCM: salt, nonce, ciphertext and tag in base64url.
 *
 * <p>Each text has a key of its own, of a random salt: one key may not see more than 2<sup>32</sup> random nonces (NIST SP
 * 800-38D, section 8.3), which a busy app reaches.
 */
final class EncryptedSeal implements Seal {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] INFO = "bocadillo encryption".getBytes(US_ASCII);
    private static final int SALT = 16;
    private static final int NONCE = 12;
    private static final int TAG = 16;

    private final byte[] key;

    EncryptedSeal(byte[] secret) {
        key = Hkdf.extract(secret);
    }

    @Override
    public String seal(String purpose, byte[] content) {
        byte[] sealed = new byte[SALT + NONCE + content.length + TAG];
        byte[] random = new byte[SALT + NONCE];
        RANDOM.nextBytes(random);
        System.arraycopy(random, 0, sealed, 0, random.length);
        try {
            cipher(Cipher.ENCRYPT_MODE, purpose, sealed).doFinal(content, 0, content.length, sealed, SALT + NONCE);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("expected a JDK with AES-256-GCM", impossible);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    @Override
    public byte @Nullable [] open(String purpose, String text) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException garbage) {
            return null;
        }
        boolean isOnlyText =
                Base64.getUrlEncoder().withoutPadding().encodeToString(sealed).equals(text);
        if (!isOnlyText || sealed.length < SALT + NONCE + TAG) {
            return null;
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, purpose, sealed)
                    .doFinal(sealed, SALT + NONCE, sealed.length - SALT - NONCE);
        } catch (AEADBadTagException notOurs) {
            return null;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("expected a JDK with AES-256-GCM", impossible);
        }
    }

    private Cipher cipher(int mode, String purpose, byte[] sealed) throws GeneralSecurityException {
        byte[] textKey = Hkdf.expand(key, INFO, Arrays.copyOf(sealed, SALT));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode, new SecretKeySpec(textKey, "AES"), new GCMParameterSpec(TAG * Byte.SIZE, sealed, SALT, NONCE));
        cipher.updateAAD(purpose.getBytes(US_ASCII));
        return cipher;
    }
}
