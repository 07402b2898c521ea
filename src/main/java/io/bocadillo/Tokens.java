package io.bocadillo;

/** The token of RFC 9110, section 5.6.2, of which methods and header names are made. */
final class Tokens {

    private static final boolean[] IS_TOKEN_CHAR = new boolean[128];

    static {
        String others = "!#$%&'*+-.^_`|~";
        for (char c = 0; c < IS_TOKEN_CHAR.length; c++) {
            IS_TOKEN_CHAR[c] =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || others.indexOf(c) >= 0;
        }
    }

    private Tokens() {}

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isTokenChar(char c) {
        return c < IS_TOKEN_CHAR.length && IS_TOKEN_CHAR[c];
    }
}
