package io.bocadillo.bench.http;

import io.bocadillo.bench.Options;
import io.bocadillo.bench.server.Contender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Lets all servers answer the same load in turns.
 *
 * <p>They run at the same time, and only one of them is asked. A round asks each of them once, in the case at hand; so a
 * machine that gets slower, or warmer, slows all of them down.
 */
public final class Comparison {

    private final Machine machine;
    private final Measurement measurement;
    private final RunLog log;

    private Comparison(Machine machine, Measurement measurement, RunLog log) {
        this.machine = machine;
        this.measurement = measurement;
        this.log = log;
    }

    /** Measures, prints the report, and writes it and its charts into a folder. */
    public static void run(Path folder) throws IOException, InterruptedException {
        Machine machine = new Machine();
        LoadGenerator generator = LoadGenerator.installed(machine, folder);
        RunLog log = new RunLog(folder.resolve("http.csv"));
        Comparison comparison = new Comparison(machine, new Measurement(generator, machine), log);
        int most = Collections.max(Options.connections());
        List<String> shortcomings = machine.shortcomings(most, Options.servers().size());
        shortcomings.forEach(System.out::println);
        System.out.println("HTTP: about " + Estimate.minutes() + " minutes");
        for (int middleware : Options.middleware()) {
            comparison.measure(middleware, Case.all(middleware));
        }
        Report.of(log.results(), machine, generator, shortcomings).write(folder);
    }

    private void measure(int middleware, List<Case> cases) throws IOException, InterruptedException {
        List<ServerProcess> servers = new ArrayList<>();
        try {
            for (Contender contender : Options.servers()) {
                servers.add(ServerProcess.start(contender, middleware));
            }
            Verification verification = new Verification();
            for (ServerProcess server : servers) {
                verification.verify(server, middleware);
            }
            new WarmUp(measurement, machine.cores()).run(servers, cases);
            // What is compared over the numbers of connections lies next to each other in time.
            for (Endpoint endpoint : Endpoint.values()) {
                for (int round = 0; round < Options.rounds(); round++) {
                    for (Case each : cases) {
                        if (each.endpoint() == endpoint) {
                            measure(each, round, servers);
                        }
                    }
                }
            }
        } finally {
            for (ServerProcess server : servers) {
                server.close();
            }
        }
    }

    /** Each round begins with the next server and goes the other way round, so that none always follows the same one. */
    private void measure(Case in, int round, List<ServerProcess> servers) throws IOException, InterruptedException {
        int step = round % 2 == 0 ? 1 : -1;
        for (int i = 0; i < servers.size(); i++) {
            ServerProcess server = servers.get(Math.floorMod(round + step * i, servers.size()));
            log.add(run(server, in, round));
        }
    }

    private Run run(ServerProcess server, Case in, int round) throws InterruptedException {
        try {
            return measurement.run(server, in, round, in.seconds());
        } catch (IOException failure) {
            System.out.println("run broken off: " + failure.getMessage());
            return Run.brokenOff(in, server.contender(), round);
        }
    }
}
