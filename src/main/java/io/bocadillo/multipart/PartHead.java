package io.bocadillo.multipart;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a part says about itself before its content (RFC 7578, section 4).
 *
 * @param name the name of the form field; may be empty
 * @param fileName the last segment of the name the client gave, never a path; null for a field that is no file, empty
 *     if the client gave none
 * @param contentType the {@code Content-Type} as sent; null when there is none, which means {@code text/plain}
 * @param headers all header fields in their order, unmodifiable
 */
public record PartHead(
        String name, @Nullable String fileName, @Nullable String contentType, List<Header> headers) {

    /** Copies the headers. */
    public PartHead {
        headers = List.copyOf(headers);
    }

    /** A header field, its value without surrounding white space. */
    public record Header(String name, String value) {}
}
