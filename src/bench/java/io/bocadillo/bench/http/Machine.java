package io.bocadillo.bench.http;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The Linux that it runs on: its cores, who gets which of them, and its limits. */
final class Machine {

    /** Files that a server has open besides its connections. */
    private static final int OTHER_FILES = 500;

    private static final Path STATUS = Path.of("/proc/self/status");

    private final List<Integer> cores;
    private final boolean pins;

    Machine() {
        if (!Files.exists(STATUS)) {
            throw new IllegalStateException("machine: expected Linux, got '" + System.getProperty("os.name")
                    + "'. Run the part that does without its /proc: -Dbench=jmh.");
        }
        this.cores = cores(field(STATUS, "Cpus_allowed_list:"));
        this.pins = cores.size() > 1 && has("taskset");
    }

    static boolean has(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The server has the first core, the load generator the second one. */
    List<String> onServerCore(List<String> command) {
        return pinned(cores.get(0), command);
    }

    List<String> onLoadCore(List<String> command) {
        return pinned(cores.get(Math.min(1, cores.size() - 1)), command);
    }

    /** What keeps the figures from being what they should be, each with a remedy. */
    List<String> shortcomings(int connections) {
        List<String> found = new ArrayList<>();
        if (cores.size() < 2) {
            found.add("cores: expected 2, got 1. Server and load generator share it: compare ratios, not rates.");
        } else if (!pins) {
            found.add("taskset: expected on the PATH, got none. Nothing is pinned: apt-get install util-linux.");
        }
        long files = Long.parseLong(
                field(Path.of("/proc/self/limits"), "Max open files").split("\\s+")[0]);
        if (files < connections + OTHER_FILES) {
            found.add("open files: expected " + (connections + OTHER_FILES) + ", got '" + files + "'. Run ulimit -n "
                    + 2 * connections + " as root, and Maven in that shell.");
        }
        int backlog = Integer.parseInt(field(Path.of("/proc/sys/net/core/somaxconn"), ""));
        if (backlog < connections) {
            found.add("accept queue: expected " + connections + ", got '" + backlog
                    + "'. Some connections begin a second late: sysctl -w net.core.somaxconn=16384.");
        }
        return found;
    }

    /** For the head of a report: processor, cores, memory, system. */
    String description() {
        String model = field(Path.of("/proc/cpuinfo"), "model name").replaceFirst("^:\\s*", "");
        String memory = field(Path.of("/proc/meminfo"), "MemTotal:").replaceAll("\\D", "");
        return (model.isEmpty() ? System.getProperty("os.arch") : model) + ", " + cores.size() + " cores, "
                + Long.parseLong(memory) / 1024 / 1024 + " GB, Linux " + System.getProperty("os.version");
    }

    String pinning() {
        return pins
                ? "servers on core " + cores.get(0) + ", load generator on core " + cores.get(1)
                : "nothing is pinned to a core";
    }

    /** The first line of a file that begins with a name, without it; empty if there is none. */
    static String field(Path file, String name) {
        return lines(file)
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElse("");
    }

    private List<String> pinned(int core, List<String> command) {
        if (!pins) {
            return command;
        }
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", String.valueOf(core)));
        pinned.addAll(command);
        return pinned;
    }

    /** Reads a list such as {@code 0-3,8}. */
    private static List<Integer> cores(String list) {
        if (list.isEmpty()) {
            return Collections.singletonList(0);
        }
        return Arrays.stream(list.split(","))
                .map(range -> range.split("-"))
                .flatMapToInt(range ->
                        IntStream.rangeClosed(Integer.parseInt(range[0]), Integer.parseInt(range[range.length - 1])))
                .boxed()
                .toList();
    }

    /** Some files of the system can't be read byte by byte, which {@link Files#readString} does where a length is 0. */
    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
