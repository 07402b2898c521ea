package io.bocadillo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The field {@code Cookie}, read as leniently as clients write it, and {@code Set-Cookie} (RFC 6265bis). */
final class Cookies {

    private Cookies() {}

    /** The values of all cookies by name, in the order sent; a pair without a name or an equals sign is skipped. */
    static Map<String, List<String>> all(List<String> headers) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String header : headers) {
            for (String pair : header.split(";")) {
                int equals = pair.indexOf('=');
                String name = pair.substring(0, Math.max(0, equals)).strip();
                if (!name.isEmpty()) {
                    values.computeIfAbsent(name, absent -> new ArrayList<>(1))
                            .add(unquoted(pair.substring(equals + 1).strip()));
                }
            }
        }
        values.replaceAll((name, list) -> Collections.unmodifiableList(list));
        return Collections.unmodifiableMap(values);
    }

    /** The values of all cookies of that name; see {@link #all}. */
    static List<String> named(String name, List<String> headers) {
        return headers.isEmpty() ? List.of() : all(headers).getOrDefault(name, List.of());
    }

    /** Sets a cookie in the place of the same one: a browser would keep the last of them (section 5.7). */
    static void set(Headers headers, String field) {
        List<String> others = new ArrayList<>(headers.all("Set-Cookie"));
        if (!others.isEmpty()) {
            CookieIdentity identity = CookieIdentity.of(field);
            if (others.removeIf(other -> CookieIdentity.of(other).equals(identity))) {
                headers.remove("Set-Cookie");
                others.forEach(other -> headers.add("Set-Cookie", other));
            }
        }
        headers.add("Set-Cookie", field);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
