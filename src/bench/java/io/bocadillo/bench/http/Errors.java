package io.bocadillo.bench.http;

import io.bocadillo.bench.server.Connections;

/**
 * What went wrong in a run.
 *
 * @param failed requests that the load generator has seen fail
 * @param starved clients that got one answer at most, as the server counts them
 * @param reopened connections opened beyond the number asked for, in place of others that broke
 */
record Errors(long failed, long starved, long reopened) {

    static final Errors NONE = new Errors(0, 0, 0);

    /** Of what the server has seen, the connections with which a generator looks for it do not count. */
    static Errors of(Load load, Connections seen, int connections, int probes) {
        long clients = seen.opened() - probes;
        long neverAccepted = Math.max(0, connections - clients);
        return new Errors(
                load.failed(),
                Math.max(0, seen.starved() - probes) + neverAccepted,
                Math.max(0, clients - connections));
    }

    Errors plus(Errors other) {
        return new Errors(failed + other.failed, starved + other.starved, reopened + other.reopened);
    }

    long total() {
        return failed + starved + reopened;
    }

    @Override
    public String toString() {
        return total() == 0
                ? "no errors"
                : failed + " failed requests, " + starved + " starved clients, " + reopened
                        + " connections opened again";
    }
}
