package io.bocadillo.bench.http;

import io.bocadillo.bench.Options;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Asks each server for each endpoint until the JIT compiler, which may use all cores, has made of it what it can, and then
 * once in each case on the one core that it has from then on.
 */
record WarmUp(Measurement measurement, Cores cores) {

    /** It is over when an answer has cost no less than this share of the best for some runs. */
    private static final double BETTER = 0.97;

    private static final int STEADY_RUNS = 3;

    void run(List<ServerProcess> servers, List<Case> cases) throws IOException, InterruptedException {
        List<Case> distinct = cases.stream().map(Case::toWarmUp).distinct().toList();
        for (ServerProcess server : servers) {
            for (Case in : distinct) {
                run(server, in);
            }
        }
        for (ServerProcess server : servers) {
            server.confine(cores);
            for (Case in : cases) {
                measurement.run(server, in, 0, in.seconds());
            }
        }
    }

    private void run(ServerProcess server, Case in) throws IOException, InterruptedException {
        double best = Double.MAX_VALUE;
        int better = 0;
        int count = 0;
        while (count < Options.warmupRuns() && count - better < STEADY_RUNS) {
            double cost = measurement.run(server, in, count++, Options.warmup()).cpuMicrosPerRequest();
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
}
