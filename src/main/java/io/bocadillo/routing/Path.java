package io.bocadillo.routing;

import java.util.Arrays;

/**
 * The canonical path of a request: its segments, each decoded exactly once.
 *
 * <p>Whatever decides by path (routes, guards, static files, redirects) sees this and nothing else, so no two of them
 * can read one request differently. A segment is never {@code .} or {@code ..} and contains no {@code /}, no {@code \}
 * and no control character; only the last one may be empty, which is how a trailing slash shows: {@code /} is
 * {@code [""]}, {@code /a/} is {@code ["a", ""]}. The place of an app, asked for without its slash, has no segment, so no
 * route matches it; to people it is {@code /} too.
 *
 * <p>Immutable. No argument or result is null.
 */
public final class Path {

    // RFC 3986 3.3: pchar without ';', which begins parameters and would be stripped when the path is parsed again.
    private static final String UNESCAPED = "-._~!$&'()*+,=:@";

    private final String[] segments;

    Path(String[] segments) {
        this.segments = segments;
    }

    /**
     * Parses the raw path of a request target (RFC 3986 section 3.3), as {@code getRequestURI()} gives it.
     *
     * <p>The {@code ;parameters} of each segment are dropped, then each segment is percent-decoded as UTF-8. The
     * skipped segments are held to the same rules as the others, because what they hide would shift the count. A text
     * that ends with the last skipped segment is the path without segments; an empty one is the path {@code /} if none is
     * skipped.
     *
     * @param rawPath the path as sent, without the query
     * @param skip how many leading segments belong to the context path and the servlet path
     * @throws InvalidPathException on anything that two readers could understand differently: an empty segment before
     *     the last, a dot segment, an encoded slash, a backslash, a control character, a raw space, what is not ASCII,
     *     malformed percent-encoding or UTF-8, fewer segments than to skip; other characters that RFC 3986 wants encoded,
     *     such as {@code |} and {@code [}, browsers send raw, and they stand for themselves
     */
    public static Path parse(String rawPath, int skip) {
        return new PathParser(rawPath, skip).parse();
    }

    /** Trusts its caller: the text is decoded, begins with a slash, and is what {@link #parse} could return. */
    static Path of(String decoded) {
        return new Path(decoded.substring(1).split("/", -1));
    }

    /** Returns the number of segments, 0 for the place of the app without its slash. */
    public int size() {
        return segments.length;
    }

    /**
     * Returns a decoded segment.
     *
     * @throws IndexOutOfBoundsException unless {@code 0 <= index < size()}
     */
    public String segment(int index) {
        return segments[index];
    }

    /** Returns whether the last segment is empty, as it is in {@code /} and {@code /a/}. */
    public boolean endsWithSlash() {
        return segments.length > 0 && segments[segments.length - 1].isEmpty();
    }

    /** Returns this path with a trailing slash, or this very path if it has one. */
    public Path withSlash() {
        if (endsWithSlash()) {
            return this;
        }
        String[] longer = Arrays.copyOf(segments, segments.length + 1);
        longer[segments.length] = "";
        return new Path(longer);
    }

    /** Returns the path of the first segments, from 1 to all of them. */
    public Path first(int segments) {
        return new Path(Arrays.copyOf(this.segments, segments));
    }

    /** Returns the path below the first segments, {@code /} if that is nothing. */
    public Path below(int segments) {
        if (segments == size()) {
            return new Path(new String[] {""});
        }
        return segments == 0 ? this : new Path(Arrays.copyOfRange(this.segments, segments, size()));
    }

    /**
     * Returns the one percent-encoded form of this path (RFC 3986 sections 2.1 and 3.3), which parses to an equal path;
     * {@code /} for one without segments.
     *
     * <p>It never begins with two slashes, so it is safe as the target of a redirect.
     */
    public String encoded() {
        if (segments.length == 0) {
            return "/";
        }
        StringBuilder encoded = new StringBuilder();
        for (String segment : segments) {
            encoded.append('/').append(PercentEncoding.encode(segment, UNESCAPED));
        }
        return encoded.toString();
    }

    /** Returns the decoded segments from one index up to another, joined by slashes. */
    String text(int from, int to) {
        return to - from == 1
                ? segments[from]
                : String.join("/", Arrays.asList(segments).subList(from, to));
    }

    /** Returns the decoded path, for people: {@code /a b/}. */
    @Override
    public String toString() {
        return "/" + text(0, segments.length);
    }
}
