package io.bocadillo.files;

import io.bocadillo.routing.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entity tag: the name of one version of a representation (RFC 9110, section 8.8.3).
 *
 * @param isWeak whether versions that differ in a few bytes may share it
 * @param opaque what stands between the quotes: visible ASCII or Latin-1 without a quote, else
 *     {@link IllegalArgumentException}
 */
public record ETag(boolean isWeak, String opaque) {

    private static final Pattern OPAQUE = Pattern.compile("[\\x21\\x23-\\x7E\\x80-\\xFF]*");
    private static final Pattern TAG = Pattern.compile("(W/)?\"(" + OPAQUE + ")\"");
    private static final Pattern SEPARATORS = Pattern.compile("[ \\t,]*");

    public ETag {
        if (!OPAQUE.matcher(opaque).matches()) {
            throw new IllegalArgumentException("ETag: expected visible characters without quotes or spaces, got '"
                    + Printable.of(opaque) + "'. Use a hash or a version number.");
        }
    }

    /** The tag of one version, byte for byte. */
    public static ETag strong(String opaque) {
        return new ETag(false, opaque);
    }

    /** The tag of versions that are as good as each other; it never serves for ranges. */
    public static ETag weak(String opaque) {
        return new ETag(true, opaque);
    }

    /** Reads a tag as it stands in a field, {@code "x"} or {@code W/"x"}; empty if the text is none. */
    public static Optional<ETag> parse(String text) {
        Matcher tag = TAG.matcher(text);
        return tag.matches() ? Optional.of(of(tag)) : Optional.empty();
    }

    /** The tag that stands in a field; {@link IllegalArgumentException} if that is none. */
    static ETag of(String field) {
        return parse(field)
                .orElseThrow(() -> new IllegalArgumentException("ETag: expected a tag in quotes, got '"
                        + Printable.of(field) + "'. Write \"v1\" or W/\"v1\", with the quotes."));
    }

    /** The tags of a list, up to the first element that is none; a comma may stand within a tag. */
    static List<ETag> list(String text) {
        List<ETag> tags = new ArrayList<>();
        Matcher separators = SEPARATORS.matcher(text);
        Matcher tag = TAG.matcher(text);
        int next = 0;
        do {
            separators.region(next, text.length()).lookingAt();
            next = separators.end();
            if (!tag.region(next, text.length()).lookingAt()) {
                break;
            }
            tags.add(of(tag));
            next = tag.end();
        } while (next < text.length());
        return tags;
    }

    /** Whether both are strong and the same (RFC 9110, section 8.8.3.2). */
    public boolean matchesStrongly(ETag other) {
        return !isWeak && equals(other);
    }

    /** Whether they are the same, weak or strong (RFC 9110, section 8.8.3.2). */
    public boolean matchesWeakly(ETag other) {
        return opaque.equals(other.opaque);
    }

    /** The tag as it stands in a field. */
    @Override
    public String toString() {
        return (isWeak ? "W/\"" : "\"") + opaque + '"';
    }

    private static ETag of(Matcher tag) {
        return new ETag(tag.group(1) != null, tag.group(2));
    }
}
