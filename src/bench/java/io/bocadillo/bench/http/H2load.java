package io.bocadillo.bench.http;

import io.bocadillo.bench.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code h2load} over HTTP/1.1, which writes a line for each answer, from which come the percentiles. */
final class H2load implements LoadGenerator {

    private static final Pattern RATE = Pattern.compile("finished in .*, ([\\d.]+) req/s");
    private static final Pattern FAILED = Pattern.compile("requests: .* (\\d+) failed, \\d+ errored, (\\d+) timeout");
    private static final Pattern STATUS = Pattern.compile("status codes: (\\d+) 2xx");

    private final Machine machine;
    private final Path log;
    private final Path body;

    H2load(Machine machine, Path folder) {
        this.machine = machine;
        this.log = folder.resolve("h2load.log");
        this.body = folder.resolve("h2load.body");
    }

    @Override
    public Load run(int port, Endpoint endpoint, int connections, int seconds)
            throws IOException, InterruptedException {
        Files.deleteIfExists(log);
        List<String> command = new ArrayList<>(List.of("h2load", "--h1"));
        command.add("-t1");
        command.add("-c" + connections);
        command.add("-m" + Options.pipeline());
        command.add("-D" + seconds);
        command.add("--warm-up-time=1");
        command.add("-N" + TIMEOUT_SECONDS);
        command.add("--log-file=" + log);
        if (endpoint.requestBody() != null) {
            Files.writeString(body, endpoint.requestBody());
            command.addAll(List.of("-d", body.toString(), "-H", "Content-Type: application/json"));
        }
        command.add("http://127.0.0.1:" + port + endpoint.path());
        String output = String.join(
                "\n", LoadGenerator.lines(machine.onLoadCore(command)).toList());
        double rate = Double.parseDouble(find(RATE, output).group(1));
        MatchResult failed = find(FAILED, output);
        long answers = Long.parseLong(find(STATUS, output).group(1));
        long[] micros = latencies();
        long others = Math.max(0, micros.length - answers);
        return new Load(
                rate,
                percentile(micros, 0.50) / 1e3,
                percentile(micros, 0.99) / 1e3,
                answers,
                Long.parseLong(failed.group(1)) + Long.parseLong(failed.group(2)) + others);
    }

    private static MatchResult find(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("h2load: expected '" + pattern + "', got\n" + output);
        }
        return matcher.toMatchResult();
    }

    /** Of each line the third column, sorted: start, status, microseconds. */
    private long[] latencies() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf('\t') + 1)))
                    .sorted()
                    .toArray();
        }
    }

    private static double percentile(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))];
    }

    @Override
    public String toString() {
        return "h2load";
    }
}
