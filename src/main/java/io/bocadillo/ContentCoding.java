package io.bocadillo;

import io.bocadillo.files.MediaTypes;
import io.bocadillo.negotiation.ContentCodings;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to encode bodies that a client can undo, such as compression (RFC 9110, section 8.4.1). Safe for use by many
 * threads.
 */
public interface ContentCoding {

    /** Its registered name, in lower case: {@code gzip}. */
    String name();

    /**
     * Returns a stream that writes to {@code to} what it encodes: what it has when it is flushed, the rest when it is closed,
     * which lets go of everything it holds.
     */
    OutputStream encode(OutputStream to) throws IOException;

    /**
     * The one that the client likes best, the first of the list where it likes several as well as each other; null for none
     * of them (RFC 9110, section 12.5.3).
     */
    static @Nullable ContentCoding choose(Request req, List<ContentCoding> available) {
        if (req.firstHeader("Accept-Encoding") == null) {
            return null;
        }
        List<String> names = available.stream().map(ContentCoding::name).toList();
        String chosen = ContentCodings.choose(req.headers().all("Accept-Encoding"), names);
        return chosen.equals(ContentCodings.IDENTITY) ? null : available.get(names.indexOf(chosen));
    }

    /** Whether it is worth while to compress what has that {@code Content-Type}: text, JSON and what else is not yet. */
    static boolean isCompressible(String contentType) {
        return MediaTypes.isCompressible(contentType);
    }
}
