package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.middleware.AllowedHosts;
import io.bocadillo.middleware.ConcurrencyLimit;
import io.bocadillo.middleware.Cors;
import io.bocadillo.middleware.Csrf;
import io.bocadillo.middleware.Gzip;
import io.bocadillo.middleware.Hsts;
import io.bocadillo.middleware.RateLimit;
import io.bocadillo.middleware.RequestId;
import io.bocadillo.middleware.SecurityHeaders;
import io.bocadillo.middleware.Sessions;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedPathsTest {

    private static final String REFUSAL = "{\"error\":\"400 Bad Request\",\"status\":400,\"detail\":\"path: expected ";

    private final App app = new App();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @Test
    void theMiddlewareOfTheAppIsAroundTheRefusal() {
        app.use(new RequestId());
        app.use(new SecurityHeaders());
        app.use((req, res, next) -> next.handle(req, res)
                .thenRun(
                        () -> seen.add(req.path() + " '" + req.mountPath() + "' " + req.route() + " " + res.status())));
        TestResponse response = TestClient.of(app).with("X-Request-ID", "abc").get("/a%2Fb");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).startsWith(REFUSAL);
        assertThat(response.header("X-Request-ID")).isEqualTo("abc");
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(seen).containsExactly("/ '' null 400");
    }

    @Test
    void nothingElseSeesIt() {
        Middleware sees = (req, res, next) -> {
            seen.add("middleware");
            return next.handle(req, res);
        };
        Recipe recipe = new Recipe("recipe", "/");
        recipe.use(sees);
        recipe.get("/", (req, res) -> res.text("recipe"));
        App mounted = new App();
        mounted.use(sees);
        mounted.any("/{}", (req, res) -> res.text("mounted"));
        app.before((req, res) -> seen.add("hook"));
        app.include(recipe);
        app.mount("/", mounted);
        for (String path : new String[] {"//", "/%2e%2e/", "/a//b", "*"}) {
            assertThat(TestClient.of(app).get(path).text()).as(path).startsWith(REFUSAL);
        }
        assertThat(seen).isEmpty();
    }

    static Stream<Middleware> answering() {
        return Stream.of(
                (req, res, next) -> res.text("home"),
                (req, res, next) -> res.redirect("/home"),
                (req, res, next) -> res.stream(Stream.of("a", "b")),
                (req, res, next) -> res.empty(),
                (req, res, next) -> {
                    throw new Redirect("/login");
                },
                (req, res, next) -> {
                    throw new HttpError(401).header("WWW-Authenticate", "Basic");
                },
                (req, res, next) -> CompletableFuture.supplyAsync(() -> null).thenCompose(later -> res.text("later")),
                (req, res, next) -> next.handle(req, res)
                        .thenCompose(done -> res.status(200).text("hidden")),
                (req, res, next) -> next.handle(req, res).thenRun(() -> res.status(200)));
    }

    @ParameterizedTest
    @MethodSource("answering")
    void whateverMiddlewareAnswersItselfItStaysA400(Middleware middleware) throws Exception {
        app.use(new RequestId());
        app.use(middleware);
        app.start();
        Response response = app.handle(new StubExchange("GET", "/shop", "/a//b").with("X-Request-ID", "abc"))
                .get(10, TimeUnit.SECONDS);
        assertThat(response.status()).isEqualTo(400);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).startsWith(REFUSAL);
        assertThat(response.bodyStream()).isNull();
        assertThat(response.headers().get("Content-Type")).isEqualTo("application/json");
        assertThat(response.headers().get("X-Request-ID")).isEqualTo("abc");
        assertThat(response.headers().contains("Location")).isFalse();
        assertThat(response.headers().contains("WWW-Authenticate")).isFalse();
        response.sent(null, 0);
        assertThat(app.openExchanges()).isZero();
    }

    static Stream<Middleware> ofTheLibrary() {
        return Stream.of(
                new AllowedHosts("app.example"),
                new Hsts(),
                Cors.allow("https://app.example"),
                new Gzip(),
                new RateLimit(1, Duration.ofHours(1)),
                new ConcurrencyLimit(1));
    }

    @ParameterizedTest
    @MethodSource("ofTheLibrary")
    void soItDoesWithThatOfTheLibrary(Middleware middleware) {
        app.use(middleware);
        app.get("/", (req, res) -> res.text("home"));
        TestClient client = TestClient.of(app)
                .with("Host", "other.example")
                .with("Origin", "https://app.example")
                .with("Access-Control-Request-Method", "PUT");
        for (String method : new String[] {"GET", "POST", "OPTIONS", "GET"}) {
            TestResponse response = client.request(method, "/x/../", "");
            assertThat(response.status()).as(method).isEqualTo(400);
            assertThat(response.header("Location")).as(method).isNull();
        }
    }

    @Test
    void aTokenIsNotAskedFor() {
        app.use(new Sessions("a key of exactly thirty-two byte"));
        app.use(new Csrf());
        TestResponse response = TestClient.of(app).post("/a//b", "body");
        assertThat(response.text()).startsWith(REFUSAL);
        assertThat(response.header("Set-Cookie")).isNull();
    }

    @Test
    void aBodyThatIsTooLargeForMiddlewareChangesNothing() {
        App small = new App(Settings.defaults().maxBody(2));
        small.use((req, res, next) -> req.whenBody().thenCompose(body -> next.handle(req, res)));
        assertThat(TestClient.of(small).post("/a//b", "long").text()).startsWith(REFUSAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..%2fadmin", "//admin", "/./admin", "/x/../admin", "/admin%00"})
    void aGuardThatGoesByThePathHidesNothing(String path) {
        app.use((req, res, next) -> {
            if (req.path().startsWith("/admin")) {
                throw new HttpError(403);
            }
            return req.path().equals("/") ? res.text("home, for all to see") : next.handle(req, res);
        });
        app.get("/admin", (req, res) -> res.text("SECRET"));
        app.any("/{}", (req, res) -> res.text("SECRET"));
        assertThat(TestClient.of(app).get(path).text()).startsWith(REFUSAL);
    }

    @Test
    void theErrorHandlersOfTheAppDecideAboutItsForm() {
        app.onError(HttpError.class, (req, res, error) -> res.status(404).text("nothing at " + req.path()));
        TestResponse response = TestClient.of(app).get("/a//b");
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.text()).isEqualTo("nothing at /");
    }

    @Test
    void aBugOfMiddlewareIsA500() {
        app.use((req, res, next) -> {
            throw new IllegalStateException("bug");
        });
        try (CapturedLog log = new CapturedLog()) {
            assertThat(TestClient.of(app).get("/a//b").status()).isEqualTo(500);
            assertThat(log.lines("ERROR")).singleElement().asString().contains("unhandled error");
        }
    }

    @Test
    void middlewareThatTakesTooLongIsNotWaitedFor() {
        App slow = new App(Settings.defaults().timeout(Duration.ofMillis(50)).gracePeriod(Duration.ZERO));
        slow.use((req, res, next) -> new CompletableFuture<>());
        assertThat(TestClient.of(slow).get("/a//b").status()).isEqualTo(503);
    }
}
