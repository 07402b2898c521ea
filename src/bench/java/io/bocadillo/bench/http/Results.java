package io.bocadillo.bench.http;

import io.bocadillo.bench.server.Contender;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** All runs, and what follows from them. */
final class Results {

    private final List<Run> runs;

    Results(List<Run> runs) {
        this.runs = List.copyOf(runs);
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

    /** Plaintext without middleware, for the fewest connections first. */
    List<Case> plaintext() {
        return runs.stream()
                .map(Run::in)
                .filter(in -> in.endpoint() == Endpoint.PLAINTEXT && in.middleware() == 0)
                .distinct()
                .sorted(Comparator.comparingInt(Case::connections))
                .toList();
    }

    Spread spread(Case in, Contender server, ToDoubleFunction<Run> figure) {
        return Spread.of(runs(in, server).mapToDouble(figure));
    }

    /** How many times as fast one server is as another one, each round by itself: what slows a round down slows both. */
    Spread ratio(Case in, Contender server, Contender to) {
        return ratio(in, server, to, Run::rate);
    }

    /** How many times as much one server has of something, round by round. */
    Spread ratio(Case in, Contender server, Contender to, ToDoubleFunction<Run> figure) {
        return Spread.of(runs(in, server)
                .mapToDouble(run -> figure.applyAsDouble(run) / figure.applyAsDouble(run(in, to, run.round()))));
    }

    /** How its rate in one case compares to that in another one, round by round. */
    Spread ratio(Case in, Case to, Contender server) {
        return Spread.of(runs(in, server)
                .mapToDouble(run -> run.rate() / run(to, server, run.round()).rate()));
    }

    Errors errors(Case in, Contender server) {
        return runs(in, server).map(Run::errors).reduce(Errors.NONE, Errors::plus);
    }

    private Run run(Case in, Contender server, int round) {
        return runs(in, server).filter(run -> run.round() == round).findFirst().orElseThrow();
    }

    private Stream<Run> runs(Case in, Contender server) {
        return runs.stream().filter(run -> run.in().equals(in) && run.server() == server);
    }
}
