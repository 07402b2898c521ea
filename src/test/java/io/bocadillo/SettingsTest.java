package io.bocadillo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingsTest {

    /** Writes everything as its text between angle brackets, and reads text alone. */
    private static final class Angles implements Json {

        @Override
        public byte[] encode(@Nullable Object value) {
            return ("<" + value + ">").getBytes(UTF_8);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T decode(byte[] json, Type type) {
            return (T) ("read " + new String(json, UTF_8));
        }
    }

    @Test
    void theDefaultsAreSafe() {
        Settings settings = Settings.defaults();
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.bodyIdleTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.writeIdleTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.gracePeriod()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.eventHeartbeat()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.maxBody()).isEqualTo(1 << 20);
        assertThat(settings.redirectTrailingSlash()).isTrue();
        assertThat(settings.allowShadowedRoutes()).isFalse();
        assertThat(settings.staticFiles()).isTrue();
        assertThat(settings.executor()).isNull();
        assertThat(settings.json().encode(Map.of())).asString(UTF_8).isEqualTo("{}");
    }

    @Test
    void everySetterReturnsAChangedCopy() {
        Json angles = new Angles();
        Settings defaults = Settings.defaults();
        Settings changed = defaults.timeout(Duration.ofSeconds(1))
                .bodyIdleTimeout(Duration.ofSeconds(2))
                .writeIdleTimeout(Duration.ofSeconds(3))
                .gracePeriod(Duration.ofSeconds(4))
                .eventHeartbeat(Duration.ofSeconds(5))
                .maxBody(2)
                .redirectTrailingSlash(false)
                .allowShadowedRoutes(true)
                .staticFiles(false)
                .executor(Runnable::run)
                .json(angles);
        assertThat(changed.timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(changed.bodyIdleTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(changed.writeIdleTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(changed.gracePeriod()).isEqualTo(Duration.ofSeconds(4));
        assertThat(changed.eventHeartbeat()).isEqualTo(Duration.ofSeconds(5));
        assertThat(changed.maxBody()).isEqualTo(2);
        assertThat(changed.redirectTrailingSlash()).isFalse();
        assertThat(changed.allowShadowedRoutes()).isTrue();
        assertThat(changed.staticFiles()).isFalse();
        assertThat(changed.executor()).isNotNull();
        assertThat(changed.json()).isSameAs(angles);
        theDefaultsAreSafe();
    }

    @Test
    void anAppTellsItsSettings() {
        Settings settings = Settings.defaults().maxBody(7);
        assertThat(new App(settings).settings()).isSameAs(settings);
        assertThat(new App().settings()).isSameAs(Settings.defaults());
    }

    @Test
    void aNegativeTimeoutIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.defaults().timeout(Duration.ofMillis(-1)))
                .withMessage("timeout: expected zero or more, got 'PT-0.001S'. Give a longer one.");
    }

    @Test
    void aNegativeDurationIsRefused() {
        Settings settings = Settings.defaults();
        Duration negative = Duration.ofNanos(-1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.bodyIdleTimeout(negative))
                .withMessageStartingWith("bodyIdleTimeout: expected zero or more, got '");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.writeIdleTimeout(negative))
                .withMessageStartingWith("writeIdleTimeout: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.gracePeriod(negative))
                .withMessageStartingWith("gracePeriod: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.eventHeartbeat(negative))
                .withMessageStartingWith("eventHeartbeat: ");
    }

    @Test
    void aNegativeLimitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.defaults().maxBody(-1))
                .withMessage("maxBody: expected 0 or more, got '-1'. Give a large one for no limit.");
    }

    @Test
    void hooksAndViewsRunOnTheExecutorAndMiddlewareDoesNot() {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"));
        List<String> threads = new CopyOnWriteArrayList<>();
        App app = new App(Settings.defaults().executor(executor));
        app.use((req, res, next) -> {
            threads.add("middleware on " + Thread.currentThread().getName());
            return next.handle(req, res);
        });
        Hook hook =
                (req, res) -> threads.add("hook on " + Thread.currentThread().getName());
        app.get("/", (req, res) -> {
                    threads.add("view on " + Thread.currentThread().getName());
                    return res.text("ok");
                })
                .before(hook)
                .after(hook);
        try {
            assertThat(TestClient.of(app).get("/").text()).isEqualTo("ok");
        } finally {
            executor.shutdown();
        }
        assertThat(threads)
                .containsExactly(
                        "middleware on " + Thread.currentThread().getName(),
                        "hook on mine",
                        "view on mine",
                        "hook on mine");
    }

    @Test
    void aViewThatThrowsOnTheExecutorIsAnswered() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        App app = new App(Settings.defaults().executor(executor));
        app.get("/", (req, res) -> {
            throw new HttpError(409);
        });
        try {
            assertThat(TestClient.of(app).get("/").status()).isEqualTo(409);
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void anExecutorThatTakesNoMoreIsA503() {
        App app = new App(Settings.defaults().executor(task -> {
            throw new RejectedExecutionException("full");
        }));
        app.get("/", (req, res) -> res.text("ok"));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(TestClient.of(app).get("/").status()).isEqualTo(503);
            assertThat(log.text()).contains("java.util.concurrent.RejectedExecutionException: full");
        }
    }

    @Test
    void aJsonCodecOfOnesOwnReadsAndWrites() {
        App app = new App(Settings.defaults().json(new Angles()));
        app.post("/", (req, res) -> res.json(req.json(String.class)));
        TestClient client = TestClient.of(app);
        TestResponse response = client.with("Content-Type", "application/json").post("/", "x");
        assertThat(response.text()).isEqualTo("<read x>");
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(client.get("/nowhere").text()).isEqualTo("<{error=404 Not Found, status=404}>");
    }

    @Test
    void theDefaultsForUploadsAreSafe() {
        Settings settings = Settings.defaults();
        assertThat(settings.maxUpload()).isEqualTo(10 << 20);
        assertThat(settings.maxFormFields()).isEqualTo(1000);
        assertThat(settings.maxParts()).isEqualTo(100);
        assertThat(settings.maxPartSize()).isEqualTo(Long.MAX_VALUE);
        assertThat(settings.maxPartHeaders()).isEqualTo(2048);
    }
}
