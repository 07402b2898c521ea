package io.bocadillo.routing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding of text, as UTF-8 unless said otherwise (RFC 3986, section 2.1), as strict as RFC 3629 about that. */
public final class PercentEncoding {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentEncoding() {}

    /**
     * Encodes everything but letters, digits and the characters in {@code unescaped}, all of them ASCII. With a percent sign
     * among these, what is encoded stays as it is; one that encodes nothing is encoded.
     *
     * @return the encoded text, never null
     */
    public static String encode(String text, String unescaped) {
        StringBuilder encoded = new StringBuilder(text.length());
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < octets.length; i++) {
            byte octet = octets[i];
            boolean isUnescaped = octet > 0 && (Character.isLetterOrDigit(octet) || unescaped.indexOf(octet) >= 0);
            if (isUnescaped && (octet != '%' || isEncoded(octets, i))) {
                encoded.append((char) octet);
            } else {
                HEX.toHexDigits(encoded.append('%'), octet);
            }
        }
        return encoded.toString();
    }

    private static boolean isEncoded(byte[] octets, int percent) {
        return percent + 2 < octets.length
                && HexFormat.isHexDigit(octets[percent + 1])
                && HexFormat.isHexDigit(octets[percent + 2]);
    }

    /**
     * Decodes ASCII text, once.
     *
     * @throws IllegalArgumentException if the text is not ASCII, a percent sign is not followed by two hex digits,
     *     or the octets are not UTF-8
     */
    public static String decode(String text) {
        return isPlain(text) ? text : decode(text, StandardCharsets.UTF_8);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || c > '~') {
                return false;
            }
        }
        return true;
    }

    /** Decodes ASCII text, once, whose octets are text in that charset; else as {@link #decode(String)}. */
    public static String decode(String text, Charset charset) {
        ByteBuffer octets = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > '~') {
                throw new IllegalArgumentException("not ASCII");
            } else if (c != '%') {
                octets.put((byte) c);
            } else if (i + 2 < text.length()) {
                octets.put((byte) HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                throw new IllegalArgumentException("a percent sign without two hex digits");
            }
        }
        try {
            // Unlike the constructors of String, a new decoder reports malformed input instead of replacing it.
            return charset.newDecoder().decode(octets.flip()).toString();
        } catch (CharacterCodingException malformed) {
            throw new IllegalArgumentException("not " + charset, malformed);
        }
    }
}
