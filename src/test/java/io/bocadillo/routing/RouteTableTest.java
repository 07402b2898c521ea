package io.bocadillo.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {

    private final RouteTable.Builder<String> routes = RouteTable.builder();

    @Test
    void theFirstRegisteredRouteWins() {
        add("/{x}/b");
        add("/a/{y}");
        add("/a/c");
        assertThat(found("GET", "/a/b")).isEqualTo("/{x}/b");
        assertThat(found("GET", "/a/c")).isEqualTo("/a/{y}");
    }

    @Test
    void anotherMethodDoesNotEndTheSearch() {
        routes.add(Pattern.parse("/{x}"), Set.of("GET"), "read");
        routes.add(Pattern.parse("/a"), Set.of("POST"), "write");
        assertThat(found("POST", "/a")).isEqualTo("write");
        assertThat(found("GET", "/a")).isEqualTo("read");
    }

    @Test
    void theFoundRouteComesWithItsValues() {
        add("/{a}/x/{p:path}");
        Match.Found<String> found = (Match.Found<String>) routes.build().match("GET", Path.parse("/%C3%A9/x/y/z/", 0));
        assertThat(found.pattern()).hasToString("/{a}/x/{p:path}");
        assertThat(found.param("a")).isEqualTo("é");
        assertThat(found.param("p")).isEqualTo("y/z/");
        assertThat(found.param("other")).isNull();
    }

    @Test
    void getAnswersHead() {
        routes.add(Pattern.parse("/a"), Set.of("GET"), "get");
        routes.add(Pattern.parse("/b"), Set.of("HEAD"), "head");
        routes.add(Pattern.parse("/b"), Set.of("GET"), "get");
        RouteTable<String> table = routes.build();
        assertThat(table.match("HEAD", Path.parse("/a", 0)))
                .isInstanceOfSatisfying(
                        Match.Found.class, found -> assertThat(found.value()).isEqualTo("get"));
        assertThat(table.match("HEAD", Path.parse("/b", 0)))
                .isInstanceOfSatisfying(
                        Match.Found.class, found -> assertThat(found.value()).isEqualTo("head"));
    }

    @Test
    void theMethodsOfEveryRouteOnThePathAreAllowedInAStableOrder() {
        routes.add(Pattern.parse("/{x}"), Set.of("PURGE", "DELETE"), "1");
        routes.add(Pattern.parse("/a"), Set.of("POST", "GET"), "2");
        routes.add(Pattern.parse("{}"), Set.of("COPY"), "3");
        routes.add(Pattern.parse("/b"), Set.of("PUT"), "4");
        RouteTable<String> table = routes.build();
        assertThat(((Match.MethodNotAllowed<String>) table.match("PATCH", Path.parse("/a", 0))).allow())
                .containsExactly("GET", "HEAD", "POST", "DELETE", "OPTIONS", "COPY", "PURGE");
        assertThat(((Match.MethodNotAllowed<String>) table.match("OPTIONS", Path.parse("/x/y", 0))).allow())
                .containsExactly("OPTIONS", "COPY");
    }

    @Test
    void methodsAreCaseSensitive() {
        add("/a");
        assertThat(routes.build().match("get", Path.parse("/a", 0))).isInstanceOf(Match.MethodNotAllowed.class);
    }

    @Test
    void aPathWithoutARouteIsNotFound() {
        assertThat(RouteTable.builder().build().match("GET", Path.parse("/", 0)))
                .isEqualTo(new Match.NotFound<>());
        add("/a");
        assertThat(routes.build().match("GET", Path.parse("/a/", 0))).isEqualTo(new Match.NotFound<>());
    }

    @Test
    void aRouteNeedsAMethod() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> routes.add(Pattern.parse("/a"), Set.of(), "a"))
                .withMessage("route '/a': expected a method, got ''. Name one, such as GET.");
    }

    @Test
    void nothingIsAddedToATableThatIsBuilt() {
        routes.build();
        assertThatIllegalStateException()
                .isThrownBy(() -> add("/a"))
                .withMessage(
                        "route table: expected no route after build(), got '/a'. Add routes before the app starts.");
    }

    @ParameterizedTest
    @CsvSource({
        "/a, /a",
        "/{x}, /about",
        "/a/{x}, /a/{y}",
        "/{x}, /{n:int}",
        "/{n:int}, /{m:int}",
        "/{n:int}, /7",
        "/{n:int}, /-7",
        "/{x}/b/{y}, /a/b/{n:int}",
        "/{x}, /a{y}",
        "/{x}-b, /a-b",
        "/{x}-b, /{y}-{z}-b",
        "/{x}-b, /{}-b",
        "/{x}-{y}, /{n:int}-{m:int}",
        "/{x}-{y}, /a-{n:int}",
        "/a{x}, /a{n:int}",
        "/{}-b, /{x}-b",
        "/{p:path}, /",
        "/{p:path}, /a/b",
        "/{p:path}, /a/{q:path}",
        "/{p:path}, /{}/a",
        "/{p:path}, /{}",
        "/a/{p:path}, /a/",
        "/a/{p:path}, /a/{}",
        "/a/{}, /a/{x}/{p:path}",
        "/{}/z, /a/{p:path}/y/z",
        "/{p:path}/{x}, /a/b",
        "{}, /",
        "{}, /a/b/",
        "{}, /{p:path}",
        "/0123456789{x}, /0123456789{n:int}",
        "/0123456789/{n:int}, /0123456789/{n:int}",
        "/0123456789-{n:int}/{p:path}, /0123456789-{m:int}/{q:path}",
        "/{a:int}/{b:int}/{c:int}/{d:int}/{e:int}/{f:int}/{g:int}, /{g:int}/{f:int}/{e:int}/{d:int}/{c:int}/{b:int}/{a:int}",
    })
    void aRouteThatCanNeverRunIsReported(String earlier, String later) {
        add(earlier);
        assertThat(add(later)).containsExactly(earlier);
    }

    @ParameterizedTest
    @CsvSource({
        "/a, /b",
        "/a, /a/",
        "/about, /{x}",
        "/a/{n:int}, /a/{x}",
        "/{x}b, /{x}",
        "/a{x}, /{n:int}",
        "/{n:int}, /{x}-{y}",
        "/{n:int}, /1{m:int}",
        "/1{n:int}, /{m:int}",
        "/-{n:int}, /{m:int}",
        "/{x}1, /a{n:int}",
        "/a{n:int}, /a{x}",
        "/{x}-{y}, /{n:int}",
        "/{x}, /{p:path}",
        "/{x}, /a/b",
        "/a/{}, /a/{p:path}",
        "/a/{}, /a/",
        "/{}/z, /a/{p:path}",
        "/{p:path}/{x}, /a/{q:path}",
        "/{p:path}/a, /{q:path}",
        "/{p:path}/{x}, /a/{}",
        "/0123456789{n:int}, /0123456789{x}",
        "/0123456789-{n:int}, /{m:int}",
        "/{a:path}/b/c, /{x}/c",
    })
    void aRouteThatCanRunIsNotReported(String earlier, String later) {
        add(earlier);
        assertThat(add(later)).isEmpty();
    }

    @Test
    void aRouteIsCoveredMethodByMethod() {
        routes.add(Pattern.parse("/{x}"), Set.of("GET"), "read");
        assertThat(routes.add(Pattern.parse("/a"), Set.of("GET", "POST"), "both"))
                .isEmpty();
        assertThat(routes.add(Pattern.parse("/a"), Set.of("HEAD"), "head")).containsExactly("read");
        routes.add(Pattern.parse("{}"), Set.of("POST"), "write");
        assertThat(routes.add(Pattern.parse("/b"), Set.of("GET", "POST"), "late"))
                .containsExactlyInAnyOrder("read", "write");
    }

    @Test
    void tenThousandRoutesAreAddedAndFoundInNoTime() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            add("/{x}/{y}/{z}/{n:int}");
            for (int i = 0; i < 2_500; i++) {
                assertThat(add("/items" + i + "/{pk:int}")).isEmpty();
                assertThat(add("/{x}-" + i + "/edit")).isEmpty();
                assertThat(add("/{x}/things" + i + "/{y}")).isEmpty();
                assertThat(add("/files/v" + i + "/{p:path}")).isEmpty();
            }
            RouteTable<String> table = routes.build();
            for (int i = 0; i < 100_000; i++) {
                table.match("GET", Path.parse("/a-" + i % 2_500 + "/edit", 0));
                table.match("GET", Path.parse("/nothing/here", 0));
            }
        });
    }

    @Test
    void aLongPathCostsNoSearch() {
        List<String> pieces = List.of("a", "{x}", "a{x}", "{x}a");
        IntStream.range(0, 1 << 12).forEach(bits -> {
            StringBuilder pattern = new StringBuilder();
            for (int i = 0; i < 6; i++) {
                String piece = i == 3 ? "{p:path}" : pieces.get(bits >> 2 * i & 3);
                pattern.append('/').append(piece.replace("x", "x" + i));
            }
            routes.add(Pattern.parse(pattern + "/end"), Set.of("GET"), pattern.toString());
        });
        RouteTable<String> table = routes.build();
        Path path = Path.parse("/aa".repeat(4_000), 0);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> IntStream.range(0, 1_000).forEach(i -> table.match("GET", path)));
    }

    @Test
    void aLongSegmentCostsNoSearch() {
        Pattern pattern = Pattern.parse("/{a}-{b}-{c:int}-{d}-{e:int}-{f}-{g}1{h:int}x");
        Path path = Path.parse("/" + "-1".repeat(4_000), 0);
        Path digits = Path.parse("/1-1-1-1-1-1-" + "1".repeat(8_000) + "x", 0);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 200; i++) {
                pattern.match(path);
                pattern.match(digits);
            }
        });
        assertThat(pattern.match(digits)).isNotNull();
    }

    @Test
    void aLongSegmentCostsNoSearchThroughManyRoutes() {
        for (int i = 0; i < 10_000; i++) {
            routes.add(Pattern.parse("/{a}-x" + i + "-{b:int}"), Set.of("GET"), "" + i);
        }
        RouteTable<String> table = routes.build();
        Path path = Path.parse("/" + "-x1x-x".repeat(1_300), 0);
        Path found = Path.parse("/" + "-x12-x13-x".repeat(800) + "-x14-7", 0);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 20; i++) {
                assertThat(table.match("GET", path)).isInstanceOf(Match.NotFound.class);
                assertThat(table.match("GET", found))
                        .isInstanceOfSatisfying(
                                Match.Found.class,
                                match -> assertThat(match.value()).isEqualTo("14"));
            }
        });
    }

    private List<String> add(String pattern) {
        return routes.add(Pattern.parse(pattern), Set.of("GET"), pattern);
    }

    private String found(String method, String path) {
        return ((Match.Found<String>) routes.build().match(method, Path.parse(path, 0))).value();
    }
}
