package io.bocadillo;

import io.bocadillo.routing.PercentEncoding;
import io.bocadillo.routing.Printable;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code application/x-www-form-urlencoded}, as queries and forms have it.
 *
 * <p>A query is part of a URI, and has to be one (RFC 3986, section 3.4). A body is parsed as the URL standard says: bytes
 * need not be encoded, and a percent sign without two hex digits is one; but what is no text is refused.
 */
final class UrlEncoded {

    /** RFC 3986, section 2.3. */
    private static final String UNRESERVED = "-._~";

    private static final int MOST_IN_A_QUERY = 1000;

    private final boolean isForm;
    private final CharsetDecoder charset;
    private final int most;

    private UrlEncoded(boolean isForm, Charset charset, int most) {
        this.isForm = isForm;
        this.charset = charset.newDecoder();
        this.most = most;
    }

    /**
     * The values of a query by name, in their order.
     *
     * @throws HttpError 400 for text that is not percent-encoded UTF-8, and for more than 1000 parameters
     */
    static Map<String, List<String>> parse(String query) {
        return new UrlEncoded(false, StandardCharsets.UTF_8, MOST_IN_A_QUERY).pairs(query);
    }

    /**
     * The values of a form by name, in their order.
     *
     * @param charset that of the {@code Content-Type}
     * @throws HttpError 400 for text that is not in that charset, 413 for more than {@code most} fields
     */
    static Map<String, List<String>> form(byte[] body, Charset charset, int most) {
        return new UrlEncoded(true, charset, most).pairs(new String(body, StandardCharsets.ISO_8859_1));
    }

    /**
     * A query with its question mark, empty if there is none.
     *
     * @throws IllegalArgumentException for a parameter that is null, or a map
     */
    static String write(Map<String, ?> parameters) {
        StringBuilder query = new StringBuilder();
        parameters.forEach((name, value) -> write(name, value, query));
        return query.toString();
    }

    private static void write(String name, @Nullable Object value, StringBuilder query) {
        if (value instanceof Iterable<?> several && !(value instanceof Path)) {
            several.forEach(each -> write(name, each, query));
        } else if (value instanceof Optional<?> one) {
            one.ifPresent(present -> write(name, present, query));
        } else if (value != null && value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                write(name, Array.get(value, i), query);
            }
        } else {
            writeOne(name, value, query);
        }
    }

    private static void writeOne(String name, @Nullable Object value, StringBuilder query) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "urlFor: expected a value for '" + name + "' of the query, got 'null'. Leave it out.");
        }
        if (value instanceof Map) {
            throw new IllegalArgumentException("urlFor: expected a value, or several, for '" + name
                    + "' of the query, got a map. Write each of its entries under a name of its own.");
        }
        query.append(query.length() == 0 ? '?' : '&')
                .append(PercentEncoding.encode(name, UNRESERVED))
                .append('=')
                .append(PercentEncoding.encode(value.toString(), UNRESERVED));
    }

    private Map<String, List<String>> pairs(String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        int seen = 0;
        for (int start = 0; start < text.length(); ) {
            int ampersand = text.indexOf('&', start);
            int end = ampersand < 0 ? text.length() : ampersand;
            if (end > start) {
                if (seen++ == most) {
                    throw HttpError.untraced(
                            isForm ? 413 : 400,
                            (isForm ? "form" : "query") + ": expected at most " + most + " fields, got more.");
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
        String spaced = text.replace('+', ' ');
        return isForm ? decodeBytes(spaced) : decodeQuery(spaced);
    }

    private static String decodeQuery(String text) {
        try {
            return PercentEncoding.decode(text);
        } catch (IllegalArgumentException malformed) {
            throw HttpError.untraced(
                    400, "query: expected percent-encoded UTF-8, got '" + Printable.of(text) + "'. Write % as %25.");
        }
    }

    /** Of text whose characters are bytes (URL standard, "percent-decode"). */
    private String decodeBytes(String text) {
        ByteBuffer octets = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean encoded = c == '%'
                    && i + 2 < text.length()
                    && HexFormat.isHexDigit(text.charAt(i + 1))
                    && HexFormat.isHexDigit(text.charAt(i + 2));
            octets.put(encoded ? (byte) HexFormat.fromHexDigits(text, i + 1, i + 3) : (byte) c);
            i += encoded ? 2 : 0;
        }
        try {
            return charset.decode(octets.flip()).toString();
        } catch (CharacterCodingException malformed) {
            throw HttpError.untraced(
                    400,
                    "form: expected " + charset.charset() + " text, got '" + Printable.of(text) + "'. Send utf-8.");
        }
    }
}
