package io.bocadillo.bench.http;

import io.bocadillo.bench.server.Contender;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
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

    /** Of the rounds with an answer. */
    Spread spread(Case in, Contender server, ToDoubleFunction<Run> figure) {
        return Spread.of(answered(in, server).mapToDouble(figure));
    }

    /** How many times as fast one server is as another one, each round by itself: what slows a round down slows both. */
    Spread ratio(Case in, Contender server, Contender to) {
        return ratio(in, server, to, Run::rate);
    }

    /** How many times as much one server has of something, round by round, where both have answered. */
    Spread ratio(Case in, Contender server, Contender to, ToDoubleFunction<Run> figure) {
        return ratio(answered(in, server), () -> answered(in, to), figure);
    }

    /** How its rate in one case compares to that in another one, round by round. */
    Spread ratio(Case in, Case to, Contender server) {
        return ratio(answered(in, server), () -> answered(to, server), Run::rate);
    }

    private static Spread ratio(Stream<Run> runs, Supplier<Stream<Run>> to, ToDoubleFunction<Run> figure) {
        return Spread.of(runs.flatMapToDouble(run -> to.get()
                .filter(other -> other.round() == run.round())
                .mapToDouble(other -> figure.applyAsDouble(run) / figure.applyAsDouble(other))));
    }

    /** In percent of the time of the machine, what others on its hardware had, whatever server was asked. */
    Spread stolen(Case in) {
        return Spread.of(runs.stream()
                .filter(run -> run.in().equals(in) && run.isAnswered())
                .mapToDouble(run -> 100 * run.stolen()));
    }

    Errors errors(Case in, Contender server) {
        return runs(in, server).map(Run::errors).reduce(Errors.NONE, Errors::plus);
    }

    /** How many rounds have no answer, and are left out of everything but the errors. */
    long unanswered(Case in, Contender server) {
        return runs(in, server).filter(run -> !run.isAnswered()).count();
    }

    private Stream<Run> answered(Case in, Contender server) {
        return runs(in, server).filter(Run::isAnswered);
    }

    private Stream<Run> runs(Case in, Contender server) {
        return runs.stream().filter(run -> run.in().equals(in) && run.server() == server);
    }
}
