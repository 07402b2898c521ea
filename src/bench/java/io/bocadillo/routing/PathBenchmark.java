package io.bocadillo.routing;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading the path of a request. */
@State(Scope.Benchmark)
public class PathBenchmark {

    private String plain = "/users/1742/posts/the-sandwich";
    private String encoded = "/users/1742/posts/caf%C3%A9%20con%20leche";

    @Benchmark
    public Path plain() {
        return Path.parse(plain, 0);
    }

    @Benchmark
    public Path percentEncoded() {
        return Path.parse(encoded, 0);
    }
}
