package io.bocadillo.routing;

/** Reads one raw path in one scan; a segment without percent-encoding costs its substring and nothing more. */
final class PathParser {

    private final String raw;
    private final int skip;

    private final String[] segments;
    private int seen;

    PathParser(String raw, int skip) {
        this.raw = raw;
        this.skip = skip;
        this.segments = new String[skip == 0 ? Math.max(1, slashes()) : Math.max(0, slashes() - skip)];
    }

    private int slashes() {
        int slashes = 0;
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '/') {
                slashes++;
            }
        }
        return slashes;
    }

    Path parse() {
        if (!raw.isEmpty() && raw.charAt(0) != '/') {
            throw refused("a leading '/'", raw, "Send an absolute path.");
        }
        int slash = 0;
        while (slash < raw.length()) {
            slash = segment(slash + 1);
        }
        if (seen == 0 && skip == 0) {
            add("");
        }
        if (seen < skip) {
            throw refused(skip + " segments or more", raw, "Send a path below the application's own.");
        }
        return new Path(segments);
    }

    /** Reads the segment that begins at {@code start} and returns where it ends: at a slash or the end of the path. */
    private int segment(int start) {
        int nameEnd = -1;
        boolean escaped = false;
        int i = start;
        for (; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '/') {
                break;
            } else if (c == ';' && nameEnd < 0) {
                nameEnd = i;
            } else if (c == '%') {
                escaped |= nameEnd < 0;
            } else if (c <= ' ' || c > '~' || c == '\\') {
                throw refused("visible ASCII without '\\'", raw.substring(i, i + 1), "Percent-encode it as UTF-8.");
            }
        }
        String name = raw.substring(start, nameEnd < 0 ? i : nameEnd);
        add(checked(escaped ? decoded(name) : name, i == raw.length()));
        return i;
    }

    private String checked(String segment, boolean last) {
        if (segment.isEmpty() && (!last || seen < skip)) {
            throw refused("no empty segment", "//", "Send one slash between two segments.");
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw refused("no dot segment", segment, "Resolve it before the request (RFC 3986 section 5.2.4).");
        }
        return segment;
    }

    private String decoded(String segment) {
        String decoded;
        try {
            decoded = PercentEncoding.decode(segment);
        } catch (IllegalArgumentException malformed) {
            throw refused("percent-encoded UTF-8", segment, "Write a percent sign as %25 (RFC 3986 section 2.1).");
        }
        for (int i = 0; i < decoded.length(); i++) {
            char c = decoded.charAt(i);
            if (c == '/' || c == '\\' || Character.isISOControl(c)) {
                throw refused(
                        "no encoded '/', '\\' or control character", segment, "Send it in the query or the body.");
            }
        }
        return decoded;
    }

    private void add(String segment) {
        int index = seen++ - skip;
        if (index >= 0) {
            segments[index] = segment;
        }
    }

    private InvalidPathException refused(String expected, String got, String remedy) {
        return new InvalidPathException(raw, expected, got, remedy);
    }
}
