package io.bocadillo.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.bocadillo.routing.Routes.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
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

    /** All routes one after the other in the order of registration, each with the values that it finds in a path, or null. */
    private record Scan(List<Route> routes, List<String[]> values) {

        static Scan of(List<Route> routes, Path path) {
            List<String[]> values = new ArrayList<>();
            routes.forEach(route -> values.add(route.pattern().match(path)));
            return new Scan(routes, values);
        }

        Answer answer(String method) {
            Set<String> allow = new HashSet<>();
            for (int i = 0; i < routes.size(); i++) {
                if (values.get(i) == null) {
                    continue;
                }
                Set<String> methods = routes.get(i).methods();
                boolean takesHead = methods.contains("GET");
                if (methods.contains(method) || takesHead && method.equals("HEAD")) {
                    return new Answer(i, Arrays.asList(values.get(i)), Set.of());
                }
                allow.addAll(methods);
                allow.addAll(takesHead ? List.of("HEAD", "OPTIONS") : List.of("OPTIONS"));
            }
            return new Answer(-1, List.of(), allow);
        }
    }

    /** Two patterns of which the first takes all paths of the second. */
    private record Covering(Pattern earlier, Pattern later) {}

    @Property(tries = 3_000)
    void theTableAnswersLikeALinearScan(
            @ForAll("tables") List<Route> routes, @ForAll @Size(20) List<@From("paths") String> paths) {
        RouteTable.Builder<Integer> builder = RouteTable.builder();
        for (int i = 0; i < routes.size(); i++) {
            builder.add(routes.get(i).pattern(), routes.get(i).methods(), i);
        }
        RouteTable<Integer> table = builder.build();
        for (String raw : paths) {
            Path path = Path.parse(raw, 0);
            Scan scan = Scan.of(routes, path);
            for (String method : METHODS) {
                assertThat(answer(table.match(method, path)))
                        .as("%s %s in %s", method, raw, routes)
                        .isEqualTo(scan.answer(method));
            }
        }
    }

    @Property(tries = 3_000)
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
            Scan scan = Scan.of(routes, Path.parse(raw, 0));
            for (String method : METHODS) {
                if (covered.contains(scan.answer(method).winner())) {
                    fail("%s %s is taken by a route that is reported as covered, in %s", method, raw, routes);
                }
            }
        }
    }

    @Property(tries = 2_300)
    void aPatternThatCoversAnotherMatchesAllItsPaths(
            @ForAll("coverings") Covering covering, @ForAll @Size(40) List<@From("values") String> values) {
        Pattern later = covering.later();
        for (int i = 0; i < values.size(); i++) {
            int seed = i;
            Path path = later.fill(param ->
                    fitting(param.converter(), values, seed + later.params().indexOf(param)));
            assertThat(covering.earlier().match(path))
                    .as("%s: %s", covering, path)
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

    @Provide
    Arbitrary<List<Route>> tables() {
        return Routes.tables();
    }

    @Provide
    Arbitrary<Covering> coverings() {
        return Combinators.combine(Routes.patterns(), Routes.patterns())
                .as(Covering::new)
                .filter(pair -> Coverage.covers(pair.earlier(), pair.later()));
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
