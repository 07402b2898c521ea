package io.bocadillo.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.routing.Routes.Route;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Compares the table with a plain scan over the patterns in the order of registration. */
class RouteTablePropertyTest {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "OPTIONS", "PURGE", "PUT");

    /** What a table or a scan says, in a form that has equality. */
    private record Answer(int winner, List<String> values, Set<String> allow) {}

    @Property(tries = 4_000)
    void theTableAnswersLikeALinearScan(
            @ForAll("tables") List<Route> routes, @ForAll @Size(20) List<@From("paths") String> paths) {
        RouteTable.Builder<Integer> builder = RouteTable.builder();
        for (int i = 0; i < routes.size(); i++) {
            builder.add(routes.get(i).pattern(), routes.get(i).methods(), i);
        }
        RouteTable<Integer> table = builder.build();
        for (String raw : paths) {
            Path path = Path.parse(raw, 0);
            for (String method : METHODS) {
                assertThat(answer(table.match(method, path)))
                        .as("%s %s in %s", method, raw, routes)
                        .isEqualTo(scan(routes, method, path));
            }
        }
    }

    @Property(tries = 4_000)
    void aRouteReportedAsCoveredIsNeverReached(
            @ForAll("tables") List<Route> routes, @ForAll @Size(100) List<@From("paths") String> paths) {
        RouteTable.Builder<Integer> builder = RouteTable.builder();
        Set<Integer> covered = new HashSet<>();
        for (int i = 0; i < routes.size(); i++) {
            List<Integer> covering =
                    builder.add(routes.get(i).pattern(), routes.get(i).methods(), i);
            int later = i;
            assertThat(covering).allMatch(earlier -> earlier < later);
            if (!covering.isEmpty()) {
                covered.add(i);
            }
        }
        for (String raw : paths) {
            for (String method : METHODS) {
                assertThat(covered)
                        .as("%s %s in %s", method, raw, routes)
                        .doesNotContain(scan(routes, method, Path.parse(raw, 0)).winner());
            }
        }
    }

    @Property(tries = 20_000, maxDiscardRatio = 100)
    void aPatternThatCoversAnotherMatchesAllItsPaths(
            @ForAll("patterns") Pattern earlier,
            @ForAll("patterns") Pattern later,
            @ForAll @Size(40) List<@From("values") String> values) {
        Assume.that(Coverage.covers(earlier, later));
        for (int i = 0; i < values.size(); i++) {
            int seed = i;
            Path path = later.fill(param ->
                    fitting(param.converter(), values, seed + later.params().indexOf(param)));
            assertThat(earlier.match(path))
                    .as("%s covers %s: %s", earlier, later, path)
                    .isNotNull();
        }
    }

    private static String fitting(Converter converter, List<String> values, int seed) {
        String value = values.get(seed % values.size());
        return switch (converter) {
            case TEXT -> value;
            case INT -> Converter.INT.accepts(value) ? value : "-" + seed;
            case PATH, WILDCARD -> value + "/" + values.get((seed + 1) % values.size());
        };
    }

    private static Answer answer(Match<Integer> match) {
        if (match instanceof Match.Found<Integer> found) {
            List<String> values =
                    found.pattern().names().stream().map(found::param).toList();
            return new Answer(found.value(), values, Set.of());
        }
        return match instanceof Match.MethodNotAllowed<Integer> other
                ? new Answer(-1, List.of(), other.allow())
                : new Answer(-1, List.of(), Set.of());
    }

    private static Answer scan(List<Route> routes, String method, Path path) {
        Set<String> allow = new HashSet<>();
        for (int i = 0; i < routes.size(); i++) {
            String[] values = routes.get(i).pattern().match(path);
            Set<String> methods = new HashSet<>(routes.get(i).methods());
            if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            if (values != null && methods.contains(method)) {
                return new Answer(i, Arrays.asList(values), Set.of());
            }
            if (values != null) {
                allow.addAll(methods);
                allow.add("OPTIONS");
            }
        }
        return new Answer(-1, List.of(), allow);
    }

    @Provide
    Arbitrary<List<Route>> tables() {
        return Routes.tables();
    }

    @Provide
    Arbitrary<Pattern> patterns() {
        return Routes.patterns();
    }

    @Provide
    Arbitrary<String> paths() {
        return Routes.paths();
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings().withChars("ab1-").ofMinLength(1).ofMaxLength(4);
    }
}
