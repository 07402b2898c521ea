package io.bocadillo.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.Allocation;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A lookup costs by the path and not by the routes: whatever tries one route after the other allocates for each. */
class RouteTableAllocationTest {

    private static final int FEW = 10;
    private static final int MANY = 10_000;

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
        Path path = Path.parse("/nothing/1742/posts/the-sandwich", 0);
        assertLevel("GET", path, path);
    }

    @Test
    void aMethodIsNotAllowedAmongManyAsAmongFew() {
        assertLevel("POST", path(FEW - 1), path(MANY - 1));
    }

    /** One object for each route tried would be a thousand times as much; half as much again is the JIT compiler's. */
    private void assertLevel(String method, Path amongFew, Path amongMany) {
        long level = lookup(few, method, amongFew);
        assertThat(lookup(many, method, amongMany)).isLessThanOrEqualTo(level * 3 / 2);
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
}
