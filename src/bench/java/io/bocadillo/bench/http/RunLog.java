package io.bocadillo.bench.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints each run and adds it to a file as it is made, so that what comes later can't lose it. */
final class RunLog {

    private static final String HEAD = "endpoint,middleware,connections,round,server,rate,p50_ms,p99_ms,requests,"
            + "failed,starved,reopened,cpu_us,busy,stolen\n";

    private final Path file;
    private final List<Run> runs = new ArrayList<>();

    RunLog(Path file) throws IOException {
        this.file = Files.writeString(file, HEAD);
    }

    void add(Run run) throws IOException {
        runs.add(run);
        Files.writeString(file, csv(run), StandardOpenOption.APPEND);
        System.out.printf(
                Locale.ROOT,
                "%-22s %6d connections, round %d, %-9s %9.0f/s, p99 %8.2f ms, %3.0f %% of its core, %s%n",
                run.in().label(),
                run.in().connections(),
                run.round() + 1,
                run.server(),
                run.rate(),
                run.load().p99Millis(),
                100 * run.busy(),
                run.errors());
    }

    Results results() {
        return new Results(runs);
    }

    private static String csv(Run run) {
        return String.format(
                Locale.ROOT,
                "%s,%d,%d,%d,%s,%.1f,%.3f,%.3f,%d,%d,%d,%d,%.2f,%.3f,%.3f\n",
                run.in().endpoint(),
                run.in().middleware(),
                run.in().connections(),
                run.round() + 1,
                run.server(),
                run.rate(),
                run.load().p50Millis(),
                run.load().p99Millis(),
                run.load().requests(),
                run.errors().failed(),
                run.errors().starved(),
                run.errors().reopened(),
                run.cpuMicrosPerRequest(),
                run.busy(),
                run.stolen());
    }
}
