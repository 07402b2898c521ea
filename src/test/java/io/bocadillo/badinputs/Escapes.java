package io.bocadillo.badinputs;

import java.nio.charset.StandardCharsets;

/** The escapes {@code \r \n \t \\ \xHH}; other characters are UTF-8. */
final class Escapes {

    private Escapes() {}

    static String resolve(String text) {
        StringBuilder octets = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            if (text.charAt(i) != '\\') {
                int next = text.indexOf('\\', i) < 0 ? text.length() : text.indexOf('\\', i);
                octets.append(octets(text.substring(i, next).getBytes(StandardCharsets.UTF_8)));
                i = next;
            } else if (text.charAt(i + 1) == 'x') {
                octets.append((char) Integer.parseInt(text, i + 2, i + 4, 16));
                i += 4;
            } else {
                octets.append(control(text.charAt(i + 1)));
                i += 2;
            }
        }
        return octets.toString();
    }

    static String octets(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static char control(char letter) {
        return switch (letter) {
            case 'r' -> '\r';
            case 'n' -> '\n';
            case 't' -> '\t';
            case '\\' -> '\\';
            default -> throw new IllegalArgumentException("expected an escape, got '\\" + letter + "'");
        };
    }
}
