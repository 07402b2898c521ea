package io.bocadillo;

import io.bocadillo.routing.PercentEncoding;
import io.bocadillo.routing.Printable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The format {@code application/x-www-form-urlencoded} of the URL standard, as queries and forms have it. */
final class UrlEncoded {

    private static final int MOST_IN_A_QUERY = 1000;

    private final String where;
    private final Charset charset;
    private final int most;
    private final int tooMany;

    private UrlEncoded(String where, Charset charset, int most, int tooMany) {
        this.where = where;
        this.charset = charset;
        this.most = most;
        this.tooMany = tooMany;
    }

    /**
     * The values of a query by name, in their order.
     *
     * @throws HttpError 400 for text that is not percent-encoded UTF-8, and for more than 1000 parameters
     */
    static Map<String, List<String>> parse(String query) {
        return new UrlEncoded("query", StandardCharsets.UTF_8, MOST_IN_A_QUERY, 400).pairs(query);
    }

    /**
     * The values of a form by name, in their order.
     *
     * @param charset that of the {@code Content-Type}
     * @throws HttpError 400 for text that is not percent-encoded in that charset, 413 for more than {@code most} fields
     */
    static Map<String, List<String>> form(String body, Charset charset, int most) {
        return new UrlEncoded("form", charset, most, 413).pairs(body);
    }

    private Map<String, List<String>> pairs(String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        int seen = 0;
        for (int start = 0; start < text.length(); ) {
            int ampersand = text.indexOf('&', start);
            int end = ampersand < 0 ? text.length() : ampersand;
            if (end > start) {
                if (seen++ == most) {
                    throw HttpError.untraced(tooMany, where + ": expected at most " + most + " fields, got more.");
                }
                add(values, text.substring(start, end));
            }
            start = end + 1;
        }
        values.replaceAll((name, list) -> Collections.unmodifiableList(list));
        return Collections.unmodifiableMap(values);
    }

    private void add(Map<String, List<String>> values, String pair) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        values.computeIfAbsent(name, absent -> new ArrayList<>(1)).add(value);
    }

    private String decode(String text) {
        try {
            return PercentEncoding.decode(text.replace('+', ' '), charset);
        } catch (IllegalArgumentException malformed) {
            throw new HttpError(
                    400,
                    where + ": expected percent-encoded " + charset + ", got '" + Printable.of(text)
                            + "'. Write % as %25.");
        }
    }
}
