package io.bocadillo.middleware;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Forwarded} (RFC 7239, section 4).
 *
 * <p>It is read from its end, because that is what the nearest proxy has written: a quote that a client leaves open, at
 * its beginning, swallows nothing of it.
 */
final class ForwardedField {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** RFC 9110, section 5.6.4. */
    private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\]|\\\\.)*+\"");

    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    private ForwardedField() {}

    /** The hops of all fields of that name, the nearest one first. */
    static List<Hop> hops(List<String> fields) {
        List<Hop> hops = new ArrayList<>();
        for (int i = fields.size() - 1; i >= 0; i--) {
            for (String element : splitFromEnd(fields.get(i), ',')) {
                if (!element.isBlank()) {
                    hops.add(hop(element));
                }
            }
        }
        return hops;
    }

    private static Hop hop(String element) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : splitFromEnd(element, ';')) {
            int equals = pair.indexOf('=');
            if (pair.isBlank()) {
                continue;
            }
            String name = equals < 0 ? "" : pair.substring(0, equals).strip();
            String value = value(pair.substring(equals + 1).strip());
            if (!TOKEN.matcher(name).matches()
                    || value == null
                    || parameters.put(name.toLowerCase(Locale.ROOT), value) != null) {
                return Hop.UNREADABLE;
            }
        }
        return Hop.of(parameters.get("for"), parameters.get("proto"), parameters.get("host"));
    }

    /** What a token or a quoted string says; null if it is neither. */
    private static @Nullable String value(String text) {
        if (TOKEN.matcher(text).matches()) {
            return text;
        }
        return QUOTED.matcher(text).matches()
                ? ESCAPE.matcher(text.substring(1, text.length() - 1)).replaceAll("$1")
                : null;
    }

    /** The parts between separators that are not quoted, the last one first. */
    private static List<String> splitFromEnd(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int end = text.length();
        for (int i = end - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (c == '"' && !(quoted && isEscaped(text, i))) {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(i + 1, end));
                end = i;
            }
        }
        parts.add(text.substring(0, end));
        return parts;
    }

    private static boolean isEscaped(String text, int quote) {
        int first = quote;
        while (first > 0 && text.charAt(first - 1) == '\\') {
            first--;
        }
        return (quote - first) % 2 == 1;
    }
}
