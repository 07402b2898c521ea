package io.bocadillo.routing;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether one pattern matches every path that another matches.
 *
 * <p>It does if the two differ in names alone, or else if it matches a few witnesses: paths of the later pattern, with
 * values that contain no character of the earlier one. Such a value lies within a parameter of the earlier pattern,
 * which takes any other value as well.
 *
 * <ul>
 *   <li>Text is one such character, so a whole segment of it can't match a segment with a literal in it.
 *   <li>An integer is one such digit, with a minus sign and without, because a literal may meet the sign.
 *   <li>A rest has each number of segments up to one more than the earlier pattern, with a trailing slash and without;
 *       if it is longer, the additional segments fall to the rest of the earlier pattern, too.
 * </ul>
 */
final class Coverage {

    private static final int PRIVATE_USE = 0xE000;
    private static final int MAX_INTEGERS = 6;

    private final Pattern earlier;
    private final Pattern later;
    private final List<Param> integers;

    private Coverage(Pattern earlier, Pattern later) {
        this.earlier = earlier;
        this.later = later;
        this.integers = later.params().stream()
                .filter(param -> param.converter() == Converter.INT)
                .toList();
    }

    /**
     * Never says so of a pattern that does not cover the other. May deny it where finding out is not worth the time: of
     * two that differ in more than names, with many integers, or if the earlier pattern uses all ten digits.
     */
    static boolean covers(Pattern earlier, Pattern later) {
        return unnamed(earlier).equals(unnamed(later)) || new Coverage(earlier, later).covers();
    }

    private static List<Segment> unnamed(Pattern pattern) {
        return pattern.segments().stream().map(Segment::unnamed).toList();
    }

    /** A path that the pattern matches, and hardly another one that does not cover it. */
    static Path sample(Pattern pattern, int restLength) {
        String text = Character.toString(PRIVATE_USE);
        return pattern.fill(param -> switch (param.converter()) {
            case TEXT -> text;
            case INT -> "0";
            case PATH, WILDCARD -> String.join("/", Collections.nCopies(restLength, text));
        });
    }

    private boolean covers() {
        if (integers.size() > MAX_INTEGERS) {
            return false;
        }
        // If no digit is left this is the next character: it proves less, because only text matches it.
        String digit = Character.toString(unused('0'));
        String text = Character.toString(unused(PRIVATE_USE));
        int signs = 1 << integers.size();
        return rests(text)
                .allMatch(rest -> IntStream.range(0, signs)
                        .allMatch(minus -> isMatched(param -> switch (param.converter()) {
                            case TEXT -> text;
                            case INT -> (isSet(minus, param) ? "-" : "") + digit;
                            case PATH, WILDCARD -> rest;
                        })));
    }

    private boolean isMatched(Function<Param, String> values) {
        return earlier.match(later.fill(values)) != null;
    }

    private boolean isSet(int signs, Param integer) {
        return (signs >> integers.indexOf(integer) & 1) == 1;
    }

    private int unused(int from) {
        return IntStream.iterate(from, c -> c + 1)
                .filter(c -> earlier.toString().indexOf(c) < 0)
                .findFirst()
                .orElseThrow();
    }

    private Stream<String> rests(String text) {
        Stream<String> rests = IntStream.rangeClosed(1, earlier.segments().size() + 1)
                .mapToObj(length -> String.join("/", Collections.nCopies(length, text)));
        Segment last = later.segments().get(later.segments().size() - 1);
        if (!(last instanceof Param param) || !param.converter().spansSegments()) {
            return rests;
        }
        Stream<String> slashed = rests.flatMap(rest -> Stream.of(rest, rest + "/"));
        return param.converter() == Converter.PATH ? Stream.concat(Stream.of(""), slashed) : slashed;
    }
}
