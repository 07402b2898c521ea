package io.bocadillo.routing;

import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Finding a route among few and among many. */
@State(Scope.Benchmark)
public class RouteTableBenchmark {

    @Param({"10", "100", "1000", "10000"})
    public int routes;

    private RouteTable<Integer> table = RouteTable.<Integer>builder().build();
    private Path first = path(0);
    private Path last = first;
    private Path none = first;

    @Setup
    public void fill() {
        RouteTable.Builder<Integer> builder = RouteTable.builder();
        for (int i = 0; i < routes; i++) {
            builder.add(Pattern.parse("/resource" + i + "/{id}/posts/{slug}"), Set.of("GET"), i);
        }
        table = builder.build();
        last = path(routes - 1);
        none = Path.parse(last + "/nothing", 0);
    }

    @Benchmark
    public Match<Integer> hitFirst() {
        return table.match("GET", first);
    }

    @Benchmark
    public Match<Integer> hitLast() {
        return table.match("GET", last);
    }

    /** At the last segment: a miss at the first one would spare the way there. */
    @Benchmark
    public Match<Integer> miss() {
        return table.match("GET", none);
    }

    @Benchmark
    public Match<Integer> methodNotAllowed() {
        return table.match("POST", last);
    }

    private static Path path(int route) {
        return Path.parse("/resource" + route + "/1742/posts/the-sandwich", 0);
    }
}
