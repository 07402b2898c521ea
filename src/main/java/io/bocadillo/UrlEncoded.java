package io.bocadillo;

import io.bocadillo.routing.PercentEncoding;
import io.bocadillo.routing.Printable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The format {@code application/x-www-form-urlencoded} of the URL standard, as queries have it. */
final class UrlEncoded {

    private UrlEncoded() {}

    /**
     * The values by name, in their order.
     *
     * @throws HttpError 400 for text that is not percent-encoded UTF-8
     */
    static Map<String, List<String>> parse(String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            values.computeIfAbsent(name, absent -> new ArrayList<>(1)).add(value);
        }
        values.replaceAll((name, list) -> Collections.unmodifiableList(list));
        return Collections.unmodifiableMap(values);
    }

    private static String decode(String text) {
        try {
            return PercentEncoding.decode(text.replace('+', ' '));
        } catch (IllegalArgumentException malformed) {
            throw new HttpError(
                    400, "query: expected percent-encoded UTF-8, got '" + Printable.of(text) + "'. Write % as %25.");
        }
    }
}
