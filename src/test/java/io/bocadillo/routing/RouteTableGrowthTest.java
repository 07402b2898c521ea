package io.bocadillo.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.Allocation;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A lookup costs by the path and not by the routes, in memory and in time. */
class RouteTableGrowthTest {

    private static final int FEW = 10;
    private static final int MANY = 10_000;

    private static final int MOST_GROWTH = 20;
    private static final int BATCHES = 5;

    private final RouteTable<Integer> few = table(FEW);
    private final RouteTable<Integer> many = table(MANY);

    @Test
    void theFirstRouteIsFoundAmongManyAsAmongFew() {
        assertLevel("GET", path(0), path(0));
    }

    @Test
    void theLastRouteIsFoundAmongManyAsAmongFew() {
        assertLevel("GET", path(FEW - 1), path(MANY - 1));
    }

    @Test
    void noRouteIsFoundAmongManyAsAmongFew() {
        assertLevel("GET", beyond(FEW - 1), beyond(MANY - 1));
    }

    @Test
    void aMethodIsNotAllowedAmongManyAsAmongFew() {
        assertLevel("POST", path(FEW - 1), path(MANY - 1));
    }

    /** Whatever tries one route after the other takes a thousand times as long; a busy machine may take ten. */
    @Test
    void noneTakesLongerByOrdersAmongManyThanAmongFew() {
        assertGrowth(path(FEW - 1), path(MANY - 1));
        assertGrowth(beyond(FEW - 1), beyond(MANY - 1));
    }

    /** One object for each route tried would be a thousand times as much; half as much again is the JIT compiler's. */
    private void assertLevel(String method, Path amongFew, Path amongMany) {
        long level = lookup(few, method, amongFew);
        assertThat(lookup(many, method, amongMany)).isLessThanOrEqualTo(level * 3 / 2);
    }

    /** Of the least of several batches, in turns: the JIT compiler, and who else is busy, come for both alike. */
    private void assertGrowth(Path amongFew, Path amongMany) {
        long leastFew = Long.MAX_VALUE;
        long leastMany = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            leastFew = Math.min(leastFew, nanos(few, amongFew));
            leastMany = Math.min(leastMany, nanos(many, amongMany));
        }
        assertThat(leastMany).isLessThan(MOST_GROWTH * leastFew);
    }

    private static long nanos(RouteTable<Integer> table, Path path) {
        long start = System.nanoTime();
        Allocation.of(() -> table.match("GET", path));
        return System.nanoTime() - start;
    }

    private static long lookup(RouteTable<Integer> table, String method, Path path) {
        return Allocation.of(() -> table.match(method, path));
    }

    private static RouteTable<Integer> table(int routes) {
        RouteTable.Builder<Integer> table = RouteTable.builder();
        for (int i = 0; i < routes; i++) {
            table.add(Pattern.parse("/resource" + i + "/{id}/posts/{slug}"), Set.of("GET"), i);
        }
        return table.build();
    }

    private static Path path(int route) {
        return Path.parse("/resource" + route + "/1742/posts/the-sandwich", 0);
    }

    /** No route, as its last segment shows. */
    private static Path beyond(int route) {
        return Path.parse("/resource" + route + "/1742/posts/the-sandwich/more", 0);
    }
}
