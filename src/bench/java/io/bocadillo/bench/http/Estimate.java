package io.bocadillo.bench.http;

import io.bocadillo.bench.Options;
import java.util.List;

/** How long a comparison is going to take. */
final class Estimate {

    private static final int USUAL_WARMUP_RUNS = 8;

    /** Of opening the connections, closing them, and waiting for the server to rest. */
    private static final double OVERHEAD = 0.7;

    private Estimate() {}

    static long minutes() {
        double seconds = 0;
        for (int middleware : Options.middleware()) {
            List<Case> cases = Case.all(middleware);
            long endpoints = cases.stream().map(Case::endpoint).distinct().count();
            seconds += endpoints * Math.min(USUAL_WARMUP_RUNS, Options.warmupRuns()) * (Options.warmup() + OVERHEAD);
            for (Case each : cases) {
                seconds += (Options.rounds() + 1) * (each.seconds() + OVERHEAD);
            }
        }
        return Math.round(Math.ceil(seconds * Options.servers().size() / 60));
    }
}
