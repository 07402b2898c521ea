package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.containers.Container;
import io.bocadillo.containers.Home;
import io.bocadillo.containers.Running;
import io.bocadillo.containers.Wire;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoppingParityIT {

    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void stopWaitsForBackgroundTasks(Container container) throws Exception {
        long mark = container.log().mark();
        try (Running server = start(container, StoppingApp.Patient.class)) {
            Site site = new Site(container, server);
            assertThat(site.ask("GET /task?folder=" + folder()).text()).isEqualTo("accepted");
            CompletableFuture<Void> stop = CompletableFuture.runAsync(server::close, OwnThread.EACH);
            Thread.sleep(300);
            assertThat(stop).isNotDone();
            assertThat(folder.resolve("shut-down")).doesNotExist();
            Files.createFile(folder.resolve("go"));
            stop.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(folder.resolve("done")).exists();
        assertThat(folder.resolve("shut-down")).exists();
        assertThat(container.log().since(mark)).doesNotContain("expected to be done within the grace period");
    }

    @ParameterizedTest
    @EnumSource
    void aTaskBeyondTheGracePeriodDoesNotHoldTheStop(Container container) throws Exception {
        long mark = container.log().mark();
        try (Running server = start(container, StoppingApp.Hasty.class)) {
            Site site = new Site(container, server);
            assertThat(site.ask("GET /task?folder=" + folder()).text()).isEqualTo("accepted");
            CompletableFuture.runAsync(server::close, OwnThread.EACH).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            Files.createFile(folder.resolve("go"));
        }
        assertThat(folder.resolve("shut-down")).exists();
        assertThat(container.log().since(mark, "WARN"))
                .filteredOn(line -> line.contains("io.bocadillo"))
                .anyMatch(line -> line.endsWith(
                        "expected to be done within the grace period, got 1 requests or tasks under way"));
    }

    @ParameterizedTest
    @EnumSource
    void stopEndsStreamsOfEventsInGoodForm(Container container) throws Exception {
        try (Running server = start(container, StoppingApp.Patient.class)) {
            Site site = new Site(container, server);
            try (Wire wire = site.connect()) {
                wire.send(site.head("GET /events?folder=" + folder()));
                wire.readUntil("data: one\n\n");
                CompletableFuture<Void> stop = CompletableFuture.runAsync(server::close, OwnThread.EACH);
                wire.readUntil("0\r\n\r\n");
                stop.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        }
        assertThat(folder.resolve("closed")).exists();
    }

    private static Running start(Container container, Class<? extends Supplier<App>> app) {
        return container.start(new Home("/shop", "/api/*"), app);
    }

    private String folder() {
        return URLEncoder.encode(folder.toString(), StandardCharsets.UTF_8);
    }
}
