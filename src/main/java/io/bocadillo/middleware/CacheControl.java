package io.bocadillo.middleware;

import io.bocadillo.Headers;

/** Reads the directives of {@code Cache-Control} (RFC 9111, section 5.2). */
final class CacheControl {

    static final String NAME = "Cache-Control";

    private CacheControl() {}

    /**
     * Whether it has that directive without an argument: {@code private="X-User"} is about that field alone (section
     * 5.2.2.7).
     */
    static boolean has(Headers headers, String directive) {
        for (String value : headers.all(NAME)) {
            int start = 0;
            while (start < value.length()) {
                int end = end(value, start);
                if (value.substring(start, end).strip().equalsIgnoreCase(directive)) {
                    return true;
                }
                start = end + 1;
            }
        }
        return false;
    }

    /** Where a directive ends: at a comma outside of quotes (RFC 9110, sections 5.6.1 and 5.6.4), or with the field. */
    private static int end(String value, int start) {
        boolean isQuoted = false;
        for (int i = start; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (isQuoted && c == '\\') {
                i++;
            } else if (!isQuoted && c == ',') {
                return i;
            }
        }
        return value.length();
    }
}
