package io.bocadillo.bench;

import io.bocadillo.bench.server.Contender;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What was asked for: the system properties {@code bench.*}, whose standards are in the profile of the pom. */
public final class Options {

    private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+)([gGmM])");

    private Options() {}

    /** The parts to run: {@code verify}, {@code http}, {@code idle}, {@code jmh}. */
    public static List<String> parts() {
        return list("bench").toList();
    }

    public static List<Contender> servers() {
        return list("bench.servers")
                .map(name -> named(name, Contender.values()))
                .toList();
    }

    /** Names of endpoints, or nothing for all. */
    public static List<String> endpoints() {
        return list("bench.endpoints").toList();
    }

    public static List<Integer> connections() {
        return numbers("bench.connections");
    }

    /** Further numbers of connections for plaintext alone. */
    public static List<Integer> curve() {
        return numbers("bench.curve");
    }

    public static List<Integer> middleware() {
        return numbers("bench.middleware");
    }

    public static int rounds() {
        return number("bench.rounds");
    }

    public static int seconds() {
        return number("bench.seconds");
    }

    /** How many requests a client sends before it waits for the answers. */
    public static int pipeline() {
        return number("bench.pipeline");
    }

    /** Seconds of a warm-up run. */
    public static int warmup() {
        return number("bench.warmup");
    }

    /** The most warm-up runs of each endpoint of each server, before anything is measured. */
    public static int warmupRuns() {
        return number("bench.warmup.runs");
    }

    public static int idleConnections() {
        return number("bench.idle");
    }

    /** The Java that runs the servers and the benchmarks of JMH. */
    public static String java() {
        return Path.of(text("bench.java"), "bin", "java").toString();
    }

    public static List<String> jvmArguments() {
        return Stream.of(text("bench.jvm").split(" "))
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** The most that a server's heap may take; zero if that is left to the JVM. */
    public static long heapMegabytes() {
        Matcher heap = HEAP.matcher(text("bench.jvm"));
        if (!heap.find()) {
            return 0;
        }
        long size = Long.parseLong(heap.group(1));
        return heap.group(2).equalsIgnoreCase("g") ? 1024 * size : size;
    }

    /** {@code platform} or {@code virtual}. */
    public static String threads() {
        return text("bench.threads");
    }

    /** A regular expression for the names of the benchmarks of JMH to run. */
    public static String jmhInclude() {
        return text("bench.jmh");
    }

    public static int jmhForks() {
        return number("bench.jmh.forks");
    }

    public static int jmhIterations() {
        return number("bench.jmh.iterations");
    }

    public static Path output() {
        return Path.of(text("bench.output"));
    }

    private static List<Integer> numbers(String name) {
        return list(name).map(text -> number(name, text)).toList();
    }

    /** The one of those choices that writes itself so. */
    public static <T> T named(String name, T[] choices) {
        return Arrays.stream(choices)
                .filter(choice -> choice.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("bench: expected one of " + Arrays.toString(choices)
                        + ", got '" + name + "'. Write it as it stands there."));
    }

    private static int number(String name) {
        return number(name, text(name));
    }

    private static int number(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(
                    name + ": expected a whole number, got '" + text + "'. Write -D" + name + "=64.");
        }
    }

    private static Stream<String> list(String name) {
        return Arrays.stream(text(name).split(",")).map(String::strip).filter(each -> !each.isEmpty());
    }

    private static String text(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    name + ": expected a system property, got none. Start it with mvn -Pbench.");
        }
        return value.strip();
    }
}
