package io.bocadillo.files;

import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading which part of a file is asked for. */
@State(Scope.Benchmark)
public class ByteRangesBenchmark {

    private static final long LENGTH = 1_000_000;

    private String one = "bytes=200000-399999";
    private String five = "bytes=0-99,1000-1099,5000-5999,100000-199999,-500";

    @Benchmark
    public Optional<List<ByteRange>> one() {
        return ByteRanges.of(one, LENGTH);
    }

    @Benchmark
    public Optional<List<ByteRange>> five() {
        return ByteRanges.of(five, LENGTH);
    }
}
