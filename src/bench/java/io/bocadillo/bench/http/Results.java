package io.bocadillo.bench.http;

import io.bocadillo.bench.server.Contender;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** All runs, and what follows from them. */
final class Results {

    private final List<Run> runs;

    Results(List<Run> runs) {
        this.runs = List.copyOf(runs);
    }

    List<Run> runs() {
        return runs;
    }

    List<Contender> servers() {
        return runs.stream().map(Run::server).distinct().sorted().toList();
    }

    List<Integer> connections() {
        return runs.stream()
                .map(run -> run.in().connections())
                .distinct()
                .sorted()
                .toList();
    }

    /** The cases with so many connections, in the order of their measuring. */
    List<Case> cases(int connections) {
        return runs.stream()
                .map(Run::in)
                .filter(in -> in.connections() == connections)
                .distinct()
                .toList();
    }

    boolean has(Case in) {
        return runs.stream().anyMatch(run -> run.in().equals(in));
    }

    Spread spread(Case in, Contender server, ToDoubleFunction<Run> figure) {
        return Spread.of(runs(in, server).mapToDouble(figure));
    }

    /** How many times as fast one server is as another one, each round by itself: what slows a round down slows both. */
    Spread ratio(Case in, Contender server, Contender to) {
        return Spread.of(runs(in, server).mapToDouble(run -> run.load().rate() / rate(in, to, run.round())));
    }

    /** How its rate in one case compares to that in another one, round by round. */
    Spread ratio(Case in, Case to, Contender server) {
        return Spread.of(runs(in, server).mapToDouble(run -> run.load().rate() / rate(to, server, run.round())));
    }

    long errors(Case in, Contender server) {
        return runs(in, server).mapToLong(run -> run.load().errors()).sum();
    }

    private double rate(Case in, Contender server, int round) {
        return runs(in, server)
                .filter(run -> run.round() == round)
                .mapToDouble(run -> run.load().rate())
                .findFirst()
                .orElseThrow();
    }

    private Stream<Run> runs(Case in, Contender server) {
        return runs.stream().filter(run -> run.in().equals(in) && run.server() == server);
    }
}
