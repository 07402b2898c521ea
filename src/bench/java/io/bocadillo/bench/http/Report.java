package io.bocadillo.bench.http;

import io.bocadillo.bench.MarkdownTable;
import io.bocadillo.bench.Options;
import io.bocadillo.bench.server.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures as tables in Markdown, with the charts and the raw figures beside them. */
final class Report {

    private final Results results;
    private final StringBuilder text = new StringBuilder();

    private Report(Results results) {
        this.results = results;
    }

    static Report of(Results results, Machine machine, LoadGenerator generator, List<String> shortcomings)
            throws IOException, InterruptedException {
        Report report = new Report(results);
        report.head(machine, generator, shortcomings);
        for (int connections : results.connections()) {
            report.text.append(new Section(results, connections));
        }
        report.steadyRate();
        return report;
    }

    void write(Path folder) throws IOException {
        System.out.println(text);
        Files.writeString(folder.resolve("http.md"), text);
        Files.write(folder.resolve("http.csv"), csv());
        for (int connections : results.connections()) {
            if (results.cases(connections).size() > 1 && results.servers().contains(Contender.BARE)) {
                Files.writeString(
                        folder.resolve("ratios-" + connections + ".svg"), RatioChart.of(results, connections));
            }
        }
        if (results.connections().size() > 1) {
            Files.writeString(folder.resolve("rates.svg"), RateChart.of(results));
        }
    }

    private void head(Machine machine, LoadGenerator generator, List<String> shortcomings)
            throws IOException, InterruptedException {
        List<String> version =
                LoadGenerator.lines(List.of(Options.java(), "-version")).toList();
        text.append("# Side by side over HTTP\n\n");
        item("machine", machine.description());
        item("Java", version.get(1) + "; " + String.join(" ", Options.jvmArguments()));
        item("threads", Options.threads());
        item("load", generator + ", " + machine.pinning() + ", requests sent at once: " + Options.pipeline());
        item(
                "rounds",
                Options.rounds() + " of " + Options.seconds() + " s, after at most " + Options.warmupRuns()
                        + " runs of " + Options.warmup() + " s to warm up each endpoint");
        shortcomings.forEach(each -> item("attention", each));
    }

    private void item(String name, String value) {
        text.append("- ").append(name).append(": ").append(value).append('\n');
    }

    /** Plaintext for the most clients compared to the fewest. */
    private void steadyRate() {
        List<Case> cases = results.connections().stream()
                .map(connections -> new Case(Endpoint.PLAINTEXT, 0, connections))
                .filter(results::has)
                .toList();
        if (cases.size() < 2) {
            return;
        }
        Case fewest = cases.get(0);
        Case most = cases.get(cases.size() - 1);
        MarkdownTable table = new MarkdownTable(Section.heads("connections", results.servers()));
        for (Case in : cases) {
            table.row(Section.row(
                    String.format(Locale.ROOT, "%,d", in.connections()),
                    results.servers(),
                    server ->
                            results.spread(in, server, run -> run.load().rate()).formatMedian(0)));
        }
        table.row(Section.row(
                "most / fewest",
                results.servers(),
                server -> results.ratio(most, fewest, server).format(2)));
        text.append("\n## The same rate for more clients\n\nPlaintext, answers per second:\n\n")
                .append(table);
    }

    private List<String> csv() {
        List<String> lines = new ArrayList<>();
        lines.add("endpoint,middleware,connections,round,server,rate,p50_ms,p99_ms,requests,errors,cpu_us,busy");
        for (Run run : results.runs()) {
            Case in = run.in();
            Load load = run.load();
            lines.add(String.format(
                    Locale.ROOT,
                    "%s,%d,%d,%d,%s,%.1f,%.3f,%.3f,%d,%d,%.2f,%.3f",
                    in.endpoint(),
                    in.middleware(),
                    in.connections(),
                    run.round() + 1,
                    run.server(),
                    load.rate(),
                    load.p50Millis(),
                    load.p99Millis(),
                    load.requests(),
                    load.errors(),
                    run.cpuMicrosPerRequest(),
                    run.busy()));
        }
        return lines;
    }
}
