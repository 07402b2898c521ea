package io.bocadillo;

import java.util.ArrayList;
import java.util.List;

/** The fields {@code Cookie}, read as leniently as clients write it, and {@code Set-Cookie} (RFC 6265bis). */
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

    /** Sets a cookie in the place of one of that name: no answer should set it twice (section 4.1.1). */
    static void set(Headers headers, String name, String field) {
        List<String> others = new ArrayList<>(headers.all("Set-Cookie"));
        if (others.removeIf(other -> other.startsWith(name + "="))) {
            headers.remove("Set-Cookie");
            others.forEach(other -> headers.add("Set-Cookie", other));
        }
        headers.add("Set-Cookie", field);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
