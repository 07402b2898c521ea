package io.bocadillo.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a file of variables, as shells and Docker do: {@code NAME=value}, {@code export} before it, comments behind {@code
 * #}.
 *
 * <p>A value in single quotes is what it says; in double quotes {@code \n}, {@code \r}, {@code \t}, {@code \"}, {@code \\}
 * and {@code \$} are escapes. Both may have several lines. A {@code $} stands for itself: nothing is put in its place. Of a
 * name that comes twice the last one counts. What is wrong is named by its line and never shown: it may be a secret.
 */
final class DotEnv {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern EXPORT = Pattern.compile("^export[ \\t]+");

    private final String source;
    private final String text;
    private int at;

    private DotEnv(String source, String text) {
        this.source = source;
        this.text = text;
    }

    /** The variables, by name; {@link IllegalArgumentException} for a line that is none. */
    static Map<String, String> parse(String source, String text) {
        return new DotEnv(source, text.replace("\r\n", "\n")).variables();
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        while (at < text.length()) {
            int start = at;
            skipBlanks();
            if (isAtEnd() || text.charAt(at) == '#') {
                at = endOfLine() + 1;
                continue;
            }
            int equals = text.indexOf('=', at);
            String name = equals < 0 || equals > endOfLine() ? "" : text.substring(at, equals);
            String stripped = EXPORT.matcher(name).replaceFirst("").strip();
            if (!NAME.matcher(stripped).matches()) {
                throw malformed(start, "NAME=value", "Write one variable in each line, or a # before a comment.");
            }
            at = equals + 1;
            skipBlanks();
            variables.put(stripped, value(start));
        }
        return variables;
    }

    private String value(int start) {
        char quote = isAtEnd() ? '\n' : text.charAt(at);
        if (quote != '"' && quote != '\'') {
            return bare();
        }
        at++;
        String value = quote == '"' ? escaped(start) : literal(start);
        skipBlanks();
        if (!isAtEnd() && text.charAt(at) != '#') {
            throw malformed(at, "nothing behind the quote but a comment", "Put the whole value into the quotes.");
        }
        at = endOfLine() + 1;
        return value;
    }

    /** A comment begins behind a blank: {@code a#b} has none. */
    private String bare() {
        int end = endOfLine();
        int comment = at;
        while (comment < end && !(text.charAt(comment) == '#' && isBlank(text.charAt(comment - 1)))) {
            comment++;
        }
        String value = text.substring(at, comment).strip();
        at = end + 1;
        return value;
    }

    private String literal(int start) {
        int end = text.indexOf('\'', at);
        if (end < 0) {
            throw unclosed(start);
        }
        String value = text.substring(at, end);
        at = end + 1;
        return value;
    }

    private String escaped(int start) {
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                value.append(escape(text.charAt(at++)));
            } else {
                value.append(c);
            }
        }
        if (at >= text.length()) {
            throw unclosed(start);
        }
        at++;
        return value.toString();
    }

    private static String escape(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case '"', '\\', '$' -> String.valueOf(c);
            default -> "\\" + c;
        };
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Of a line, or of the text. */
    private boolean isAtEnd() {
        return at >= text.length() || text.charAt(at) == '\n';
    }

    private int endOfLine() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private IllegalArgumentException unclosed(int start) {
        return malformed(start, "a quote at the end of the value", "Close it, or put the value into other quotes.");
    }

    private IllegalArgumentException malformed(int index, String expected, String remedy) {
        long line = text.substring(0, index).chars().filter(c -> c == '\n').count() + 1;
        return new IllegalArgumentException(
                source + ", line " + line + ": expected " + expected + ", got something else. " + remedy);
    }
}
