package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bocadillo.testing.TestClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    private final App app = new App();
    private final List<String> events = new ArrayList<>();

    private Task logs(String name) {
        return () -> events.add(name);
    }

    @Test
    void startupEventsRunInOrderAndShutdownEventsInReverse() {
        app.onStartup(logs("open 1"));
        app.onShutdown(logs("close 1"));
        app.onStartup(logs("open 2"));
        app.onShutdown(logs("close 2"));
        app.start();
        assertThat(events).containsExactly("open 1", "open 2");
        app.stop();
        assertThat(events).containsExactly("open 1", "open 2", "close 2", "close 1");
    }

    @Test
    void startupEventsRunBeforeTheFirstRequest() {
        app.onStartup(logs("open"));
        app.get("/", (req, res) -> res.json(events));
        try (TestClient client = TestClient.of(app)) {
            assertThat(client.get("/").text()).isEqualTo("[\"open\"]");
        }
    }

    @Test
    void anAppThatIsHostedTwiceStartsAndStopsOnce() {
        app.onStartup(logs("open"));
        app.onShutdown(logs("close"));
        app.get("/", (req, res) -> res.text("up"));
        TestClient first = TestClient.of(app);
        TestClient second = TestClient.of(app);
        first.close();
        assertThat(second.get("/").text()).isEqualTo("up");
        assertThat(events).containsExactly("open");
        second.close();
        assertThat(events).containsExactly("open", "close");
    }

    @Test
    void aStopTooManyDoesNothing() {
        app.onShutdown(logs("close"));
        app.stop();
        app.start();
        app.stop();
        app.stop();
        assertThat(events).containsExactly("close");
    }

    @Test
    void anAppThatHasStoppedCanStartAgain() {
        app.onStartup(logs("open"));
        app.onShutdown(logs("close"));
        app.get("/", (req, res) -> res.text("up"));
        TestClient.of(app).close();
        try (TestClient client = TestClient.of(app)) {
            assertThat(client.get("/").text()).isEqualTo("up");
        }
        assertThat(events).containsExactly("open", "close", "open", "close");
    }

    @Test
    void aStartupEventThatFailsKeepsTheAppFromStartingAndIsUndone() {
        app.onStartup(logs("open 1"));
        app.onShutdown(logs("close 1"));
        app.onStartup(() -> {
            throw new IOException("no database");
        });
        app.onStartup(logs("open 3"));
        app.get("/", (req, res) -> res.text("up"));
        assertThatIllegalStateException()
                .isThrownBy(app::start)
                .withMessageMatching("startup event \\(LifecycleTest\\.java:\\d+\\): expected to run,"
                        + " got 'java\\.io\\.IOException: no database'\\. Mend its cause, which follows\\.")
                .withCauseInstanceOf(IOException.class);
        assertThat(events).containsExactly("open 1", "close 1");
        app.stop();
        assertThat(events).containsExactly("open 1", "close 1");
        assertThatIllegalStateException().isThrownBy(() -> app.handle(new StubExchange("GET", "", "/")));
    }

    @Test
    void aShutdownEventThatFailsAfterAFailedStartupDoesNotHideTheReason() {
        app.onShutdown(() -> {
            throw new IOException("nothing to close");
        });
        app.onStartup(() -> {
            throw new IOException("no database");
        });
        try (CapturedLog log = new CapturedLog()) {
            assertThatIllegalStateException()
                    .isThrownBy(app::start)
                    .havingCause()
                    .withMessage("no database");
            assertThat(log.lines("ERROR")).hasSize(1);
            assertThat(log.text()).contains("nothing to close");
        }
    }

    @Test
    void afterAFailedStartupTheAppCanBeStartedOnceMore() {
        boolean[] isThere = {false};
        app.onStartup(() -> {
            if (!isThere[0]) {
                throw new IOException("no database");
            }
        });
        app.get("/", (req, res) -> res.text("up"));
        assertThatIllegalStateException().isThrownBy(app::start);
        isThere[0] = true;
        try (TestClient client = TestClient.of(app)) {
            assertThat(client.get("/").text()).isEqualTo("up");
        }
    }

    @Test
    void aStartupErrorComesBeforeTheStartupEvents() {
        app.onStartup(logs("open"));
        app.get("/{x}", (req, res) -> res.empty());
        app.get("/x", (req, res) -> res.empty());
        assertThatExceptionOfType(StartupError.class).isThrownBy(app::start);
        assertThat(events).isEmpty();
    }

    @Test
    void aShutdownEventThatFailsIsLoggedAndTheOthersRun() {
        app.onShutdown(logs("close 1"));
        app.onShutdown(() -> {
            throw new IOException("cannot close");
        });
        app.onShutdown(logs("close 3"));
        app.start();
        try (CapturedLog log = new CapturedLog()) {
            app.stop();
            assertThat(log.lines("ERROR"))
                    .singleElement()
                    .asString()
                    .containsPattern("shutdown event \\(LifecycleTest\\.java:\\d+\\): failed");
            assertThat(log.text()).contains("java.io.IOException: cannot close");
        }
        assertThat(events).containsExactly("close 3", "close 1");
    }

    @Test
    void aShutdownEventThatFailsWithAnErrorDoesNotStopTheOthersEither() {
        app.onShutdown(logs("close 1"));
        app.onShutdown(() -> {
            throw new NoClassDefFoundError("driver/Closer");
        });
        app.start();
        try (CapturedLog log = new CapturedLog()) {
            app.stop();
            assertThat(log.lines("ERROR")).hasSize(1);
        }
        assertThat(events).containsExactly("close 1");
    }

    @Test
    void aRequestBeforeTheStartOrAfterTheStopIsRefused() {
        app.get("/", (req, res) -> res.text("up"));
        assertThatIllegalStateException()
                .isThrownBy(() -> app.handle(new StubExchange("GET", "", "/")))
                .withMessage("app: expected to be started, got a request before or after. Call start().");
        TestClient client = TestClient.of(app);
        client.close();
        assertThatIllegalStateException().isThrownBy(() -> client.get("/"));
    }

    @Test
    void aStartupEventCannotChangeTheApp() {
        app.onStartup(() -> app.get("/late", (req, res) -> res.empty()));
        assertThatIllegalStateException()
                .isThrownBy(app::start)
                .havingCause()
                .withMessageMatching(
                        "app: expected a route before it starts, got it after, at LifecycleTest\\.java:\\d+\\."
                                + " Move it up\\.");
    }

    @Test
    void aStartupEventThatFailsWithAnErrorIsUndoneToo() {
        app.onShutdown(logs("close"));
        app.onStartup(() -> {
            throw new NoClassDefFoundError("driver/Pool");
        });
        assertThatThrownBy(app::start).hasStackTraceContaining("java.lang.NoClassDefFoundError: driver/Pool");
        assertThat(events).containsExactly("close");
    }
}
