package io.bocadillo;

import java.util.ArrayList;
import java.util.List;

/** The {@code Cookie} header (RFC 6265, section 5.4), read as leniently as browsers and other clients write it. */
final class Cookies {

    private Cookies() {}

    /** The values of all cookies of that name, in the order sent; a pair without a name or an equals sign is skipped. */
    static List<String> named(String name, List<String> headers) {
        List<String> values = new ArrayList<>(1);
        for (String header : headers) {
            for (String pair : header.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    values.add(unquoted(pair.substring(equals + 1).strip()));
                }
            }
        }
        return List.copyOf(values);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
