package io.bocadillo.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTest {

    @ParameterizedTest
    @CsvSource({
        "'', /",
        "/, /",
        "/a, /a",
        "/a/, /a/",
        "/a/b/c, /a/b/c",
        "/a%20b, /a b",
        "/%25, /%",
        "/%2525, /%25",
        "/caf%C3%A9, /café",
        "/caf%c3%a9, /café",
        "/%F0%9F%8C%AE, /🌮",
        "/a%3Bb, /a;b",
        "/a;x=1/b;y, /a/b",
        "/a;x=%2F..;z/b, /a/b",
        "/a/;jsessionid=1, /a/",
        "/..., /...",
        "/.a, /.a",
        "/a|b[c], /a|b[c]",
    })
    void itIsDecodedOnce(String raw, String decoded) {
        assertThat(Path.parse(raw, 0)).hasToString(decoded);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no empty segment | // //a /a//b /a// /;x/a /a/;x/b",
                "no dot segment | /. /.. /./a /a/../b /a/.. /%2e%2e/a /.%2E /%2e /..;/a /..;x=1 /%2e;x/a",
                "no encoded '/' | /a%2Fb /a%2fb /%2F /%2F..%2F",
                "or control character | /a%5Cb /a%5cb /%00 /a%0Ab /%1F /%7F /%C2%80 /%C2%9F",
                "visible ASCII without '\\' | /a\\b /\\ /a;\\b /é /\u00a0 /\ufffd /\ud800 /\uff0e\uff0e /a;é",
                "percent-encoded UTF-8 | /% /%2 /a% /%zz /%+1 /%2G /%%35 /%u0041",
                "percent-encoded UTF-8 | /%80 /%C3 /%C3/%A9 /%E2%82 /%FF", // cut off
                "percent-encoded UTF-8 | /%C0%AF /%C1%81 /%E0%80%AF /%F0%80%80%AF", // overlong
                "percent-encoded UTF-8 | /%ED%A0%80 /%ED%BF%BF /%F4%90%80%80 /%F8%88%80%80%80", // out of range
                "a leading '/' | a * http://host/a %2Fa \\a",
            })
    void whatTwoReadersCouldReadDifferentlyIsRefused(String expected, String raws) {
        for (String raw : raws.split(" ")) {
            assertThatExceptionOfType(InvalidPathException.class)
                    .isThrownBy(() -> Path.parse(raw, 0))
                    .withMessageMatching("path: expected [^\n]+, got '[ -&(-~]+'\\. [^\n]+\\.")
                    .withMessageContaining(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\nb", "/a\r", "/\0", "/\u001f", "/a\u007f", "/\u0085", "/a;\n"})
    void aRawSpaceOrControlCharacterIsRefused(String raw) {
        assertThatExceptionOfType(InvalidPathException.class)
                .isThrownBy(() -> Path.parse(raw, 0))
                .withMessageStartingWith("path: expected visible ASCII without '\\', got '\\u00");
        assertThatExceptionOfType(InvalidPathException.class)
                .isThrownBy(() -> Path.parse("/a b", 0))
                .withMessageStartingWith("path: expected visible ASCII without '\\', got ' '.");
    }

    @ParameterizedTest
    @CsvSource({
        "/shop/api/a, 2, /a",
        "/shop/api/, 2, /",
        "/shop/api, 2, /",
        "/shop;v=1/api;x/a/, 2, /a/",
        "/caf%C3%A9/a, 1, /a",
        "/shop;x, 1, /",
        "/a, 0, /a",
    })
    void theContextPathAndTheServletPathAreSkipped(String raw, int skip, String rest) {
        assertThat(Path.parse(raw, skip)).hasToString(rest);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1",
        "/, 1",
        "/shop, 2",
        "/shop/, 2",
        "//shop/a, 1",
        "/;x/a, 1",
        "/../shop/a, 1",
        "/x/%2e%2e/shop/a, 3",
        "/shop%2Fapi/a, 1",
        "/sh%op/a, 1",
    })
    void theSkippedSegmentsObeyTheSameRules(String raw, int skip) {
        assertThatExceptionOfType(InvalidPathException.class).isThrownBy(() -> Path.parse(raw, skip));
    }

    @Test
    void thePlaceOfTheAppWithoutItsSlashHasNoSegment() {
        Path place = Path.parse("/shop/api;v=1", 2);
        assertThat(segments(place)).isEmpty();
        assertThat(place.endsWithSlash()).isFalse();
        assertThat(place.encoded()).isEqualTo("/");
        assertThat(segments(place.withSlash())).containsExactly("");
        assertThat(segments(place.below(0))).containsExactly("");
        assertThat(segments(Path.parse("/shop/api/", 2))).containsExactly("");
        assertThat(segments(Path.parse("", 0))).containsExactly("");
    }

    @Test
    void aTrailingSlashIsALastEmptySegment() {
        assertThat(segments(Path.parse("/", 0))).containsExactly("");
        assertThat(segments(Path.parse("/a", 0))).containsExactly("a");
        assertThat(segments(Path.parse("/a/", 0))).containsExactly("a", "");
        assertThat(Path.parse("/", 0).endsWithSlash()).isTrue();
        assertThat(Path.parse("/a", 0).endsWithSlash()).isFalse();
        assertThat(Path.parse("/a/", 0).endsWithSlash()).isTrue();
    }

    @Test
    void aTrailingSlashIsAddedOnce() {
        assertThat(Path.parse("/a%20b", 0).withSlash().encoded()).isEqualTo("/a%20b/");
        assertThat(Path.parse("/a/", 0).withSlash()).hasToString("/a/");
        assertThat(Path.parse("/", 0).withSlash()).hasToString("/");
    }

    @Test
    void moreSegmentsThanExpectedAreRead() {
        String raw = "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t";
        assertThat(Path.parse(raw, 0)).hasToString(raw).extracting(Path::size).isEqualTo(20);
    }

    @Test
    void onlySegmentsOfThePathCanBeAskedFor() {
        Path path = Path.parse("/a", 0);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> path.segment(1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> path.segment(-1));
    }

    @Test
    void theEncodedFormKeepsWhatRfc3986AllowsInASegment() {
        assertThat(Path.parse("/azAZ09-._~!$&'()*+,=:@", 0).encoded()).isEqualTo("/azAZ09-._~!$&'()*+,=:@");
        assertThat(Path.parse("/%61%3b%c3%a9|%25;x", 0).encoded()).isEqualTo("/a%3B%C3%A9%7C%25");
    }

    @Test
    void aRefusedPathIsKnownAsItWasSent() {
        assertThat(catchThrowableOfType(InvalidPathException.class, () -> Path.parse("/a%2Fb\n", 0)))
                .extracting(InvalidPathException::path)
                .isEqualTo("/a%2Fb\n");
    }

    @Test
    void theMessageShowsTheBeginningOfTheOffendingText() {
        InvalidPathException broken = catchThrowableOfType(
                InvalidPathException.class, () -> Path.parse("/" + "<b>'x'\"&%0D%0A".repeat(9), 0));
        assertThat(broken)
                .hasMessage("path: expected no encoded '/', '\\' or control character, got "
                        + "'" + "<b>'x'\"&%0D%0A".repeat(5)
                        + "<b>'x'\"&%0...'. Send it in the query or the body.");
        assertThat(broken.expectation())
                .isEqualTo("path: expected no encoded '/', '\\' or control character."
                        + " Send it in the query or the body.");
    }

    @Property
    void segmentsSurviveEncodingAndParsing(@ForAll("segments") List<String> segments) {
        String raw = segments.stream().map(PathTest::encode).collect(Collectors.joining("/", "/", ""));
        Path path = Path.parse(raw, 0);
        assertThat(segments(path)).isEqualTo(segments);
        assertThat(segments(Path.parse(path.encoded(), 0))).isEqualTo(segments);
        assertThat(path.encoded().replaceAll("%[0-9A-F]{2}|[/A-Za-z0-9._~!$&'()*+,=:@-]", ""))
                .isEmpty();
    }

    @Property(tries = 20_000)
    void garbageIsRefusedOrReadAsHarmlessSegments(@ForAll("garbage") String raw) {
        Path path;
        try {
            path = Path.parse(raw, 0);
        } catch (InvalidPathException refused) {
            return;
        }
        List<String> segments = segments(path);
        assertThat(segments).isNotEmpty().doesNotContain(".", "..");
        assertThat(segments.subList(0, segments.size() - 1)).doesNotContain("");
        assertThat(segments)
                .noneMatch(
                        segment -> segment.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c)));
        assertThat(segments(Path.parse(path.encoded(), 0))).isEqualTo(segments);
        assertThat(path.encoded()).doesNotStartWith("//");
    }

    @Provide
    Arbitrary<List<String>> segments() {
        return Arbitraries.strings()
                .filter(PathTest::isSegment)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> garbage() {
        Arbitrary<String> pieces = Arbitraries.of(
                "/",
                "/",
                "/",
                "a",
                "b",
                ".",
                "..",
                ";",
                "%",
                "%2",
                "%2e",
                "%2F",
                "%5c",
                "\\",
                "%25",
                "%00",
                "%C3",
                "%A9",
                "%C3%A9",
                "%ED%A0%80",
                "%C0%AF",
                "%7F",
                "%C2%85",
                "é",
                "\0",
                "\n",
                " ",
                "=",
                "%3B");
        Arbitrary<String> garbage = Arbitraries.frequencyOf(
                Tuple.of(9, pieces), Tuple.of(1, Arbitraries.strings().ofMaxLength(3)));
        return garbage.list().ofMaxSize(12).map(list -> "/" + String.join("", list));
    }

    private static boolean isSegment(String text) {
        return !text.isEmpty()
                && !text.equals(".")
                && !text.equals("..")
                && StandardCharsets.UTF_8.newEncoder().canEncode(text)
                && text.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static List<String> segments(Path path) {
        return IntStream.range(0, path.size()).mapToObj(path::segment).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b/c,      1, /a,     /b/c",
        "/a/b/c,      2, /a/b,   /c",
        "/a/b/c,      3, /a/b/c, /",
        "/a/b/,       2, /a/b,   /",
        "/a/b/,       1, /a,     /b/",
        "/%25/%C3%A9, 1, /%25,   /%C3%A9",
    })
    void itIsCutInTwo(String path, int segments, String first, String below) {
        Path whole = Path.parse(path, 0);
        assertThat(whole.first(segments).encoded()).isEqualTo(first);
        assertThat(whole.below(segments).encoded()).isEqualTo(below);
        assertThat(whole.below(0)).isSameAs(whole);
    }
}
