package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bocadillo.App;
import io.bocadillo.EventQueue;
import io.bocadillo.Events;
import io.bocadillo.ServerEvent;
import io.bocadillo.Settings;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestStream;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ServerSentEventsPageTest {

    private static final int MORE_THAN_A_QUEUE = 1000;

    record Reading(String sensor, double celsius) {}

    /** Stands for whatever has news. */
    static final class Sensor {

        private final List<Consumer<Reading>> listeners = new CopyOnWriteArrayList<>();

        /** Calls the listener until what is returned is closed. */
        AutoCloseable onReading(Consumer<Reading> listener) {
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }

        void read(double celsius) {
            listeners.forEach(listener -> listener.accept(new Reading("oven", celsius)));
        }
    }

    @Test
    void first() {
        App app = new App();
        // #region first
        app.get(
                "/countdown",
                (req, res) -> res.events(events -> {
                    for (int i = 3; i > 0; i--) {
                        events.send("" + i);
                    }
                    events.send(ServerEvent.of("Lift-off!").name("launch").id("1"));
                    events.close();
                }));
        // #endregion first
        Shown.console("ServerSentEventsPageTest#first", app);
    }

    @Test
    void subscription() throws Exception {
        Sensor sensor = new Sensor();
        App app = new App();
        // #region subscribe
        app.get(
                "/temperatures",
                (req, res) -> res.events(events -> events.closing(sensor.onReading(
                        reading -> events.send(ServerEvent.json(reading).name("temperature"))))));
        // #endregion subscribe
        TestClient client = TestClient.of(app);
        // #region test
        try (TestStream stream = client.stream("/temperatures")) {
            sensor.read(180);
            assertThat(stream.next()).isEqualTo("""
                    event: temperature
                    data: {"sensor":"oven","celsius":180.0}

                    """);
        } // here the client goes
        // #endregion test
        for (int i = 0; i < 300 && !sensor.listeners.isEmpty(); i++) {
            Thread.sleep(100);
        }
        assertThat(sensor.listeners).isEmpty();
    }

    @Test
    void loop() throws InterruptedException {
        App app = new App();
        // #region loop
        app.get(
                "/clock",
                (req, res) -> res.events(events -> {
                    while (events.isOpen()) {
                        events.send(LocalTime.now().toString());
                        Thread.sleep(1000);
                    }
                }));
        // #endregion loop
        try (TestStream stream = TestClient.of(app).stream("/clock")) {
            assertThat(stream.next()).startsWith("data: ");
        }
    }

    @Test
    void fields() throws InterruptedException {
        App app = new App();
        app.get(
                "/",
                (req, res) -> res.events(events -> {
                    // #region fields
                    events.send("one line");
                    events.send("two\nlines");
                    events.send(ServerEvent.json(Map.of("celsius", 180)));
                    events.send(ServerEvent.of("text").name("note").id("42"));
                    events.send(ServerEvent.of("text").retry(Duration.ofSeconds(5)));
                    events.send(ServerEvent.comment("clients do not see this"));
                    // #endregion fields
                    events.close();
                }));
        Shown.console("ServerSentEventsPageTest#fields", app);
    }

    @Test
    void linesAreRefused() {
        Throwable refused = catchThrowable(() -> ServerEvent.of("x").id("1\ndata: forged"));
        Shown.text("ServerSentEventsPageTest#line", refused.getMessage());
    }

    @Test
    void comingBack() {
        List<String> history = new ArrayList<>(List.of("zero", "one", "two"));
        App app = new App();
        // #region last-event-id
        app.get("/news", (req, res) -> {
            int next = req.lastEventId().orElse(-1) + 1;
            return res.events(EventQueue.waiting(16), events -> {
                for (int i = next; i < history.size(); i++) {
                    ServerEvent event = ServerEvent.of(history.get(i)).id("" + i);
                    events.send(event).toCompletableFuture().join();
                }
                events.close();
            });
        });
        // #endregion last-event-id
        Shown.console("ServerSentEventsPageTest#last-event-id", app);
        for (int i = history.size(); i < MORE_THAN_A_QUEUE; i++) {
            history.add("later");
        }
        assertThat(TestClient.of(app).get("/news").text())
                .contains("id: 0\n")
                .contains("id: " + (MORE_THAN_A_QUEUE - 1) + "\n");
    }

    @Test
    void queues() throws InterruptedException {
        Sensor sensor = new Sensor();
        App app = new App();
        // #region queue
        app.get(
                "/latest",
                (req, res) -> res.events(
                        EventQueue.dropOldest(1),
                        events -> events.closing(sensor.onReading(reading -> events.send(ServerEvent.json(reading))))));
        // #endregion queue
        try (TestStream stream = TestClient.of(app).stream("/latest")) {
            for (int i = 0; i < 10; i++) {
                sensor.read(i);
            }
            assertThat(stream.next()).contains("9.0");
        }
    }

    @Test
    void waiting() throws InterruptedException {
        App app = new App();
        // #region waiting
        app.get("/numbers", (req, res) -> res.events(EventQueue.waiting(16), events -> sendFrom(0, events)));
        // #endregion waiting
        try (TestStream stream = TestClient.of(app).stream("/numbers")) {
            for (int i = 0; i < 100; i++) {
                assertThat(stream.next()).isEqualTo("data: " + i + "\n\n");
            }
        }
        assertThat(app.openExchanges()).isZero();
    }

    // #region wait
    static void sendFrom(int number, Events events) {
        events.send("" + number).thenRunAsync(() -> sendFrom(number + 1, events));
    }
    // #endregion wait

    @Test
    void publisher() throws InterruptedException {
        SubmissionPublisher<ServerEvent> published = new SubmissionPublisher<>();
        Flow.Publisher<ServerEvent> orders = published;
        App app = new App();
        // #region publisher
        app.get("/orders", (req, res) -> res.eventStream(orders));
        // #endregion publisher
        try (TestStream stream = TestClient.of(app).stream("/orders")) {
            for (int i = 0; i < 300 && published.getNumberOfSubscribers() == 0; i++) {
                Thread.sleep(100);
            }
            published.submit(ServerEvent.of("two tacos"));
            assertThat(stream.next()).isEqualTo("data: two tacos\n\n");
        }
    }

    @Test
    void heartbeat() throws InterruptedException {
        // #region heartbeat
        App app = new App(Settings.defaults().eventHeartbeat(Duration.ofSeconds(5)));
        // #endregion heartbeat
        assertThat(app.settings().eventHeartbeat()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void failures() {
        App app = new App();
        app.get(
                "/",
                (req, res) -> res.events(events -> {
                    throw new IllegalStateException();
                }));
        assertThat(TestClient.of(app).get("/").status()).isEqualTo(500);
    }
}
