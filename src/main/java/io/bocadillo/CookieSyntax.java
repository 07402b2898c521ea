package io.bocadillo;

/** What may stand in a {@code Set-Cookie} field (RFC 6265bis, sections 4.1.1 and 4.1.3). */
final class CookieSyntax {

    /** Of name and value together (section 5.7, step 4); a browser ignores a larger cookie. */
    static final int MOST_BYTES = 4096;

    /** Of an attribute (section 5.6); a browser ignores a larger one. */
    private static final int MOST_ATTRIBUTE_BYTES = 1024;

    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_DOMAIN = 253;

    private CookieSyntax() {}

    /** Whether it is made of cookie-octets; the quotes that may stand around them are left out. */
    static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c > '~' || c == '"' || c == ',' || c == ';' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Whether it is made of av-octets: ASCII without control characters and semicolons. */
    static boolean isAttribute(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == ';') {
                return false;
            }
        }
        return value.length() <= MOST_ATTRIBUTE_BYTES;
    }

    /** Whether it is a host name (RFC 1034, section 3.5, and RFC 1123, section 2.1). */
    static boolean isDomain(String domain) {
        for (String label : domain.split("\\.", -1)) {
            if (!isLabel(label)) {
                return false;
            }
        }
        return domain.length() <= LONGEST_DOMAIN;
    }

    /** Whether browsers take a cookie of that name with {@code Secure} alone (section 4.1.3.1). */
    static boolean isSecure(String name) {
        return name.regionMatches(true, 0, "__Secure-", 0, "__Secure-".length());
    }

    /** Whether browsers take a cookie of that name for this host alone (section 4.1.3.2). */
    static boolean isHost(String name) {
        return name.regionMatches(true, 0, "__Host-", 0, "__Host-".length());
    }

    private static boolean isLabel(String label) {
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            boolean isLetterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            boolean isInside = i > 0 && i < label.length() - 1;
            if (!isLetterOrDigit && !(c == '-' && isInside)) {
                return false;
            }
        }
        return !label.isEmpty() && label.length() <= LONGEST_LABEL;
    }
}
