package io.bocadillo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Container;
import io.bocadillo.containers.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that are reset in the middle leave nothing behind. */
@Tag("load")
class ResetsLoad {

    private static final int CLIENTS = 1000;
    private static final long LONGEST_MILLIS = 1000;
    private static final int PATIENCE_SECONDS = 10;

    /** What a thread pool or a selector may have more of by chance. */
    private static final int CHANCE = 8;

    private enum Transfer {
        UPLOAD(Figure.RESET_UPLOADS, "POST /uploads", "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n"),
        DOWNLOAD(Figure.RESET_DOWNLOADS, "GET /downloads", "", ""),
        FEED(Figure.RESET_FEEDS, "GET /feeds", "", "");

        private final Figure figure;
        private final String opening;

        Transfer(Figure figure, String requestLine, String header, String body) {
            this.figure = figure;
            this.opening = requestLine + " HTTP/1.1\r\nHost: test\r\n" + header + "\r\n" + body;
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(120)
    void inTheMiddleCancelProducersWithinASecondAndLeaveNothingBehind(Container container) throws Exception {
        try (ChildServer server = ChildServer.start(container, ResetApp.class, "-Xmx256m")) {
            // The pools grow to the size that such crowds need.
            for (Transfer transfer : Transfer.values()) {
                millisUntilAllAreCancelled(server, transfer);
            }
            long openFiles = server.openFiles();
            long threads = server.threads();
            for (Transfer transfer : Transfer.values()) {
                long millis = millisUntilAllAreCancelled(server, transfer);
                transfer.figure.is(container, millis + " ms");
                assertThat(millis).as(transfer.toString()).isLessThanOrEqualTo(LONGEST_MILLIS);
            }
            Await.until("open files", PATIENCE_SECONDS, server::openFiles, files -> files <= openFiles + CHANCE);
            Await.until("threads", PATIENCE_SECONDS, server::threads, count -> count <= threads + CHANCE);
            System.out.println(container + ": open files " + openFiles + " before, " + server.openFiles()
                    + " after; threads " + threads + " before, " + server.threads() + " after");
            assertThat(server.errors()).isEmpty();
        }
    }

    private static long millisUntilAllAreCancelled(ChildServer server, Transfer transfer) throws Exception {
        long begun = server.number("/begun") + CLIENTS;
        long cancelled = server.number("/cancelled") + CLIENTS;
        long disconnected = server.number("/disconnected") + CLIENTS;
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            wires.add(Wire.withSmallWindow(server.port()).send(transfer.opening));
        }
        Await.until(transfer + "s begun", PATIENCE_SECONDS, () -> server.number("/begun"), count -> count == begun);
        for (Wire wire : wires) {
            reset(wire, transfer);
        }
        long millis = Await.until(
                transfer + "s cancelled",
                PATIENCE_SECONDS,
                () -> server.number("/cancelled"),
                count -> count == cancelled);
        Await.until("open exchanges", PATIENCE_SECONDS, server::openExchanges, count -> count == 0);
        assertThat(server.number("/disconnected")).as("onDisconnect").isEqualTo(disconnected);
        return millis;
    }

    private static void reset(Wire wire, Transfer transfer) throws IOException {
        if (transfer != Transfer.UPLOAD) {
            wire.read(new byte[10]);
        }
        wire.reset();
    }
}
