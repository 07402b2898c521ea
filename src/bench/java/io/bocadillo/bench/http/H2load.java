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
    private static final Pattern FAILED = Pattern.compile("requests: .* (\\d+) failed");
    private static final Pattern STATUS = Pattern.compile("status codes: (\\d+) 2xx, (\\d+) 3xx");

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
        command.add("-N" + LoadGenerator.timeoutSeconds(seconds));
        command.add("--log-file=" + log);
        if (endpoint.requestBody() != null) {
            Files.writeString(body, endpoint.requestBody());
            command.addAll(List.of("-d", body.toString(), "-H", "Content-Type: application/json"));
        }
        command.add("http://127.0.0.1:" + port + endpoint.path());
        String output = String.join(
                "\n", LoadGenerator.lines(machine.cores().onLoadCore(command)).toList());
        double rate = Double.parseDouble(find(RATE, output).group(1));
        MatchResult status = find(STATUS, output);
        // Those that failed include errors, timeouts and every status but 2xx and 3xx.
        long failed = number(find(FAILED, output), 1) + number(status, 2);
        long[] micros = latencies();
        return new Load(
                rate, percentile(micros, 0.50) / 1e3, percentile(micros, 0.99) / 1e3, number(status, 1), failed);
    }

    @Override
    public int probes() {
        return 0;
    }

    private static long number(MatchResult found, int group) {
        return Long.parseLong(found.group(group));
    }

    private static MatchResult find(Pattern pattern, String output) throws IOException {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IOException("h2load: expected '" + pattern + "', got\n" + output);
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
