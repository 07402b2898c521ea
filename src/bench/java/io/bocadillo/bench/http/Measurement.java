package io.bocadillo.bench.http;

import io.bocadillo.bench.server.Connections;
import java.io.IOException;

/** Lets the load generator ask a server, and sees what that costs the server, and what it saw of its clients. */
record Measurement(LoadGenerator generator, Machine machine) {

    /** Returns when the server has come to rest, so that none works off its clients in the time of the next one. */
    Run run(ServerProcess server, Case in, int round, int seconds) throws IOException, InterruptedException {
        Connections before = server.connections();
        double cpu = server.cpuSeconds();
        double stolen = machine.stolenSeconds();
        long start = System.nanoTime();
        Load load = generator.run(server.port(), in.endpoint(), in.connections(), seconds);
        double passed = (System.nanoTime() - start) / 1e9;
        double used = server.cpuSeconds() - cpu;
        double lost = (machine.stolenSeconds() - stolen) / machine.cores().count();
        server.awaitRest(before.open());
        Connections seen = server.connections().since(before);
        Errors errors = Errors.of(load, seen, in.connections(), generator.probes());
        return new Run(in, server.contender(), round, load, errors, used, used / passed, lost / passed);
    }
}
