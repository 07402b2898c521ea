package io.bocadillo.bench.http;

import io.bocadillo.bench.server.Contender;

/**
 * One server in one case in one round.
 *
 * @param cpuSeconds the time that the server had on its core
 * @param busy which share of the time that is
 * @param stolen which share of the time of the machine others on its hardware had
 */
record Run(
        Case in, Contender server, int round, Load load, Errors errors, double cpuSeconds, double busy, double stolen) {

    /** One that broke off: it counts as a failed request, and has no figures. */
    static Run brokenOff(Case in, Contender server, int round) {
        Load load = new Load(0, Double.NaN, Double.NaN, 0, 1);
        return new Run(in, server, round, load, new Errors(1, 0, 0), Double.NaN, Double.NaN, Double.NaN);
    }

    /** Whether it has figures. */
    boolean isAnswered() {
        return load.requests() > 0;
    }

    double rate() {
        return load.rate();
    }

    double cpuMicrosPerRequest() {
        return cpuSeconds * 1e6 / load.requests();
    }
}
