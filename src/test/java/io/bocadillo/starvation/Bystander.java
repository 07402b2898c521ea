package io.bocadillo.starvation;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Container;
import io.bocadillo.containers.Running;
import io.bocadillo.containers.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Asks a server for {@code /ping} on fresh connections, and counts its threads meanwhile. */
public final class Bystander {

    /** A thread for each slow client of a kind would be many more; this much is chance. */
    private static final int MOST_AT_WORK = 4;

    private static final List<String> PROTOCOLS =
            List.of("org.apache.coyote.", "io.undertow.", "org.eclipse.jetty.server.", "org.eclipse.jetty.http2.");

    private static final int ROUNDS = 15;
    private static final int MILLIS_BETWEEN_PINGS = 20;
    private static final String PING = "GET /ping HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";

    private final Container container;
    private final int port;
    private final Latencies latencies = new Latencies();
    private final List<Long> atWork = new ArrayList<>();
    private long threadsBefore;
    private long threads;

    /** Brings the pools to the size that ordinary requests need. */
    public Bystander(Container container, Running server) {
        this.container = container;
        this.port = server.port();
        IntStream.range(0, 500).parallel().forEach(i -> ping());
        threadsBefore = threads().count();
    }

    /** Lets the server meet some of the bodies that are answered at once, because the first of everything are slow. */
    public Bystander knows(SlowBody... bodies) throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            List<Wire> wires = new ArrayList<>();
            for (SlowBody body : bodies) {
                if (body.delayMillis() == 0) {
                    wires.add(new Wire(port).send(body.opening()));
                }
            }
            for (Wire wire : wires) {
                wire.read();
                wire.close();
            }
        }
        threadsBefore = threads().count();
        return this;
    }

    /** Asks until so, or so long. */
    public void askUntil(BooleanSupplier over, int atMostMillis) throws InterruptedException {
        long deadline = System.nanoTime() + atMostMillis * 1_000_000L;
        while (!over.getAsBoolean() && System.nanoTime() < deadline) {
            latencies.add(ping());
            threads = Math.max(threads, threads().count());
            atWork.add(threads().filter(Bystander::isAtWork).count());
            Thread.sleep(MILLIS_BETWEEN_PINGS);
        }
    }

    /** Expects to have been served in time, by a server with next to nothing to do. */
    public void expectCalm(double mostMillis) {
        assertThat(latencies.millis(99)).as("milliseconds").isLessThanOrEqualTo(mostMillis);
        assertThat(usuallyAtWork()).as("threads").isLessThanOrEqualTo(MOST_AT_WORK);
    }

    @Override
    public String toString() {
        return container + ": " + latencies + ", threads " + threadsBefore + " before, " + threads + " during, "
                + usuallyAtWork() + " at work";
    }

    private long usuallyAtWork() {
        return atWork.stream().sorted().skip(atWork.size() / 2).findFirst().orElse(0L);
    }

    private long ping() {
        long start = System.nanoTime();
        try {
            assertThat(Wire.ask(port, PING).text()).isEqualTo("pong");
        } catch (IOException failure) {
            throw new AssertionError("no answer to a fresh request", failure);
        }
        return System.nanoTime() - start;
    }

    /** The live threads that began inside the class loader of the container. */
    private Stream<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> isInside(thread.getContextClassLoader(), container.loader()));
    }

    /** Whether a request has it, be it that it waits for the client. */
    private static boolean isAtWork(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .map(StackTraceElement::getClassName)
                .anyMatch(name -> PROTOCOLS.stream().anyMatch(name::startsWith));
    }

    private static boolean isInside(ClassLoader loader, ClassLoader outer) {
        return loader != null && (loader == outer || isInside(loader.getParent(), outer));
    }
}
