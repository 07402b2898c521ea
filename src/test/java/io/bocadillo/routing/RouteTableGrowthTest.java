package io.bocadillo.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.Allocation;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A lookup costs by the path and not by the routes, in memory and in time. */
class RouteTableGrowthTest {

    private static final int FEW = 10;
    private static final int MANY = 10_000;

    private static final int MOST_GROWTH = 20;
    private static final int BATCHES = 5;

    /** Tables of so many routes, and paths that fit to them. */
    private enum Shape {
        LITERALS_FIRST(
                "/resource%d/{id}/posts/{slug}",
                "/resource%d/1742/posts/the-sandwich", "/resource%d/1742/posts/the-sandwich/more"),
        /** They differ at their ends alone, after parameters that all of them share. */
        PARAMETERS_FIRST(
                "/{tenant}/users/{id}/resource%d", "/acme/users/1742/resource%d", "/acme/users/1742/resource%d/more"),
        BESIDE_A_PARAMETER("/{dish}-%05d", "/sandwich-%05d", "/sandwich-%05d/more"),
        BETWEEN_PARAMETERS("/{dish}-%05d-{table:int}", "/sandwich-%05d-7", "/sandwich-%05d-seven"),
        BEFORE_A_REST("/v%d/{file:path}", "/v%d/images/logo.png", "/v%d");

        private final String path;
        private final String none;
        private final RouteTable<Integer> few;
        private final RouteTable<Integer> many;

        Shape(String pattern, String path, String none) {
            this.path = path;
            this.none = none;
            this.few = table(pattern, FEW);
            this.many = table(pattern, MANY);
        }

        private static RouteTable<Integer> table(String pattern, int routes) {
            RouteTable.Builder<Integer> table = RouteTable.builder();
            for (int i = 0; i < routes; i++) {
                table.add(Pattern.parse(String.format(pattern, i)), Set.of("GET"), i);
            }
            return table.build();
        }

        Path path(int route) {
            return Path.parse(String.format(path, route), 0);
        }

        /** No route, as its end shows. */
        Path none(int route) {
            return Path.parse(String.format(none, route), 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFirstRouteIsFoundAmongManyAsAmongFew(Shape shape) {
        assertLevel(shape, "GET", shape.path(0), shape.path(0));
    }

    @ParameterizedTest
    @EnumSource
    void theLastRouteIsFoundAmongManyAsAmongFew(Shape shape) {
        assertLevel(shape, "GET", shape.path(FEW - 1), shape.path(MANY - 1));
    }

    @ParameterizedTest
    @EnumSource
    void noRouteIsFoundAmongManyAsAmongFew(Shape shape) {
        assertLevel(shape, "GET", shape.none(FEW - 1), shape.none(MANY - 1));
    }

    @ParameterizedTest
    @EnumSource
    void aMethodIsNotAllowedAmongManyAsAmongFew(Shape shape) {
        assertLevel(shape, "POST", shape.path(FEW - 1), shape.path(MANY - 1));
    }

    /** Whatever tries one route after the other takes a thousand times as long; a busy machine may take ten. */
    @ParameterizedTest
    @EnumSource
    void noneTakesLongerByOrdersAmongManyThanAmongFew(Shape shape) {
        assertGrowth(shape, "GET", shape.path(FEW - 1), shape.path(MANY - 1));
        assertGrowth(shape, "GET", shape.none(FEW - 1), shape.none(MANY - 1));
        assertGrowth(shape, "POST", shape.path(FEW - 1), shape.path(MANY - 1));
    }

    /** One object for each route tried would be a thousand times as much; half as much again is the JIT compiler's. */
    private static void assertLevel(Shape shape, String method, Path amongFew, Path amongMany) {
        long level = Allocation.of(() -> shape.few.match(method, amongFew));
        assertThat(Allocation.of(() -> shape.many.match(method, amongMany))).isLessThanOrEqualTo(level * 3 / 2);
    }

    /** Of the least of several batches, in turns: the JIT compiler, and who else is busy, come for both alike. */
    private static void assertGrowth(Shape shape, String method, Path amongFew, Path amongMany) {
        long leastFew = Long.MAX_VALUE;
        long leastMany = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            leastFew = Math.min(leastFew, nanos(shape.few, method, amongFew));
            leastMany = Math.min(leastMany, nanos(shape.many, method, amongMany));
        }
        assertThat(leastMany).isLessThan(MOST_GROWTH * leastFew);
    }

    private static long nanos(RouteTable<Integer> table, String method, Path path) {
        long start = System.nanoTime();
        Allocation.of(() -> table.match(method, path));
        return System.nanoTime() - start;
    }
}
