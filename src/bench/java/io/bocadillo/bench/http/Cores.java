package io.bocadillo.bench.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The processors that may be used, and the two of them that the server and the load generator have for themselves. */
final class Cores {

    private static final String SIBLINGS = "/sys/devices/system/cpu/cpu%d/topology/thread_siblings_list";

    private static final int MOST_ATTEMPTS = 3;

    private final List<Integer> allowed;
    private final int ofServer;
    private final int ofLoad;
    private final boolean areApart;
    private final boolean pins;

    /** Takes the numbers of the processors: {@code 0-3,8}. */
    Cores(String list) {
        this.allowed = numbers(list.isEmpty() ? "0" : list);
        this.ofServer = allowed.get(0);
        List<Integer> siblings = siblings(ofServer);
        List<Integer> others =
                allowed.stream().filter(each -> !siblings.contains(each)).toList();
        this.areApart = !others.isEmpty();
        this.ofLoad = areApart ? others.get(0) : allowed.get(allowed.size() - 1);
        this.pins = allowed.size() > 1 && Machine.has("taskset");
    }

    /** Leaves a process, with all its threads, the core of the server alone. */
    void toServerCore(Process process) throws IOException, InterruptedException {
        if (!pins) {
            return;
        }
        String[] command = {"taskset", "-acp", String.valueOf(ofServer), String.valueOf(process.pid())};
        int status = -1;
        // It fails when a thread has ended that it was about to move.
        for (int i = 0; i < MOST_ATTEMPTS && status != 0; i++) {
            status = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .waitFor();
        }
        if (status != 0) {
            throw new IOException(
                    "taskset: expected to put a server on core " + ofServer + ", got status '" + status + "'.");
        }
    }

    List<String> onLoadCore(List<String> command) {
        if (!pins) {
            return command;
        }
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", String.valueOf(ofLoad)));
        pinned.addAll(command);
        return pinned;
    }

    int count() {
        return allowed.size();
    }

    List<String> shortcomings() {
        if (allowed.size() < 2) {
            return List.of("cores: expected 2, got 1. Server and load generator share it: compare ratios, not rates.");
        }
        List<String> found = new ArrayList<>();
        if (!areApart) {
            found.add("cores: expected 2, got '" + allowed.size() + "' threads of one. What the load generator does"
                    + " slows the server down: compare ratios, not rates.");
        }
        if (!pins) {
            found.add("taskset: expected on the PATH, got none. Nothing is pinned: apt-get install util-linux.");
        }
        return found;
    }

    /** Two threads of one core are two processors to the system. */
    private static List<Integer> siblings(int processor) {
        Path file = Path.of(String.format(SIBLINGS, processor));
        return Files.isReadable(file) ? numbers(Machine.field(file, "")) : List.of(processor);
    }

    private static List<Integer> numbers(String list) {
        return Arrays.stream(list.split(","))
                .map(range -> range.split("-"))
                .flatMapToInt(range ->
                        IntStream.rangeClosed(Integer.parseInt(range[0]), Integer.parseInt(range[range.length - 1])))
                .boxed()
                .toList();
    }

    @Override
    public String toString() {
        return pins
                ? "servers on core " + ofServer + ", load generator on core " + ofLoad
                : "nothing is pinned to a core";
    }
}
