package io.bocadillo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of clients listen to one core. */
@Tag("load")
class BroadcastLoad {

    private static final int CLIENTS = 5000;
    private static final int ROUNDS = 3;
    private static final int PATIENCE_SECONDS = 30;
    private static final long LONGEST_MILLIS = 2000;
    private static final long MOST_BYTES_EACH = 25 * 1024;

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void reachesFiveThousandClientsOfOneCoreInTwoSeconds() throws Exception {
        Path temporaryFiles = Files.createDirectory(folder.resolve("tmp"));
        Path server = Files.createDirectory(folder.resolve("server"));
        try (ChildServer child = ChildServer.start(
                Container.JETTY, BroadcastApp.class, server, temporaryFiles, onOneCore(), "-Xmx512m")) {
            child.ask("/broadcast");
            long heapBefore = child.number("/live-heap");
            try (Listeners listeners = new Listeners(child.port(), CLIENTS)) {
                Await.until("feeds", PATIENCE_SECONDS, () -> child.number("/feeds"), count -> count == CLIENTS);
                long slowest = 0;
                for (int i = 0; i < ROUNDS; i++) {
                    slowest = Math.max(slowest, millisUntilAllHaveTheNews(child, listeners));
                }
                long bytesEach = (child.number("/live-heap") - heapBefore) / CLIENTS;
                Figure.BROADCAST.is(
                        Container.JETTY, slowest + " ms, " + bytesEach / 1024 + " KB of live heap for each");
                assertThat(slowest).isLessThanOrEqualTo(LONGEST_MILLIS);
                assertThat(bytesEach).isLessThanOrEqualTo(MOST_BYTES_EACH);
            }
            assertThat(child.errors()).isEmpty();
        }
    }

    private static long millisUntilAllHaveTheNews(ChildServer child, Listeners listeners) throws Exception {
        long start = System.nanoTime();
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
            try {
                child.ask("/broadcast");
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        });
        assertThat(listeners.awaitAll("data: news", PATIENCE_SECONDS)).isEqualTo(CLIENTS);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        sent.join();
        return millis;
    }

    private static List<String> onOneCore() {
        Path taskset = Path.of("/usr/bin/taskset");
        return Files.exists(taskset) ? List.of(taskset.toString(), "-c", "0") : List.of();
    }
}
