package io.bocadillo.multipart;

import io.bocadillo.routing.Printable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a header value with parameters: {@code form-data; name="a"}.
 *
 * <p>In quotes, a backslash escapes a quote or a backslash and stands for itself before anything else, because browsers
 * do not escape it. A value without quotes ends at white space, a quote or a semicolon.
 */
final class Parameters {

    private final String header;
    private final String value;
    private int at;

    private Parameters(String header, String value) {
        this.header = header;
        this.value = value;
    }

    /** The parameters by name in lower case, and under the empty name, in lower case too, what stands before them. */
    static Map<String, String> parse(String header, String value) {
        return new Parameters(header, value).parse();
    }

    /** RFC 9110, section 5.6.2. */
    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(Parameters::isTokenChar);
    }

    /** Without the spaces and tabs around it, and no other kind of white space (RFC 9110, section 5.6.3). */
    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isWhiteSpace(text.charAt(start))) {
            start++;
        }
        while (start < end && isWhiteSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private Map<String, String> parse() {
        Map<String, String> parameters = new LinkedHashMap<>();
        int semicolon = value.indexOf(';');
        at = semicolon < 0 ? value.length() : semicolon;
        parameters.put("", strip(value.substring(0, at)).toLowerCase(Locale.ROOT));
        while (at < value.length()) {
            if (value.charAt(at++) != ';') {
                throw malformed("';' between parameters");
            }
            skipWhiteSpace();
            if (at < value.length() && value.charAt(at) != ';') {
                String name = name();
                if (parameters.put(name, at < value.length() && value.charAt(at) == '"' ? quoted() : unquoted())
                        != null) {
                    throw malformed("one parameter '" + Printable.of(name) + "'");
                }
                skipWhiteSpace();
            }
        }
        return parameters;
    }

    private String name() {
        int start = at;
        at = value.indexOf('=', start);
        String name = at < 0 ? "" : value.substring(start, at++).toLowerCase(Locale.ROOT);
        if (!isToken(name)) {
            throw malformed("name=value after each ';'");
        }
        return name;
    }

    private String quoted() {
        StringBuilder text = new StringBuilder();
        for (at++; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == '"') {
                at++;
                return text.toString();
            }
            char next = at + 1 < value.length() ? value.charAt(at + 1) : ' ';
            if (c == '\\' && (next == '"' || next == '\\')) {
                text.append(next);
                at++;
            } else {
                text.append(c);
            }
        }
        throw malformed("a closing quote");
    }

    private String unquoted() {
        int start = at;
        while (at < value.length() && "; \t\"".indexOf(value.charAt(at)) < 0) {
            at++;
        }
        if (at == start) {
            throw malformed("a value after each '='");
        }
        return value.substring(start, at);
    }

    private void skipWhiteSpace() {
        while (at < value.length() && isWhiteSpace(value.charAt(at))) {
            at++;
        }
    }

    private static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isTokenChar(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private MultipartException malformed(String expected) {
        return MultipartException.malformed(
                header + ": expected " + expected + ", got '" + Printable.of(value) + "'. Quote the values.");
    }
}
