package io.bocadillo;

import io.bocadillo.files.MediaTypes;
import io.bocadillo.routing.Printable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Content-Type} (RFC 9110, section 8.3).
 *
 * @param type lower case, without parameters: {@code text/html}; empty when there is none
 */
record ContentType(String type, Charset charset) {

    static final String TEXT = "text/plain; charset=utf-8";
    static final String HTML = "text/html; charset=utf-8";
    static final String JSON = "application/json";
    static final String EVENTS = "text/event-stream";
    static final String FORM = "application/x-www-form-urlencoded";
    static final String MULTIPART = "multipart/form-data";
    static final String BYTES = "application/octet-stream";

    /** Parses a header value; null gives the empty type in UTF-8, an unknown charset is {@link HttpError} 415. */
    static ContentType of(@Nullable String header) {
        if (header == null) {
            return new ContentType("", StandardCharsets.UTF_8);
        }
        String[] parts = header.split(";");
        Charset charset = StandardCharsets.UTF_8;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.regionMatches(true, 0, "charset=", 0, 8)) {
                charset = charset(parameter.substring(8).replace("\"", ""));
            }
        }
        return new ContentType(parts.length == 0 ? "" : parts[0].strip().toLowerCase(Locale.ROOT), charset);
    }

    /** That of a text in UTF-8 of that name, plain text if its extension says nothing. */
    static String ofText(String name) {
        String type = MediaTypes.of(name);
        return type.equals(BYTES) ? TEXT : type;
    }

    /** JSON, or a type built on it (RFC 6839, section 3.1). */
    boolean isJson() {
        return type.equals(JSON) || type.endsWith("+json");
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException unknown) {
            throw new HttpError(
                    415, "Content-Type: expected a known charset, got '" + Printable.of(name) + "'. Send utf-8.");
        }
    }
}
