package io.bocadillo.multipart;

import io.bocadillo.routing.PercentEncoding;
import io.bocadillo.routing.Printable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Content-Disposition} of a part (RFC 7578, section 4.2).
 *
 * @param fileName the last segment of the name of the file, without control characters, empty in place of a dot
 *     segment; null if there is none
 */
record Disposition(String name, @Nullable String fileName) {

    static Disposition parse(String value) {
        Map<String, String> parameters = Parameters.parse("Content-Disposition", value);
        String name = parameters.get("name");
        if (!"form-data".equals(parameters.get("")) || name == null) {
            throw malformed("form-data with a name", value);
        }
        return new Disposition(unescaped(name), fileName(parameters));
    }

    /**
     * RFC 7578 says not to send {@code filename*} (RFC 8187), yet some clients send nothing else: it counts if there is
     * no {@code filename}, which is what everybody in between has read.
     */
    private static @Nullable String fileName(Map<String, String> parameters) {
        String plain = parameters.get("filename");
        String extended = parameters.get("filename*");
        if (plain != null) {
            return lastSegment(unescaped(plain));
        }
        return extended == null ? null : lastSegment(decoded(extended));
    }

    /** Undoes the three escapes of browsers (HTML standard, "multipart/form-data encoding algorithm"), and no other. */
    private static String unescaped(String name) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        return name.replace("%22", "\"")
                .replace("%0D", "\r")
                .replace("%0d", "\r")
                .replace("%0A", "\n")
                .replace("%0a", "\n");
    }

    private static String decoded(String extended) {
        String[] parts = extended.split("'", 3);
        Charset charset = parts[0].equalsIgnoreCase("UTF-8")
                ? StandardCharsets.UTF_8
                : parts[0].equalsIgnoreCase("ISO-8859-1") ? StandardCharsets.ISO_8859_1 : null;
        if (charset != null && parts.length == 3) {
            try {
                return PercentEncoding.decode(parts[2], charset);
            } catch (IllegalArgumentException malformed) {
                // Said below.
            }
        }
        throw malformed("filename*=UTF-8''... (RFC 8187)", extended);
    }

    private static String lastSegment(String path) {
        String last = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        StringBuilder visible = new StringBuilder(last.length());
        last.chars().filter(c -> !Character.isISOControl(c)).forEach(c -> visible.append((char) c));
        String name = visible.toString();
        return name.equals(".") || name.equals("..") ? "" : name;
    }

    private static MultipartException malformed(String expected, String got) {
        return MultipartException.malformed(
                "Content-Disposition: expected " + expected + ", got '" + Printable.of(got) + "'.");
    }
}
