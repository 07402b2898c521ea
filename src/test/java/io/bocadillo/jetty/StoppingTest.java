package io.bocadillo.jetty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.CapturedLog;
import io.bocadillo.Task;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class StoppingTest {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final App app = new App();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endTasks() {
        goOn.countDown();
        threads.shutdownNow();
    }

    private JettyServer serverWith(Task task) {
        app.get("/", (req, res) -> res.background(task).text("accepted"));
        app.onShutdown(() -> log.add("shutdown"));
        return new JettyServer(app).host("127.0.0.1").port(0);
    }

    private void ask(JettyServer server) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                .build();
        HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
        assertThat(response.body()).isEqualTo("accepted");
        assertThat(begun.await(30, SECONDS)).isTrue();
    }

    @Test
    void aBackgroundTaskIsWaitedFor() throws Exception {
        JettyServer server = serverWith(() -> {
            begun.countDown();
            goOn.await();
            log.add("task");
        });
        ask(server.start());
        CompletableFuture<Void> stop = CompletableFuture.runAsync(server::stop, threads);
        Thread.sleep(300);
        assertThat(stop).isNotDone();
        assertThat(log).isEmpty();
        goOn.countDown();
        stop.get(60, SECONDS);
        assertThat(log).containsExactly("task", "shutdown");
    }

    @Test
    void aTaskBeyondTheGracePeriodIsLogged() throws Exception {
        JettyServer server = serverWith(() -> {
                    begun.countDown();
                    goOn.await();
                })
                .gracePeriod(Duration.ofMillis(200));
        ask(server.start());
        try (CapturedLog captured = new CapturedLog()) {
            CompletableFuture.runAsync(server::stop, threads).get(60, SECONDS);
            assertThat(captured.lines("WARN"))
                    .anyMatch(line -> line.endsWith("server: expected to be done within the grace period,"
                            + " got 1 requests or tasks under way"));
        }
        assertThat(log).containsExactly("shutdown");
    }

    @Test
    void aTaskThatHeedsNoInterruptDoesNotHoldTheStopEither() throws Exception {
        CompletableFuture<Void> never = new CompletableFuture<>();
        JettyServer server = serverWith(() -> {
                    begun.countDown();
                    never.join();
                })
                .gracePeriod(Duration.ofMillis(200));
        ask(server.start());
        CompletableFuture.runAsync(server::stop, threads).get(60, SECONDS);
        never.complete(null);
        assertThat(log).containsExactly("shutdown");
    }

    @Test
    void aStopWithNothingLeftToDoSaysNothing() throws Exception {
        JettyServer server = serverWith(begun::countDown);
        ask(server.start());
        try (CapturedLog captured = new CapturedLog()) {
            server.stop();
            assertThat(captured.text()).doesNotContain("WARN").doesNotContain("ERROR");
        }
    }
}
