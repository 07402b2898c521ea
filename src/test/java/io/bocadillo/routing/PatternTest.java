package io.bocadillo.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTest {

    @ParameterizedTest
    @CsvSource({
        "/, /, ''",
        "'', /, ''",
        "a, /a, ''",
        "/a/, /a/, ''",
        "/café/{x}, /caf%C3%A9/1, 1",
        "/100%/{x}, /100%25/1, 1",
        "/a.*(b)+, /a.*(b)+, ''",
        "/{x}, /a%20b, a b",
        "/{x:int}, /007, 007",
        "/{x:int}, /-7, -7",
        "/images/{p:path}, /images/, ''",
        "/images/{p:path}, /images/a, a",
        "/images/{p:path}, /images/a/b/, a/b/",
        "/{p:path}, /, ''",
        "/files/{p:path}/edit, /files/a/edit, a",
        "/files/{p:path}/edit, /files/a/b/edit, a/b",
        "/files/{p:path}/edit, /files/edit/edit, edit",
        "/files/{p:path}/, /files/a/b/, a/b",
        "/foo/{}, /foo/a, ''",
        "/foo/{}, /foo/a/b, ''",
        "/foo/{}, /foo/a/, ''",
        "/foo/{}/{x}, /foo/a/b/c, c",
        "{}, /, ''",
        "{}, /a/b, ''",
        "/foo/{}-bar, /foo/x-bar, ''",
        "/foo/{}-bar, /foo/x-bar-bar, ''",
        "/{year}-{month}.html, /2026-11.html, '2026,11'",
        "/{a}-{b}, /1-2-3, '1-2,3'",
        "/{a}-{b:int}, /x--5, 'x-,5'",
        "/{a:int}-{b}, /1-a-b, '1,a-b'",
        "/{a:int}-{b:int}, /-1--2, '-1,-2'",
        "/{a}1{b:int}, /01111, '011,1'",
        "/v{major:int}.{minor:int}, /v1.17, '1,17'",
        "/.{x}, /.a, a",
    })
    void theValuesAreReadFromThePath(String pattern, String path, String values) {
        assertThat(match(pattern, path)).isNotNull();
        assertThat(String.join(",", match(pattern, path))).isEqualTo(values);
    }

    @ParameterizedTest
    @CsvSource({
        "/, /a",
        "/a, /",
        "/a, /a/",
        "/a, /A",
        "/a/, /a",
        "/a.b, /axb",
        "/{x}, /",
        "/{x}, /a/",
        "/{x}, /a/b",
        "/{x:int}, /a",
        "/{x:int}, /-",
        "/{x:int}, /1-",
        "/{x:int}, /%D9%A1",
        "/{x:int}, /",
        "/images/{p:path}, /images",
        "/files/{p:path}/edit, /files/edit",
        "/files/{p:path}/edit, /files/a/b",
        "/foo/{}, /foo",
        "/foo/{}, /foo/",
        "/foo/{}-bar, /foo/-bar",
        "/foo/{}-bar, /foo/x-bar/",
        "/{year}-{month}.html, /2026-.html",
        "/{year}-{month}.html, /2026-11xhtml",
        "/{a}-{b:int}, /x-y",
        "/ab{x}bc, /abc",
    })
    void otherPathsDoNotMatch(String pattern, String path) {
        assertThat(match(pattern, path)).isNull();
    }

    @Test
    void itKnowsItsNamesInOrder() {
        assertThat(Pattern.parse("/{b}/{}-x/{a:int}-{c}/{p:path}").names()).containsExactly("b", "a", "c", "p");
        assertThat(Pattern.parse("a/{x}")).hasToString("/a/{x}");
        assertThat(Pattern.parse("")).hasToString("/");
        assertThat(Pattern.parse("{}")).hasToString("/{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a/{x:foo} | a converter int or path, got 'foo'",
                "/{x:} | a converter int or path, got ''",
                "/{x}/{x} | each parameter once, got 'x'",
                "/{x}-{x} | each parameter once, got 'x'",
                "/{x | a '}' for each '{' within a segment, got '{x'",
                "/{x/y} | a '}' for each '{' within a segment, got '{x'",
                "/{x{y}} | a '}' for each '{' within a segment, got '{x{y}}'",
                "/x} | a '{' for each '}' within a segment, got 'x}'",
                "/{1x} | a Java identifier as parameter name, got '1x'",
                "/{x-y} | a Java identifier as parameter name, got 'x-y'",
                "/{a\0b} | a Java identifier as parameter name, got 'a\0b'",
                "/{ x } | a Java identifier as parameter name, got ' x '",
                "/{:int} | a Java identifier as parameter name, got ''",
                "/a//b | no empty segment, got '//'",
                "//a | no empty segment, got '//'",
                "/a/../b | no dot segment, got '..'",
                "/. | no dot segment, got '.'",
                "/a\\b | text that a path can contain, got 'a\\b'",
                "/a\0b | text that a path can contain, got 'a\0b'",
                "/a\ud800 | text that a path can contain, got 'a\ud800'",
                "/{x}{y} | text between two parameters, got '{x}{y}'",
                "/a{}{y}b | text between two parameters, got 'a{}{y}b'",
                "/a-{p:path} | a path parameter to be a whole segment, got 'a-{p:path}'",
                "/{p:path}/x/{q:path} | one {x:path} or {} at most, got '{q:path}'",
                "/{}/{p:path} | one {x:path} or {} at most, got '{p:path}'",
            })
    void aMistakeIsNamedAtStartup(String pattern, String mistake) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pattern.parse(pattern))
                .withMessageStartingWith("route '" + pattern + "': expected " + mistake + ". ")
                .withMessageEndingWith(".");
    }

    @ParameterizedTest
    @CsvSource({
        "/{x}, a b/, ''",
        "/{x}, a b, /a%20b",
        "/{x}, 50%;é, /50%25%3B%C3%A9",
        "/a/{x:int}, -5, /a/-5",
        "/a/{x:path}, b/c/, /a/b/c/",
        "/a/{x:path}, '', /a/",
        "/a/{x:path}/b, c/d, /a/c/d/b",
        "/v{x}.html, 1, /v1.html",
        "/, '', /",
    })
    void aPathIsMadeFromValues(String pattern, String value, String path) {
        Map<String, String> params = pattern.contains("x") ? Map.of("x", value) : Map.of();
        if (path.isEmpty()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Pattern.parse(pattern).format(params));
        } else {
            assertThat(Pattern.parse(pattern).format(params)).isEqualTo(path);
        }
    }

    @Test
    void valuesOfAnyTypeAreWrittenAsText() {
        assertThat(Pattern.parse("/{a:int}/{b}").format(Map.of("a", 7, "b", true)))
                .isEqualTo("/7/true");
    }

    @ParameterizedTest
    @CsvSource({
        "/{x}, ''",
        "/{x}, a/b",
        "/{x}, .",
        "/{x}, ..",
        "/.{x}, .",
        "/{x}, a\\b",
        "/{x}, '\n'",
        "/{x}, \u0085",
        "/{x}, \ud800",
        "/{x:int}, a",
        "/{x:int}, 1.5",
        "/{x:int}, ''",
        "/{x:path}, a//b",
        "/{x:path}, /a",
        "/{x:path}, a/../b",
        "/{x:path}/b, ''",
        "/{x:path}/b, a/",
        "/{x}-{y}, 1-",
    })
    void aValueThatWouldNotBeReadBackIsRefused(String pattern, String value) {
        Map<String, Object> params = pattern.contains("{y}") ? Map.of("x", "1", "y", "2-3") : Map.of("x", value);
        String name = pattern.contains("{y}") ? "y" : "x";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pattern.parse(pattern).format(params))
                .withMessageStartingWith("route '" + pattern + "': expected ")
                .withMessageContaining(
                        "for parameter '" + name + "', got '" + params.get(name) + "'. Pass a value that");
    }

    @Test
    void namesMustBeThoseOfThePattern() {
        Pattern pattern = Pattern.parse("/{x}/{y}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pattern.format(Map.of("x", 1)))
                .withMessage("route '/{x}/{y}': expected a value for each of [x, y], got '[x]'. Add 'y'.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pattern.format(Map.of("x", 1, "y", 2, "z", 3)))
                .withMessage("route '/{x}/{y}': expected one of [x, y], got 'z'. "
                        + "Remove it, or add {z} to the pattern.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pattern.parse("/a/{}").format(Map.of()))
                .withMessage("route '/a/{}': expected a name for each parameter to format, got '{}'. "
                        + "Name it: {x:path}, or {x} beside text.");
    }

    @Property(tries = 20_000)
    void itMatchesWhatAnEquivalentRegularExpressionMatches(
            @ForAll("patterns") Pattern pattern, @ForAll("paths") String path) {
        List<String> expected = PatternRegex.of(pattern.toString()).match(path);
        String[] actual = pattern.match(Path.parse(path, 0));
        assertThat(actual == null ? null : List.of(actual)).isEqualTo(expected);
    }

    @Property(tries = 20_000)
    void aMatchedPathIsMadeAgainFromItsValues(@ForAll("patterns") Pattern pattern, @ForAll("paths") String path) {
        String[] values = pattern.match(Path.parse(path, 0));
        if (values == null || pattern.toString().contains("{}")) {
            return;
        }
        Map<String, String> params = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            params.put(pattern.names().get(i), values[i]);
        }
        assertThat(pattern.format(params)).isEqualTo(path);
    }

    @Provide
    Arbitrary<Pattern> patterns() {
        return Routes.patterns();
    }

    @Provide
    Arbitrary<String> paths() {
        return Routes.paths();
    }

    private static String[] match(String pattern, String path) {
        return Pattern.parse(pattern).match(Path.parse(path, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "'',      0, ''",
        "/,       0, ''",
        "/a,      1, /a",
        "a/,      1, /a",
        "/a/{b},  2, /a/{b}",
        "/a/b/,   2, /a/b",
        "/{x:path}/c/, 2, /{x:path}/c",
    })
    void aPrefixHasNoLastSlash(String text, int size, String prefix) {
        Pattern pattern = Pattern.prefix(text);
        assertThat(pattern.size()).isEqualTo(size);
        assertThat(pattern).hasToString(prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "/a//", "/a/{b", "/.", "/a/../"})
    void aMalformedPrefixIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Pattern.prefix(text));
    }

    @ParameterizedTest
    @CsvSource({
        "/a,         /b,         /a/b,     /a/b",
        "/a,         /,          /a/,      /a/",
        "/a,         /{},        /a/{},    /a/b/c/",
        "/a,         /{},        /a/{},    /a/",
        "/{x},       /{y}/,      /{x}/{y}/, /1/2/",
        "/{x:path},  /b,         /{x:path}/b, /1/2/b",
        "/,          /b,         /b,       /b",
    })
    void aPatternGoesOnAfterAPrefix(String prefix, String rest, String whole, String path) {
        Pattern pattern = Pattern.prefix(prefix).append(Pattern.parse(rest));
        assertThat(pattern).hasToString(whole);
        assertThat(pattern.match(Path.parse(path, 0))).isNotNull();
        assertThat(pattern.match(Path.parse("/none", 0))).isNull();
    }

    @Test
    void aPrefixAloneIsAPattern() {
        Pattern pattern = Pattern.prefix("/a/{x}").append(Pattern.prefix(""));
        assertThat(pattern.match(Path.parse("/a/b", 0))).containsExactly("b");
        assertThat(pattern.match(Path.parse("/a/b/", 0))).isNull();
        assertThat(Pattern.prefix("").append(Pattern.prefix("/")).size()).isZero();
    }

    @Test
    void valuesOfPrefixAndPatternAreReadInOrder() {
        Pattern pattern = Pattern.prefix("/{a}/{b:int}").append(Pattern.parse("/{c}-{d}/{e:path}"));
        assertThat(pattern.names()).containsExactly("a", "b", "c", "d", "e");
        assertThat(pattern.match(Path.parse("/1/2/3-4/5/6", 0))).containsExactly("1", "2", "3", "4", "5/6");
        assertThat(pattern.takesRest()).isTrue();
        assertThat(Pattern.parse("/{a}/{b}").takesRest()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/{x},      /{x},       expected each parameter once",
        "/{x:path}, /{y:path},  expected one {x:path} or {} at most",
        "/{x:path}, /{},        expected one {x:path} or {} at most",
    })
    void aPatternThatDoesNotFitItsPrefixIsRefused(String prefix, String rest, String mistake) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pattern.prefix(prefix).append(Pattern.parse(rest)))
                .withMessageStartingWith("route '" + prefix + rest + "': " + mistake);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pattern.prefix(prefix).append(Pattern.parse(rest), "recipe"))
                .withMessageStartingWith("recipe '" + prefix + rest + "': " + mistake);
    }
}
