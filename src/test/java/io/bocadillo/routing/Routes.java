package io.bocadillo.routing;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random routes and paths over an alphabet so small that they meet often. */
final class Routes {

    private static final List<String> SEGMENTS = List.of(
            "a",
            "b",
            "ab",
            "1",
            "-1",
            "{}-b",
            "{x}",
            "{x}",
            "{x:int}",
            "{x:int}",
            "a{x}",
            "{x}b",
            "a{x}b",
            "{x:int}b",
            "-{x:int}",
            "a{x:int}",
            "1{x:int}",
            "{x}-{y}",
            "{x:int}-{y}",
            "{x}-{y:int}",
            "{x:int}-{y:int}",
            "a{x}1{y}b",
            "a{x}-{y:int}b",
            "{x}1{y:int}",
            "{}a{}",
            "{x:int}1{y:int}",
            "{x}ab{y}",
            "{x}a{}-{y}",
            "{x}-{}1{y:int}",
            "a{x}-{}b{y}");

    private static final List<String> RESTS = List.of("{p:path}", "{}");

    private Routes() {}

    /** A route before it is in a table. */
    record Route(Pattern pattern, Set<String> methods) {}

    static Arbitrary<List<Route>> tables() {
        Arbitrary<Set<String>> methods = Arbitraries.of("GET", "HEAD", "POST", "OPTIONS", "PURGE")
                .set()
                .ofMinSize(1)
                .ofMaxSize(3);
        return Combinators.combine(patterns(), methods)
                .as(Route::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(25);
    }

    static Arbitrary<Pattern> patterns() {
        Arbitrary<List<String>> segments = Arbitraries.of(SEGMENTS).list().ofMaxSize(4);
        Arbitrary<String> rest = Arbitraries.of(RESTS);
        return Combinators.combine(
                        segments,
                        rest,
                        Arbitraries.integers().between(0, 8),
                        Arbitraries.integers().between(0, 3))
                .as(Routes::pattern);
    }

    static Arbitrary<String> paths() {
        Arbitrary<String> segment = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.of("a", "b", "ab", "1", "-1", "a-b", "1-1", "a1b")),
                Tuple.of(
                        1,
                        Arbitraries.strings().withChars("ab1-").ofMinLength(1).ofMaxLength(7)));
        return Combinators.combine(segment.list().ofMaxSize(5), Arbitraries.of("", "", "/"))
                .as((segments, end) -> segments.isEmpty() ? "/" : "/" + String.join("/", segments) + end);
    }

    private static Pattern pattern(List<String> segments, String rest, int restAt, int end) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < segments.size(); i++) {
            String number = String.valueOf(i);
            pattern.append('/')
                    .append(
                            i == restAt
                                    ? rest
                                    : segments.get(i).replace("x", "x" + number).replace("y", "y" + number));
        }
        return Pattern.parse(
                pattern.append(pattern.isEmpty() || end == 0 ? "/" : "").toString());
    }
}
