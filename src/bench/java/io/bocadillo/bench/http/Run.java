package io.bocadillo.bench.http;

import io.bocadillo.bench.server.Contender;

/**
 * One server in one case in one round.
 *
 * @param cpuSeconds the time that the server had on its core
 * @param busy which share of the time that is
 */
record Run(Case in, Contender server, int round, Load load, double cpuSeconds, double busy) {

    double cpuMicrosPerRequest() {
        return cpuSeconds * 1e6 / Math.max(1, load.requests());
    }
}
