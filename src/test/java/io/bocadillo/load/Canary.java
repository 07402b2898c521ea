package io.bocadillo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.starvation.Latencies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Asks a server for {@code /ping} on fresh connections, and watches its threads meanwhile. */
final class Canary {

    private static final int MILLIS_BETWEEN_PINGS = 20;
    private static final int FIRST_PINGS = 500;
    private static final double LONGEST_P99_MILLIS = 100;

    /** A thread for each slow client would be a thousand more; this much is chance. */
    private static final int CHANCE = 8;

    private final ChildServer server;
    private final Latencies latencies = new Latencies();
    private long threadsBefore;
    private long threads;

    /** Brings the pools to the size that ordinary requests need, because the first of everything are slow. */
    Canary(ChildServer server) {
        this.server = server;
        IntStream.range(0, FIRST_PINGS).parallel().forEach(i -> ping());
    }

    void ask(int seconds) throws IOException, InterruptedException {
        threadsBefore = server.threads();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < deadline) {
            latencies.add(ping());
            threads = Math.max(threads, server.threads());
            Thread.sleep(MILLIS_BETWEEN_PINGS);
        }
    }

    void expectCalm() {
        assertThat(latencies.millis(99)).as("milliseconds").isLessThanOrEqualTo(LONGEST_P99_MILLIS);
        assertThat(threads).as("threads").isLessThanOrEqualTo(threadsBefore + CHANCE);
    }

    @Override
    public String toString() {
        return latencies + ", threads " + threadsBefore + " before, " + threads + " during";
    }

    private long ping() {
        long start = System.nanoTime();
        try {
            assertThat(server.ask("/ping")).isEqualTo("pong");
        } catch (IOException failure) {
            throw new UncheckedIOException("no answer to a fresh request", failure);
        }
        return System.nanoTime() - start;
    }
}
