package io.bocadillo.bench.jmh;

import io.bocadillo.bench.MarkdownTable;
import io.bocadillo.bench.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Time and allocation of the parts by themselves. */
public final class Microbenchmarks {

    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private Microbenchmarks() {}

    /** Measures, prints a table, and writes it into a folder, with what JMH has to say beside it. */
    public static void run(Path folder) throws RunnerException, IOException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(Options.jmhInclude())
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .forks(Options.jmhForks())
                        .warmupIterations(Options.jmhIterations())
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(Options.jmhIterations())
                        .measurementTime(TimeValue.seconds(1))
                        .jvm(Options.java())
                        .addProfiler(GCProfiler.class)
                        .resultFormat(ResultFormatType.JSON)
                        .result(folder.resolve("jmh.json").toString())
                        .build())
                .run();
        MarkdownTable table = new MarkdownTable(List.of("benchmark", "ns", "±", "bytes allocated"));
        results.forEach(result -> table.row(row(result)));
        String text = "# Microbenchmarks\n\nFor each operation:\n\n" + table;
        System.out.println(text);
        Files.writeString(folder.resolve("jmh.md"), text);
    }

    private static List<String> row(RunResult result) {
        Result<?> time = result.getPrimaryResult();
        Result<?> allocation = result.getSecondaryResults().get(ALLOCATION);
        return List.of(
                label(result.getParams()),
                String.format(Locale.ROOT, "%,.1f", time.getScore()),
                Double.isNaN(time.getScoreError()) ? "" : String.format(Locale.ROOT, "%,.1f", time.getScoreError()),
                allocation == null ? "" : String.format(Locale.ROOT, "%,.0f", allocation.getScore()));
    }

    /** {@code RouteTable.hitLast, 1000 routes}. */
    private static String label(BenchmarkParams params) {
        String[] names = params.getBenchmark().split("\\.");
        String name = names[names.length - 2].replaceFirst("Benchmark$", "") + "." + names[names.length - 1];
        return params.getParamsKeys().stream()
                .map(key -> ", " + params.getParam(key) + " " + key)
                .collect(Collectors.joining("", name, ""));
    }
}
