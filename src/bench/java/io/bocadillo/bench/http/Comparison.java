package io.bocadillo.bench.http;

import io.bocadillo.bench.Options;
import io.bocadillo.bench.server.Contender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Lets all servers answer the same load in turns.
 *
 * <p>They run at the same time, and only one of them is asked. A round asks each of them once, in the case at hand; the
 * next round begins with the next server, so that a machine that gets slower, or warmer, slows all of them down.
 */
public final class Comparison {

    private static final int WARMUP_CONNECTIONS = 64;

    /** A warm-up is over when an answer has cost no less than this share of the best for some runs. */
    private static final double BETTER = 0.97;

    private static final int STEADY_RUNS = 2;

    private static final int USUAL_WARMUP_RUNS = 4;

    /** Of opening the connections, closing them, and reading the figures. */
    private static final int OVERHEAD_SECONDS = 1;

    private final Machine machine = new Machine();
    private final LoadGenerator generator;
    private final List<Run> runs = new ArrayList<>();

    private Comparison(Path folder) {
        this.generator = LoadGenerator.installed(machine, folder);
    }

    /** Measures, prints the report, and writes it and its charts into a folder. */
    public static void run(Path folder) throws IOException, InterruptedException {
        Comparison comparison = new Comparison(folder);
        int most = Collections.max(Options.connections());
        List<String> shortcomings = comparison.machine.shortcomings(most);
        shortcomings.forEach(System.out::println);
        System.out.println("HTTP: about " + comparison.estimatedMinutes() + " minutes");
        for (int middleware : Options.middleware()) {
            comparison.measure(middleware, Case.all(middleware));
        }
        Report.of(new Results(comparison.runs), comparison.machine, comparison.generator, shortcomings)
                .write(folder);
    }

    private void measure(int middleware, List<Case> cases) throws IOException, InterruptedException {
        List<ServerProcess> servers = new ArrayList<>();
        try {
            for (Contender contender : Options.servers()) {
                servers.add(ServerProcess.start(machine, contender, middleware));
            }
            Verification verification = new Verification();
            for (ServerProcess server : servers) {
                verification.verify(server, middleware);
            }
            warmUp(servers, cases);
            for (Case each : cases) {
                for (int round = 0; round < Options.rounds(); round++) {
                    measure(each, round, servers);
                    Collections.rotate(servers, -1);
                }
            }
        } finally {
            for (ServerProcess server : servers) {
                server.close();
            }
        }
    }

    private void warmUp(List<ServerProcess> servers, List<Case> cases) throws IOException, InterruptedException {
        List<Case> each = cases.stream()
                .map(in -> new Case(in.endpoint(), in.middleware(), WARMUP_CONNECTIONS))
                .distinct()
                .toList();
        for (ServerProcess server : servers) {
            for (Case in : each) {
                warmUp(server, in);
            }
        }
    }

    /** Until the JIT compiler, which shares the core, has made of an answer what it can. */
    private void warmUp(ServerProcess server, Case in) throws IOException, InterruptedException {
        double best = Double.MAX_VALUE;
        int better = 0;
        int count = 0;
        while (count < Options.warmupRuns() && count - better < STEADY_RUNS) {
            double cost = run(server, in, count++, Options.warmup()).cpuMicrosPerRequest();
            if (cost < BETTER * best) {
                better = count;
            }
            best = Math.min(best, cost);
        }
        System.out.printf(
                Locale.ROOT,
                "%-22s warm-up of %-9s %d runs, %.1f µs for each answer%n",
                in.label(),
                server.contender(),
                count,
                best);
    }

    private void measure(Case in, int round, List<ServerProcess> servers) throws IOException, InterruptedException {
        for (ServerProcess server : servers) {
            Run run = run(server, in, round, in.seconds());
            runs.add(run);
            System.out.printf(
                    Locale.ROOT,
                    "%-22s %6d connections, round %d, %-9s %9.0f/s, p99 %8.2f ms, %d errors, %3.0f %% of its core%n",
                    in.label(),
                    in.connections(),
                    round + 1,
                    server.contender(),
                    run.load().rate(),
                    run.load().p99Millis(),
                    run.load().errors(),
                    100 * run.busy());
        }
    }

    private Run run(ServerProcess server, Case in, int round, int seconds) throws IOException, InterruptedException {
        double cpu = server.cpuSeconds();
        long start = System.nanoTime();
        Load load = generator.run(server.port(), in.endpoint(), in.connections(), seconds);
        double passed = (System.nanoTime() - start) / 1e9;
        double used = server.cpuSeconds() - cpu;
        return new Run(in, server.contender(), round, load, used, used / passed);
    }

    private long estimatedMinutes() {
        long seconds = 0;
        for (int middleware : Options.middleware()) {
            List<Case> cases = Case.all(middleware);
            long endpoints = cases.stream().map(Case::endpoint).distinct().count();
            seconds += endpoints
                    * Math.min(USUAL_WARMUP_RUNS, Options.warmupRuns())
                    * (Options.warmup() + OVERHEAD_SECONDS);
            for (Case each : cases) {
                seconds += (long) Options.rounds() * (each.seconds() + OVERHEAD_SECONDS);
            }
        }
        return (seconds * Options.servers().size() + 59) / 60;
    }
}
