package io.bocadillo.negotiation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code Accept} or {@code Accept-Encoding}: what a client takes, and how gladly.
 *
 * <p>An element that has no value, or a weight that is no number, is as good as absent: a recipient may guess neither that
 * something is wanted nor that it is not. Whatever follows the weight is ignored (RFC 9110, section 12.5.1).
 *
 * @param value lower case: {@code gzip}, {@code text/*}
 * @param parameters those before the weight, names in lower case, values without quotes
 * @param weight in thousandths, 0 for what must not be sent (section 12.4.2)
 */
record Preference(String value, Map<String, String> parameters, int weight) {

    static final int HIGHEST = 1000;

    private static final int DECIMALS = 3;

    /** The elements of all fields of that name, in their order. */
    static List<Preference> list(List<String> fields) {
        List<Preference> preferences = new ArrayList<>();
        for (String field : fields) {
            for (String element : split(field, ',')) {
                Preference preference = of(element);
                if (preference != null) {
                    preferences.add(preference);
                }
            }
        }
        return preferences;
    }

    /** Reads one element; null for one that is as good as absent. */
    static @Nullable Preference of(String element) {
        List<String> parts = split(element, ';');
        String value = parts.get(0).strip().toLowerCase(Locale.ROOT);
        if (value.isEmpty()) {
            return null;
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            String name = part.substring(0, Math.max(equals, 0)).strip().toLowerCase(Locale.ROOT);
            if (name.equals("q")) {
                int weight = weight(part.substring(equals + 1).strip());
                return weight < 0 ? null : new Preference(value, parameters, weight);
            }
            if (!name.isEmpty()) {
                parameters.put(name, unquoted(part.substring(equals + 1).strip()));
            }
        }
        return new Preference(value, parameters, HIGHEST);
    }

    /** Reads {@code 0.8}, and what old clients send: {@code .8}; more than 1 is 1, and -1 says that it is no number. */
    private static int weight(String text) {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        String fraction = point < 0 ? "" : text.substring(point + 1);
        if (whole.isEmpty() && fraction.isEmpty() || !isDigits(whole) || !isDigits(fraction)) {
            return -1;
        }
        if (!whole.chars().allMatch(digit -> digit == '0')) {
            return HIGHEST;
        }
        return Integer.parseInt((fraction + "0".repeat(DECIMALS)).substring(0, DECIMALS));
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
                : value;
    }

    /** Splits where the separator stands outside of a quoted string (section 5.6.4). */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
