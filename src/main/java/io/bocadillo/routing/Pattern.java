package io.bocadillo.routing;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pattern of a route, such as {@code /items/{pk:int}} or {@code /images/{location:path}}.
 *
 * <table>
 * <caption>What stands in a pattern</caption>
 * <tr><td>{@code {x}}</td><td>one or more characters within one segment</td></tr>
 * <tr><td>{@code {x:int}}</td><td>ASCII digits within one segment, possibly after a minus sign</td></tr>
 * <tr><td>{@code {x:path}}</td><td>the rest across segments, also the empty rest after a final slash</td></tr>
 * <tr><td>{@code {}}</td><td>as a whole segment, a non-empty rest across segments; beside text, characters within the
 *     segment; as the whole pattern, every path</td></tr>
 * <tr><td>anything else</td><td>itself, decoded: {@code /café} matches {@code /caf%C3%A9}</td></tr>
 * </table>
 *
 * <p>Parameters may stand beside text, as in {@code /{year}-{month}.html}; each takes as much as it can, the leftmost
 * first. At most one parameter of a pattern takes a rest, so its place in a path follows from the number of segments,
 * and matching needs no search.
 *
 * <p>Immutable. No argument is null.
 */
public final class Pattern {

    private static final String[] NO_VALUES = {};

    private final String text;
    private final List<Segment> segments;
    private final List<Param> params;
    private final List<String> names;
    private final int rest;

    Pattern(String text, List<Segment> segments) {
        this.text = text;
        this.segments = List.copyOf(segments);
        this.params = segments.stream().flatMap(Segment::params).toList();
        this.names = params.stream().map(Param::name).filter(Objects::nonNull).toList();
        this.rest = IntStream.range(0, segments.size())
                .filter(i -> isRest(segments.get(i)))
                .findFirst()
                .orElse(-1);
    }

    private static boolean isRest(Segment segment) {
        return segment instanceof Param param && param.converter().spansSegments();
    }

    /**
     * Parses a pattern; a missing leading slash is added.
     *
     * @throws IllegalArgumentException if the pattern is ambiguous, malformed, or could never match a {@link Path}
     */
    public static Pattern parse(String pattern) {
        return new PatternParser(pattern).parse();
    }

    /**
     * Parses what stands before other patterns, see {@link #append}; a last slash adds nothing, so {@code ""} and
     * {@code "/"} have no segment.
     *
     * @throws IllegalArgumentException as {@link #parse} does
     */
    public static Pattern prefix(String prefix) {
        Pattern whole = parse(prefix);
        int last = whole.segments.size() - 1;
        if (!(whole.segments.get(last) instanceof Literal literal)
                || !literal.text().isEmpty()) {
            return whole;
        }
        return new Pattern(whole.text.substring(0, whole.text.length() - 1), whole.segments.subList(0, last));
    }

    /** Returns what {@link #append(Pattern, String)} does, of a route. */
    public Pattern append(Pattern rest) {
        return append(rest, "route");
    }

    /**
     * Returns the pattern of the paths that begin as this one says, and go on as that one does.
     *
     * @param what the whole is the pattern of, as the error says it: {@code "recipe"}
     * @throws IllegalArgumentException if they have a parameter in common, or both take a rest
     */
    public Pattern append(Pattern rest, String what) {
        if (segments.isEmpty()) {
            return rest;
        }
        Pattern whole = new Pattern(
                text + rest.text,
                Stream.concat(segments.stream(), rest.segments.stream()).toList());
        for (String name : rest.names) {
            if (names.contains(name)) {
                throw refused(what, whole.text, "each parameter once", name, "Give the second one another name.");
            }
        }
        if (takesRest() && rest.takesRest()) {
            throw refused(what, whole.text, "one {x:path} or {} at most", rest.text, "Take the rest in one of them.");
        }
        return whole;
    }

    /** Returns the number of segments, a rest being one. */
    public int size() {
        return segments.size();
    }

    /** Returns whether a parameter takes several segments of a path. */
    public boolean takesRest() {
        return rest >= 0;
    }

    /** Returns the names of the parameters from left to right, without the anonymous ones. */
    public List<String> names() {
        return names;
    }

    /** Returns the values of the parameters in the order of {@link #names}, or null if the path does not match. */
    public String @Nullable [] match(Path path) {
        int spare = path.size() - segments.size();
        if (rest < 0 ? spare != 0 : spare < 0) {
            return null;
        }
        String[] values = names.isEmpty() ? NO_VALUES : new String[names.size()];
        int next = 0;
        int from = 0;
        for (int i = 0; i < segments.size() && next >= 0; i++) {
            int to = i == rest ? from + 1 + spare : from + 1;
            next = segments.get(i).capture(path.text(from, to), values, next);
            from = to;
        }
        return next < 0 ? null : values;
    }

    /**
     * Returns the percent-encoded path that matches this pattern with these values.
     *
     * @param params a value for each of the {@link #names}, written as {@link String#valueOf(Object)} writes it
     * @throws IllegalArgumentException if a parameter is missing or unknown, if the path would not give the same values
     *     back, or if the pattern has an anonymous wildcard
     */
    public String format(Map<String, ?> params) {
        return new PathFormat(this, params).format();
    }

    /** The path with these values, which {@link Path#parse} would refuse if they are not fit for it. */
    Path fill(Function<Param, String> value) {
        return Path.of(segments.stream().map(segment -> segment.fill(value)).collect(Collectors.joining("/", "/", "")));
    }

    List<Segment> segments() {
        return segments;
    }

    List<Param> params() {
        return params;
    }

    static IllegalArgumentException refused(String pattern, String expected, String got, String remedy) {
        return refused("route", pattern, expected, got, remedy);
    }

    private static IllegalArgumentException refused(
            String what, String pattern, String expected, String got, String remedy) {
        return new IllegalArgumentException(
                what + " '" + pattern + "': expected " + expected + ", got '" + got + "'. " + remedy);
    }

    /** Returns the pattern as written, with its leading slash. */
    @Override
    public String toString() {
        return text;
    }
}
