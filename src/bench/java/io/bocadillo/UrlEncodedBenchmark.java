package io.bocadillo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading queries and forms. */
@State(Scope.Benchmark)
public class UrlEncodedBenchmark {

    private static final int MOST_FIELDS = 1000;

    private String query = "page=3&size=50&sort=-created&tag=home&tag=food";
    private byte[] form =
            "title=Groceries&text=Bread%2C+tomatoes+and+caf%C3%A9&tags=home&tags=food&price=12%2C50+%E2%82%AC"
                    .getBytes(StandardCharsets.US_ASCII);

    @Benchmark
    public Map<String, List<String>> query() {
        return UrlEncoded.parse(query);
    }

    @Benchmark
    public Map<String, List<String>> form() {
        return UrlEncoded.form(form, StandardCharsets.UTF_8, MOST_FIELDS);
    }
}
