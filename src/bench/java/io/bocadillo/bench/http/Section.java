package io.bocadillo.bench.http;

import io.bocadillo.bench.MarkdownTable;
import io.bocadillo.bench.Options;
import io.bocadillo.bench.server.Contender;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The part of a report that is about one number of connections. */
final class Section {

    /** Below this share of its core, a server waits for others. */
    private static final int BUSY_PERCENT = 90;

    /** From this share of its time on, a machine is not one to measure with. */
    private static final int STOLEN_PERCENT = 2;

    private final Results results;
    private final List<Case> cases;
    private final StringBuilder text = new StringBuilder();

    Section(Results results, int connections) {
        this.results = results;
        this.cases = results.cases(connections);
        text.append(String.format(Locale.ROOT, "%n## %,d connections%n", connections));
        rates(results.servers());
        costs(results.servers());
        remarks();
    }

    private void rates(List<Contender> all) {
        List<Contender> others =
                all.stream().filter(each -> each != Contender.BARE).toList();
        table(
                "Answers per second: the median of the rounds, with the least and the most",
                all,
                (in, server) -> results.spread(in, server, Run::rate).format(0));
        if (all.contains(Contender.BARE)) {
            table(
                    "Relative to the bare servlet, round by round",
                    others,
                    (in, server) -> results.ratio(in, server, Contender.BARE).format(2));
            table(
                    "99th percentile of the latency relative to the bare servlet, round by round: less is better",
                    others,
                    (in, server) -> results.ratio(
                                    in,
                                    server,
                                    Contender.BARE,
                                    run -> run.load().p99Millis())
                            .format(2));
        }
        if (all.contains(Contender.BOCADILLO)) {
            table(
                    "How many times as fast Bocadillo is, round by round",
                    others.stream().filter(each -> each != Contender.BOCADILLO).toList(),
                    (in, server) ->
                            results.ratio(in, Contender.BOCADILLO, server).format(2));
        }
    }

    private void costs(List<Contender> all) {
        table(
                "Latency in milliseconds: median / 99th percentile",
                all,
                (in, server) -> results.spread(in, server, run -> run.load().p50Millis())
                                .formatMedian(2)
                        + " / "
                        + results.spread(in, server, run -> run.load().p99Millis())
                                .formatMedian(2));
        table(
                "Microseconds on its core for each answer",
                all,
                (in, server) ->
                        results.spread(in, server, Run::cpuMicrosPerRequest).formatMedian(1));
    }

    private void table(String title, List<Contender> servers, BiFunction<Case, Contender, String> cell) {
        if (servers.isEmpty()) {
            return;
        }
        MarkdownTable table = new MarkdownTable(heads("endpoint", servers));
        for (Case in : cases) {
            table.row(row(in.label(), servers, server -> cell.apply(in, server)));
        }
        text.append('\n').append(title).append(":\n\n").append(table);
    }

    /** Errors, and servers that could have done more. */
    private void remarks() {
        text.append('\n');
        Errors all = Errors.NONE;
        for (Case in : cases) {
            StringJoiner idle = new StringJoiner(", ");
            for (Contender server : results.servers()) {
                Errors errors = results.errors(in, server);
                all = all.plus(errors);
                if (errors.total() > 0) {
                    remark(in.label(), server + " had " + errors);
                }
                long unanswered = results.unanswered(in, server);
                if (unanswered > 0) {
                    remark(
                            in.label(),
                            server + " gave no answer in " + unanswered + " of " + Options.rounds()
                                    + " rounds, which are left out");
                }
                Spread busy = results.spread(in, server, run -> 100 * run.busy());
                if (busy.median() < BUSY_PERCENT) {
                    idle.add(server + " " + busy.formatMedian(0) + " %");
                }
            }
            Spread stolen = results.stolen(in);
            if (stolen.median() >= STOLEN_PERCENT) {
                remark(in.label(), "others had " + stolen.format(0) + " % of the time of the machine");
            }
            if (idle.length() > 0 && !in.isLimitedByWaiting()) {
                remark(in.label(), "not at its limit, because the load generator or another program was: " + idle);
            }
        }
        if (all.total() == 0) {
            remark("errors", "none");
        }
    }

    private void remark(String about, String what) {
        text.append("- ").append(about).append(": ").append(what).append('\n');
    }

    static List<String> heads(String first, List<Contender> servers) {
        return row(first, servers, Contender::toString);
    }

    static List<String> row(String first, List<Contender> servers, Function<Contender, String> cell) {
        List<String> cells = new ArrayList<>(List.of(first));
        servers.forEach(server -> cells.add(cell.apply(server)));
        return cells;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
