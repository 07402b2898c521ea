package io.bocadillo.bench.http;

import io.bocadillo.bench.Options;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The Linux that it runs on: its cores, its memory, and its limits. */
final class Machine {

    /** Files that a server has open besides its connections. */
    private static final int OTHER_FILES = 500;

    /** What a server takes besides its heap, and what everything else does, together with the buffers of sockets. */
    private static final long OTHER_MEGABYTES = 512;

    /** Of proc(5), on every Linux. */
    static final double TICKS_PER_SECOND = 100;

    /** Where it stands among the times of proc(5). */
    private static final int STEAL = 7;

    private static final Path STATISTICS = Path.of("/proc/stat");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path MEMORY = Path.of("/proc/meminfo");

    private final Cores cores;

    Machine() {
        if (!Files.exists(STATUS)) {
            throw new IllegalStateException("machine: expected Linux, got '" + System.getProperty("os.name")
                    + "'. Run the part that does without its /proc: -Dbench=jmh.");
        }
        this.cores = new Cores(field(STATUS, "Cpus_allowed_list:"));
    }

    static boolean has(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    Cores cores() {
        return cores;
    }

    /** What keeps the figures from being what they should be, each with a remedy. */
    List<String> shortcomings(int connections, int servers) {
        List<String> found = new ArrayList<>(cores.shortcomings());
        long files = number(Path.of("/proc/self/limits"), "Max open files");
        if (files < connections + OTHER_FILES) {
            found.add("open files: expected " + (connections + OTHER_FILES) + ", got '" + files + "'. Run ulimit -n "
                    + 2 * connections + " as root, and Maven in that shell.");
        }
        long backlog = number(Path.of("/proc/sys/net/core/somaxconn"), "");
        if (backlog < connections) {
            found.add("accept queue: expected " + connections + ", got '" + backlog
                    + "'. Some connections begin a second late: sysctl -w net.core.somaxconn=16384.");
        }
        long needed = servers * (Options.heapMegabytes() + OTHER_MEGABYTES) + OTHER_MEGABYTES;
        long available = number(MEMORY, "MemAvailable:") / 1024;
        if (available < needed) {
            found.add("memory: expected " + needed + " MB available, got '" + available + "'. Choose a smaller heap,"
                    + " or fewer servers: -Dbench.jvm=-Xmx1g will do up to 1,000 connections.");
        }
        return found;
    }

    /** The time that others on the same hardware have had on its cores. */
    double stolenSeconds() {
        return Long.parseLong(field(STATISTICS, "cpu ").split("\\s+")[STEAL]) / TICKS_PER_SECOND;
    }

    /** For the head of a report: processor, cores, memory, system. */
    String description() {
        String model = field(Path.of("/proc/cpuinfo"), "model name").replaceFirst("^:\\s*", "");
        return (model.isEmpty() ? System.getProperty("os.arch") : model) + ", " + cores.count() + " processors, "
                + number(MEMORY, "MemTotal:") / 1024 / 1024 + " GB, Linux " + System.getProperty("os.version");
    }

    /** The first line of a file that begins with a name, without it; empty if there is none. */
    static String field(Path file, String name) {
        return lines(file)
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElse("");
    }

    private static long number(Path file, String name) {
        String first = field(file, name).split("\\s+")[0];
        return first.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(first);
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
