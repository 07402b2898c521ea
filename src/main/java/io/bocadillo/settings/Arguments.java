package io.bocadillo.settings;

import java.util.HashMap;
import java.util.Map;

/** Settings of a command line: {@code --key=value}, and {@code --key} for {@code true}; all else is the app's own. */
final class Arguments {

    private static final String PREFIX = "--";

    private Arguments() {}

    /** Nothing after {@code --} counts; of a key that comes twice the last one does. */
    static Map<String, String> parse(String... arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            if (argument.equals(PREFIX)) {
                break;
            }
            if (argument.startsWith(PREFIX)) {
                int equals = argument.indexOf('=');
                String key = argument.substring(PREFIX.length(), equals < 0 ? argument.length() : equals);
                if (key.isBlank()) {
                    throw new IllegalArgumentException(
                            "argument '--=': expected a key, got none. Write --key=value, or --key for true.");
                }
                values.put(key, equals < 0 ? "true" : argument.substring(equals + 1));
            }
        }
        return values;
    }
}
