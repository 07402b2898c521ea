package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.middleware.Gzip;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the core allocates for a request, without what the exchange and the codec allocate. */
class AllocationTest {

    private static final App APP = app(0);
    private static final App BEHIND_MIDDLEWARE = app(5);
    private static final App BEHIND_COMPRESSION = app(0);

    static {
        BEHIND_COMPRESSION.use(new Gzip());
    }

    /** What the view of {@code /later} waits for. */
    private static final AtomicReference<CompletableFuture<String>> LATER = new AtomicReference<>();

    record Greeting(String message) {}

    private static App app(int middleware) {
        App app = new App();
        for (int i = 0; i < middleware; i++) {
            String name = "X-Middleware-" + i;
            app.use((req, res, next) -> {
                res.header(name, "1");
                return next.handle(req, res);
            });
        }
        app.get("/users/{id}", (req, res) -> res.text(req.param("id").value()));
        app.get("/json", (req, res) -> res.json(new Greeting("Hello, World!")));
        app.get("/later", (req, res) -> {
            LATER.set(new CompletableFuture<>());
            return LATER.get().thenCompose(res::text);
        });
        return app;
    }

    @BeforeAll
    static void start() {
        APP.start();
        BEHIND_MIDDLEWARE.start();
        BEHIND_COMPRESSION.start();
    }

    @AfterAll
    static void stop() {
        APP.stop();
        BEHIND_MIDDLEWARE.stop();
        BEHIND_COMPRESSION.stop();
    }

    @Test
    void aTextWithAPathParameter() {
        assertThat(ofRequest(APP, "/users/1742")).isLessThanOrEqualTo(600);
    }

    @Test
    void aRecordAsJson() {
        long codec = Allocation.of(() -> JacksonJson.DEFAULT.encode(new Greeting("Hello, World!")));
        assertThat(ofRequest(APP, "/json") - codec).isLessThanOrEqualTo(aboutAsMuchAs(464));
    }

    @Test
    void aTextBehindFiveMiddlewareThatSetAHeader() {
        assertThat(ofRequest(BEHIND_MIDDLEWARE, "/users/1742")).isLessThanOrEqualTo(800);
    }

    @Test
    void aSmallTextBehindCompression() {
        assertThat(ofRequest(BEHIND_COMPRESSION, "/users/1742")).isLessThanOrEqualTo(ofRequest(APP, "/users/1742") + 8);
    }

    /** Its two futures and its place among the deadlines included. */
    @Test
    void aTextThatComesLater() {
        assertThat(ofRequest(APP, "/later")).isLessThanOrEqualTo(aboutAsMuchAs(1_120));
    }

    /** The answer to an error is made anew, as JSON. */
    @Test
    void aPathWithoutARoute() {
        assertThat(ofRequest(APP, "/nowhere")).isLessThanOrEqualTo(aboutAsMuchAs(2_592));
    }

    /** What has been measured, on JDK 17 and 25, with as little room as another JDK may need. */
    private static long aboutAsMuchAs(long measured) {
        return measured * 115 / 100;
    }

    private static long ofRequest(App app, String path) {
        long exchange = Allocation.of(() -> new StubExchange("GET", "", path));
        return Allocation.of(() -> answer(app, path)) - exchange;
    }

    private static Response answer(App app, String path) {
        CompletableFuture<Response> answer = app.handle(new StubExchange("GET", "", path));
        CompletableFuture<String> awaited = LATER.getAndSet(null);
        if (awaited != null) {
            awaited.complete("Hello, World!");
        }
        Response response = answer.join();
        response.sent(null, 0);
        return response;
    }
}
