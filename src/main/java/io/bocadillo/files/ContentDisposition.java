package io.bocadillo.files;

import io.bocadillo.routing.PercentEncoding;
import java.text.Normalizer;

/**
 * The {@code Content-Disposition} field: whether a browser shows or saves a file, and by which name (RFC 6266).
 *
 * <p>A name is reduced to its last segment, after {@code /} or {@code \}, and loses its control characters. Where it is
 * plain ASCII there is one parameter, {@code filename="report.csv"}. Otherwise there is a second one with the whole name
 * in UTF-8, {@code filename*=UTF-8''caf%C3%A9.csv} (RFC 8187), which browsers prefer; the first then has letters without
 * their accents and {@code _} for the rest. Quotes and percent signs count as not plain, because browsers differ on what
 * they mean within quotes (RFC 6266, appendix D).
 */
public final class ContentDisposition {

    private static final String ATTR_CHARS = "!#$&+-.^_`|~";

    private ContentDisposition() {}

    /** Has the browser save the file. */
    public static String attachment(String fileName) {
        return "attachment" + parameters(fileName);
    }

    /** Lets the browser show the file, and suggests the name if it is saved. */
    public static String inline(String fileName) {
        return "inline" + parameters(fileName);
    }

    private static String parameters(String fileName) {
        String name = lastSegment(fileName);
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            return "";
        }
        String plain = name.chars().allMatch(ContentDisposition::isPlain)
                ? name
                : Normalizer.normalize(name, Normalizer.Form.NFD)
                        .replaceAll("\\p{Mn}", "")
                        .codePoints()
                        .map(c -> isPlain(c) ? c : '_')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
        String parameter = "; filename=\"" + plain + '"';
        return plain.equals(name)
                ? parameter
                : parameter + "; filename*=UTF-8''" + PercentEncoding.encode(name, ATTR_CHARS);
    }

    /** Without control characters and halves of surrogate pairs, which are no text. */
    private static String lastSegment(String fileName) {
        int start = Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1;
        return fileName.substring(start)
                .codePoints()
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c <= '~' && c != '"' && c != '%';
    }
}
