package io.bocadillo.bench.http;

import io.bocadillo.bench.Options;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** {@code wrk}, with a script that sends the body and prints the figures in one line. */
final class Wrk implements LoadGenerator {

    private static final String FIGURES = "figures ";

    private final Machine machine;
    private final Path script;

    Wrk(Machine machine, Path folder) {
        this.machine = machine;
        this.script = folder.resolve("wrk.lua");
        try (InputStream source = Wrk.class.getResourceAsStream("/wrk.lua")) {
            Files.copy(Objects.requireNonNull(source), script, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public Load run(int port, Endpoint endpoint, int connections, int seconds)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("wrk"));
        command.add("-t1");
        command.add("-c" + connections);
        command.add("-d" + seconds + "s");
        command.add("--timeout=" + LoadGenerator.timeoutSeconds(seconds) + "s");
        command.add("--script=" + script);
        command.add("http://127.0.0.1:" + port + endpoint.path());
        command.addAll(List.of("--", String.valueOf(Options.pipeline())));
        if (endpoint.requestBody() != null) {
            command.add(endpoint.requestBody());
        }
        return LoadGenerator.lines(machine.cores().onLoadCore(command))
                .filter(line -> line.startsWith(FIGURES))
                .map(line -> load(line.substring(FIGURES.length()).split(" ")))
                .findFirst()
                .orElseThrow(() -> new IOException("wrk: expected a line of figures, got none."));
    }

    /** With one its script finds out which address answers. */
    @Override
    public int probes() {
        return 1;
    }

    /** Microseconds, answers, p50 and p99 in microseconds, errors. */
    private static Load load(String[] figures) {
        long requests = Long.parseLong(figures[1]);
        return new Load(
                requests / (Double.parseDouble(figures[0]) / 1e6),
                Double.parseDouble(figures[2]) / 1e3,
                Double.parseDouble(figures[3]) / 1e3,
                requests,
                Long.parseLong(figures[4]));
    }

    @Override
    public String toString() {
        return "wrk";
    }
}
