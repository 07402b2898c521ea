package io.bocadillo.bench.http;

import io.bocadillo.bench.Options;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the servers are compared in: an endpoint behind some middleware, for some connections. */
record Case(Endpoint endpoint, int middleware, int connections) {

    private static final int QUICKLY_OPENED = 1000;

    /** Those to measure behind so many middleware, by connections. */
    static List<Case> all(int middleware) {
        List<Case> cases = new ArrayList<>();
        List<Endpoint> wanted = Options.endpoints().stream()
                .map(name -> Options.named(name, Endpoint.values()))
                .toList();
        if (middleware == 0 && (wanted.isEmpty() || wanted.contains(Endpoint.PLAINTEXT))) {
            Options.curve().forEach(connections -> cases.add(new Case(Endpoint.PLAINTEXT, middleware, connections)));
        }
        for (int connections : Options.connections()) {
            Arrays.stream(Endpoint.values())
                    .filter(endpoint -> wanted.isEmpty()
                            ? endpoint.isMeasuredWith(connections, middleware)
                            : endpoint.canBeMeasuredWith(connections, middleware) && wanted.contains(endpoint))
                    .forEach(endpoint -> cases.add(new Case(endpoint, middleware, connections)));
        }
        return cases;
    }

    /** The same for some connections, or for enough of them to give the server work. */
    Case toWarmUp() {
        return new Case(endpoint, middleware, endpoint == Endpoint.WAIT ? Endpoint.MANY : Endpoint.FEW);
    }

    /** Whether it is the waiting that limits it, and no server can be busy. */
    boolean isLimitedByWaiting() {
        return endpoint == Endpoint.WAIT && connections <= Endpoint.MANY;
    }

    /** How long a run takes: longer where opening the connections is a part of it. */
    int seconds() {
        return connections > QUICKLY_OPENED ? 2 * Options.seconds() : Options.seconds();
    }

    /** The endpoint as a row of a table has it: {@code json, 5 middleware}. */
    String label() {
        return middleware == 0 ? endpoint.toString() : endpoint + ", " + middleware + " middleware";
    }
}
