package io.bocadillo.bench;

import io.bocadillo.bench.http.Comparison;
import io.bocadillo.bench.http.IdleClients;
import io.bocadillo.bench.http.Verification;
import io.bocadillo.bench.jmh.Microbenchmarks;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs the parts that were asked for, one after the other. */
public final class Bench {

    private Bench() {}

    /** Takes no arguments, but the properties of {@link Options}. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Options.output());
        for (String part : Options.parts()) {
            switch (part) {
                case "verify" -> Verification.run();
                case "http" -> Comparison.run(folder);
                case "idle" -> IdleClients.run(folder);
                case "jmh" -> Microbenchmarks.run(folder);
                default ->
                    throw new IllegalArgumentException(
                            "bench: expected verify, http, idle or jmh, got '" + part + "'. Write -Dbench=http,jmh.");
            }
        }
        System.out.println("Written to " + folder);
    }
}
