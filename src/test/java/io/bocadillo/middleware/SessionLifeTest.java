package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.App;
import io.bocadillo.Cookie;
import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When sessions end, are saved, and on which threads. */
class SessionLifeTest {

    private static final String KEY = "a key of exactly thirty-two byte";

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final MemorySessionStore store = new MemorySessionStore(1024 * 1024, () -> now);
    private String cookie = "session=";

    private Sessions sessions(boolean stored) {
        Sessions sessions = new Sessions(() -> now, KEY);
        return stored ? sessions.store(store) : sessions;
    }

    /** Sends the cookie as it was set, however old: an attacker keeps what a browser forgets. */
    private TestResponse ask(App app, String path) {
        TestResponse response = TestClient.of(app).with("Cookie", cookie).get(path);
        String set = response.header("Set-Cookie");
        cookie = set == null ? cookie : set.substring(0, set.indexOf(';'));
        return response;
    }

    private String read(App app) {
        return ask(app, "/read").text();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCookieMayEndWithTheBrowser(boolean stored) {
        App app = SessionsTest.app(
                sessions(stored)
                        .maxAge(Duration.ofMinutes(10))
                        .cookie(Cookie.of("session", "").maxAge(Duration.ofDays(1)))
                        .untilBrowserCloses(),
                Settings.defaults());
        assertThat(ask(app, "/count").header("Set-Cookie")).matches("session=[^;]+; Path=/; HttpOnly; SameSite=Lax");
        now = now.plusSeconds(599);
        assertThat(read(app)).isEqualTo("1");
        now = now.plusSeconds(1);
        assertThat(read(app)).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAbsoluteTimeoutEndsASessionThatIsInUse(boolean stored) {
        App app = SessionsTest.app(
                sessions(stored).maxAge(Duration.ofMinutes(10)).rolling().absoluteTimeout(Duration.ofMinutes(25)),
                Settings.defaults());
        ask(app, "/count");
        for (int i = 0; i < 2; i++) {
            now = now.plusSeconds(540);
            assertThat(ask(app, "/count").header("Set-Cookie")).contains("Max-Age=" + (i == 0 ? 600 : 420));
        }
        now = now.plusSeconds(300);
        assertThat(ask(app, "/read").header("Set-Cookie")).isNull();
        now = now.plusSeconds(119);
        assertThat(read(app)).isEqualTo("3");
        now = now.plusSeconds(1);
        assertThat(read(app)).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLoginBeginsAnew(boolean stored) {
        App app = SessionsTest.app(sessions(stored).absoluteTimeout(Duration.ofMinutes(25)), Settings.defaults());
        ask(app, "/count");
        now = now.plusSeconds(1400);
        ask(app, "/rotate");
        now = now.plusSeconds(1499);
        assertThat(read(app)).isEqualTo("1");
        now = now.plusSeconds(1);
        assertThat(read(app)).isEqualTo("0");
    }

    @Test
    void aShorterTimeoutHoldsForSessionsThatAreThere() {
        ask(SessionsTest.app(sessions(false), Settings.defaults()), "/count");
        now = now.plusSeconds(61);
        assertThat(read(SessionsTest.app(sessions(false).absoluteTimeout(Duration.ofMinutes(1)), Settings.defaults())))
                .isEqualTo("0");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> sessions(false).absoluteTimeout(Duration.ofMillis(999)))
                .withMessage("sessions: expected an age of a second or more, got 'PT0.999S'. Give a longer time.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aShorterAgeHoldsFromTheNextChangeOn(boolean stored) {
        ask(SessionsTest.app(sessions(stored).maxAge(Duration.ofHours(2)), Settings.defaults()), "/count");
        App shorter = SessionsTest.app(sessions(stored).maxAge(Duration.ofHours(1)), Settings.defaults());
        now = now.plusSeconds(7199);
        assertThat(ask(shorter, "/count").text()).isEqualTo("2");
        now = now.plusSeconds(3600);
        assertThat(read(shorter)).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"put", "clear", "rotate"})
    void aViewAfterItsTimeoutChangesNothingInTheStore(String change) {
        App app = SessionsTest.app(sessions(true), Settings.defaults().timeout(Duration.ofMillis(20)));
        CompletableFuture<Void> gate = new CompletableFuture<>();
        app.get("/slow", (req, res) -> {
            // Marked already, so that nothing but the check keeps it from the store.
            res.header("Vary", "Cookie").header("Cache-Control", "private");
            switch (change) {
                case "put" -> req.session().put("n", 77);
                case "clear" -> req.session().clear();
                default -> req.session().rotate();
            }
            return gate.thenCompose(open -> CompletableFuture.completedStage(null));
        });
        ask(app, "/count");
        assertThat(ask(app, "/slow").status()).isEqualTo(503);
        gate.complete(null); // All that waits for it runs in here.
        assertThat(read(app)).isEqualTo("1");
        assertThat(store.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/count", "/create", "/rotate", "/clear", "/fail"})
    void whatIsOutsideDoesNotRunOnTheThreadsOfTheStore(String path) {
        AtomicReference<String> thread = new AtomicReference<>();
        SessionStore late = new LateStore(store) {
            @Override
            public CompletionStage<?> create(String key, byte[] json, Duration lifetime) {
                CompletionStage<?> created = super.create(key, json, lifetime);
                return new String(json, java.nio.charset.StandardCharsets.UTF_8).contains("fail")
                        ? created.thenRun(() -> {
                            throw new IllegalStateException("no database");
                        })
                        : created;
            }
        };
        App app = new App();
        app.use((req, res, next) -> next.handle(req, res)
                .whenComplete(
                        (value, error) -> thread.set(Thread.currentThread().getName())));
        app.use(new Sessions(() -> now, KEY).store(late));
        app.onError(IllegalStateException.class, (req, res, error) -> {
            thread.set(Thread.currentThread().getName());
            return res.status(500).empty();
        });
        app.get("/count", (req, res) -> {
            req.session().put("n", req.session().get("n", 0) + 1);
            return res.text("x");
        });
        app.get("/create", (req, res) -> {
            req.session().clear().put("n", 1);
            return res.text("x");
        });
        app.get("/fail", (req, res) -> {
            req.session().rotate().put("fail", true);
            return res.text("x");
        });
        app.get("/rotate", (req, res) -> {
            req.session().rotate();
            return res.text("x");
        });
        app.get("/clear", (req, res) -> {
            req.session().clear();
            return res.text("x");
        });
        TestClient client = TestClient.of(app);
        client.get("/count");
        thread.set(null);
        assertThat(client.get(path).status()).isEqualTo(path.equals("/fail") ? 500 : 200);
        assertThat(Objects.requireNonNull(thread.get())).isNotEqualTo("store");
    }

    @Test
    void aCookieThatIsPrivateForOneFieldAloneIsNotForSharedCaches() {
        App app = new App();
        app.use(sessions(false));
        app.get("/", (req, res) -> {
            req.session().put("n", 1);
            return res.header("Cache-Control", "private=\"X-User\", max-age=600")
                    .text("x");
        });
        assertThat(TestClient.of(app).get("/").header("Cache-Control")).isEqualTo("private");
    }
}
