package io.bocadillo.bench.http;

import io.bocadillo.bench.MarkdownTable;
import io.bocadillo.bench.Options;
import io.bocadillo.bench.server.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        for (int connections : results.connections()) {
            if (results.cases(connections).size() > 1 && results.servers().contains(Contender.BARE)) {
                Files.writeString(
                        folder.resolve("ratios-" + connections + ".svg"), RatioChart.of(results, connections));
            }
        }
        if (results.plaintext().size() > 1) {
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
        item("load", generator + ", " + machine.cores() + ", requests sent at once: " + Options.pipeline());
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
        List<Case> cases = results.plaintext();
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
                    server -> results.spread(in, server, Run::rate).formatMedian(0)));
        }
        table.row(Section.row(
                String.format(Locale.ROOT, "%,d relative to %,d", most.connections(), fewest.connections()),
                results.servers(),
                server -> results.ratio(most, fewest, server).format(2)));
        text.append("\n## The same rate for more clients\n\nPlaintext, answers per second:\n\n")
                .append(table);
    }
}
