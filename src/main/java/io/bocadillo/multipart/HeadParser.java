package io.bocadillo.multipart;

import io.bocadillo.multipart.PartHead.Header;
import io.bocadillo.routing.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the header lines of a part, UTF-8 as browsers send them, into its {@link PartHead}. */
final class HeadParser {

    /** Those that leave the content as it is; RFC 7578, section 4.7, deprecates the header altogether. */
    private static final Set<String> IDENTITY = Set.of("7bit", "8bit", "binary");

    /** Three are in use; each costs far more as an object than on the wire. */
    private static final int MOST_FIELDS = 16;

    private HeadParser() {}

    /** Parses lines that end with CRLF, the last of them empty. */
    static PartHead parse(ByteBuffer lines) {
        List<Header> headers = new ArrayList<>(3);
        String[] fields = decode(lines).split("\r\n");
        if (fields.length > MOST_FIELDS) {
            throw MultipartException.headTooLarge(
                    "headers of a part: expected at most " + MOST_FIELDS + " fields, got more.");
        }
        for (String line : fields) {
            headers.add(header(line));
        }
        String disposition = only(headers, "Content-Disposition");
        if (disposition == null) {
            throw MultipartException.malformed("part: expected a Content-Disposition, got none.");
        }
        String encoding = only(headers, "Content-Transfer-Encoding");
        if (encoding != null && !IDENTITY.contains(encoding.toLowerCase(Locale.ROOT))) {
            throw malformed("Content-Transfer-Encoding", "none", encoding, " Send the content as it is.");
        }
        Disposition said = Disposition.parse(disposition);
        return new PartHead(said.name(), said.fileName(), only(headers, "Content-Type"), headers);
    }

    private static Header header(String line) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon);
        if (!Parameters.isToken(name)) {
            throw malformed("header of a part", "'Name: value' on one line", line, "");
        }
        String value = Parameters.strip(line.substring(colon + 1));
        if (value.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
            throw malformed("header of a part", "no control character", line, "");
        }
        return new Header(name, value);
    }

    /** The value of the header, null if there is none; refuses several, of which readers could choose different ones. */
    private static @Nullable String only(List<Header> headers, String name) {
        String found = null;
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                if (found != null) {
                    throw malformed(name, "one", header.value(), " Send it once.");
                }
                found = header.value();
            }
        }
        return found;
    }

    private static String decode(ByteBuffer lines) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(lines).toString();
        } catch (CharacterCodingException malformed) {
            throw MultipartException.malformed("header of a part: expected UTF-8, got bytes that are none.");
        }
    }

    private static MultipartException malformed(String where, String expected, String got, String remedy) {
        return MultipartException.malformed(
                where + ": expected " + expected + ", got '" + Printable.of(got) + "'." + remedy);
    }
}
