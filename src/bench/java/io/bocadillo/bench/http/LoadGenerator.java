package io.bocadillo.bench.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A program that asks for one endpoint over a number of connections, each as soon as it has its last answer. */
interface LoadGenerator {

    Load run(int port, Endpoint endpoint, int connections, int seconds) throws IOException, InterruptedException;

    /** Connections that it opens and closes before those of a run, to see whether the server is there. */
    int probes();

    /** How long an answer may take: much less than a run, or the end of it would hide those that are late. */
    static int timeoutSeconds(int seconds) {
        return Math.max(1, seconds / 2);
    }

    /** The one that is installed. */
    static LoadGenerator installed(Machine machine, Path folder) {
        if (Machine.has("wrk")) {
            return new Wrk(machine, folder);
        }
        if (Machine.has("h2load")) {
            return new H2load(machine, folder);
        }
        throw new IllegalStateException("load generator: expected wrk or h2load on the PATH, got neither."
                + " Install one: apt-get install wrk, or apt-get install nghttp2-client.");
    }

    /** What a program prints; fails if it does. */
    static Stream<String> lines(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command.get(0) + ": expected exit status 0, got '" + process.exitValue() + "'.\n"
                    + String.join(" ", command) + "\n" + output);
        }
        return output.lines();
    }
}
