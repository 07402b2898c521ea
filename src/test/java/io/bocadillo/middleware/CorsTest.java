package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.App;
import io.bocadillo.ErrorHandlers;
import io.bocadillo.HttpError;
import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {

    private static final String ORIGIN = "https://app.example";

    private static final Cors NAMED = Cors.allow(ORIGIN, "http://localhost:5173")
            .methods("GET", "PUT")
            .headers("X-Token")
            .expose("X-Total", "ETag")
            .maxAge(Duration.ofHours(1))
            .credentials();

    private static final Cors PUBLIC = Cors.allow("*");

    private static final Cors SUBDOMAINS = Cors.allow(Pattern.compile("https://[a-z]+\\.app\\.example|null"));

    private static final Cors ANYTHING =
            Cors.allow(ORIGIN).methods("*").headers("*").credentials();

    private static TestClient client(Cors cors) {
        App app = new App();
        app.use(cors);
        app.get("/x", (req, res) -> res.text("x"));
        app.put("/x", (req, res) -> res.text("put"));
        app.options("/own", (req, res) -> res.text("own options"));
        app.get("/vary", (req, res) -> res.header("Vary", "Accept").text("varies"));
        app.get("/error", (req, res) -> {
            throw new HttpError(418);
        });
        app.get("/bug", (req, res) -> {
            throw new IllegalStateException("SECRET");
        });
        return TestClient.of(app);
    }

    /**
     * A row of the table.
     *
     * @param section of the Fetch standard, unless another one is named
     * @param request method, path and header fields, separated by {@code "; "}
     * @param expected status and header fields, separated by {@code "; "}; a name after {@code !} is not there
     */
    record Row(String section, Cors cors, String request, String expected) {}

    static List<Row> rows() {
        return List.of(
                // An answer to an allowed origin.
                new Row("3.2.3", NAMED, "GET /x; Origin: " + ORIGIN, "200; Access-Control-Allow-Origin: " + ORIGIN),
                new Row("3.2.3", NAMED, "GET /x; Origin: " + ORIGIN, "200; Access-Control-Allow-Credentials: true"),
                new Row(
                        "3.2.3",
                        NAMED,
                        "GET /x; Origin: " + ORIGIN,
                        "200; Access-Control-Expose-Headers: X-Total, ETag"),
                new Row(
                        "3.2.3",
                        NAMED,
                        "GET /x; Origin: " + ORIGIN,
                        "200; !Access-Control-Allow-Methods; !Access-Control-Max-Age"),
                new Row(
                        "3.2.3",
                        NAMED,
                        "GET /x; Origin: http://localhost:5173",
                        "200; Access-Control-Allow-Origin: http://localhost:5173"),
                new Row(
                        "3.2.3",
                        SUBDOMAINS,
                        "GET /x; Origin: https://a.app.example",
                        "200; Access-Control-Allow-Origin: https://a.app.example; !Access-Control-Allow-Credentials; !Access-Control-Expose-Headers"),
                // Caches keep answers to different origins apart.
                new Row("3.2.4", NAMED, "GET /x; Origin: " + ORIGIN, "200; Vary: Origin"),
                new Row("3.2.4", NAMED, "GET /x; Origin: https://evil.example", "200; Vary: Origin"),
                new Row("3.2.4", NAMED, "GET /x", "200; Vary: Origin; !Access-Control-Allow-Origin"),
                new Row("3.2.4", NAMED, "GET /vary", "200; Vary: Accept, Origin"),
                new Row("3.2.4", PUBLIC, "GET /x", "200; Access-Control-Allow-Origin: *; !Vary"),
                new Row(
                        "3.2.4",
                        PUBLIC,
                        "GET /x; Origin: https://any.example",
                        "200; Access-Control-Allow-Origin: *; !Vary"),
                // Origins are compared whole, octet by octet.
                new Row(
                        "4.10",
                        NAMED,
                        "GET /x; Origin: https://app.example.evil.example",
                        "200; !Access-Control-Allow-Origin; !Access-Control-Allow-Credentials; !Access-Control-Expose-Headers"),
                new Row("4.10", NAMED, "GET /x; Origin: http://app.example", "200; !Access-Control-Allow-Origin"),
                new Row("4.10", NAMED, "GET /x; Origin: https://APP.example", "200; !Access-Control-Allow-Origin"),
                new Row("4.10", NAMED, "GET /x; Origin: https://app.example:8443", "200; !Access-Control-Allow-Origin"),
                new Row("4.10", NAMED, "GET /x; Origin: https://app.example/", "200; !Access-Control-Allow-Origin"),
                new Row("4.10", NAMED, "GET /x; Origin: *", "200; !Access-Control-Allow-Origin"),
                new Row(
                        "4.10",
                        SUBDOMAINS,
                        "GET /x; Origin: https://a.app.example.evil.example",
                        "200; !Access-Control-Allow-Origin"),
                new Row(
                        "4.10",
                        SUBDOMAINS,
                        "GET /x; Origin: https://evil.example/https://a.app.example",
                        "200; !Access-Control-Allow-Origin"),
                new Row("HTML 7.1.1", NAMED, "GET /x; Origin: null", "200; !Access-Control-Allow-Origin"),
                new Row("HTML 7.1.1", SUBDOMAINS, "GET /x; Origin: null", "200; !Access-Control-Allow-Origin"),
                // What is for everybody is for them too, and none of them can be somebody there.
                new Row(
                        "3.2.3",
                        PUBLIC,
                        "GET /x; Origin: null",
                        "200; Access-Control-Allow-Origin: *; !Access-Control-Allow-Credentials; !Vary"),
                new Row(
                        "3.2.2",
                        PUBLIC,
                        "OPTIONS /x; Origin: null; Access-Control-Request-Method: POST",
                        "204; Access-Control-Allow-Origin: *; !Access-Control-Allow-Credentials"),
                // A preflight.
                new Row(
                        "3.2.2",
                        NAMED,
                        "OPTIONS /x; Origin: " + ORIGIN + "; Access-Control-Request-Method: PUT",
                        "204; Access-Control-Allow-Origin: " + ORIGIN
                                + "; Access-Control-Allow-Credentials: true; Access-Control-Max-Age: 3600; Vary: Origin; Access-Control-Allow-Methods: GET, PUT; !Allow"),
                new Row(
                        "3.2.2",
                        NAMED,
                        "OPTIONS /x; Origin: " + ORIGIN
                                + "; Access-Control-Request-Method: PUT; Access-Control-Request-Headers: content-type,x-token",
                        "204; Access-Control-Allow-Headers: X-Token, Accept, Accept-Language, Content-Language, Content-Type"),
                new Row(
                        "3.2.2",
                        NAMED,
                        "OPTIONS /unknown; Origin: " + ORIGIN + "; Access-Control-Request-Method: PUT",
                        "204; Access-Control-Allow-Origin: " + ORIGIN),
                new Row(
                        "3.2.2",
                        NAMED,
                        "OPTIONS /own; Origin: " + ORIGIN + "; Access-Control-Request-Method: PUT",
                        "204; Access-Control-Allow-Origin: " + ORIGIN),
                new Row(
                        "3.2.2",
                        PUBLIC,
                        "OPTIONS /x; Origin: https://any.example; Access-Control-Request-Method: POST",
                        "204; Access-Control-Allow-Origin: *; Access-Control-Max-Age: 600; Access-Control-Allow-Methods: GET, HEAD, POST"),
                new Row(
                        "3.2.2",
                        ANYTHING,
                        "OPTIONS /x; Origin: " + ORIGIN
                                + "; Access-Control-Request-Method: PROPFIND; Access-Control-Request-Headers: x-a, x-b",
                        "204; Access-Control-Allow-Methods: PROPFIND; Access-Control-Allow-Headers: x-a, x-b"),
                new Row(
                        "3.2.2",
                        ANYTHING,
                        "OPTIONS /x; Origin: " + ORIGIN + "; Access-Control-Request-Method: GET",
                        "204; !Access-Control-Allow-Headers"),
                // A bad preflight.
                new Row(
                        "3.2.2",
                        NAMED,
                        "OPTIONS /x; Origin: https://evil.example; Access-Control-Request-Method: PUT",
                        "400; !Access-Control-Allow-Origin; !Access-Control-Allow-Methods; Vary: Origin"),
                new Row(
                        "3.2.2",
                        NAMED,
                        "OPTIONS /x; Origin: null; Access-Control-Request-Method: PUT",
                        "400; !Access-Control-Allow-Origin"),
                new Row(
                        "4.8",
                        NAMED,
                        "OPTIONS /x; Origin: " + ORIGIN + "; Access-Control-Request-Method: DELETE",
                        "400; !Access-Control-Allow-Methods"),
                new Row("4.8", NAMED, "OPTIONS /x; Origin: " + ORIGIN + "; Access-Control-Request-Method: put", "400"),
                new Row(
                        "4.8",
                        NAMED,
                        "OPTIONS /x; Origin: " + ORIGIN
                                + "; Access-Control-Request-Method: PUT; Access-Control-Request-Headers: x-other",
                        "400; !Access-Control-Allow-Headers"),
                new Row(
                        "4.8",
                        ANYTHING,
                        "OPTIONS /x; Origin: " + ORIGIN + "; Access-Control-Request-Method: P T",
                        "400"),
                new Row(
                        "4.8",
                        ANYTHING,
                        "OPTIONS /x; Origin: " + ORIGIN
                                + "; Access-Control-Request-Method: PUT; Access-Control-Request-Headers: a b",
                        "400"),
                // No preflight.
                new Row(
                        "3.2.2",
                        NAMED,
                        "OPTIONS /x; Origin: " + ORIGIN,
                        "204; Allow: GET, HEAD, PUT, OPTIONS; Access-Control-Allow-Origin: " + ORIGIN),
                new Row(
                        "3.2.2",
                        NAMED,
                        "OPTIONS /own; Access-Control-Request-Method: PUT",
                        "200; !Access-Control-Allow-Origin; Vary: Origin"),
                new Row(
                        "3.2.2",
                        NAMED,
                        "GET /x; Origin: " + ORIGIN + "; Access-Control-Request-Method: PUT",
                        "200; Access-Control-Allow-Origin: " + ORIGIN),
                // Errors can be read as well.
                new Row(
                        "3.2.3",
                        NAMED,
                        "GET /none; Origin: " + ORIGIN,
                        "404; Access-Control-Allow-Origin: " + ORIGIN + "; Vary: Origin"),
                new Row(
                        "3.2.3",
                        NAMED,
                        "DELETE /x; Origin: " + ORIGIN,
                        "405; Access-Control-Allow-Origin: " + ORIGIN + "; Vary: Origin"),
                new Row(
                        "3.2.3",
                        NAMED,
                        "GET /error; Origin: " + ORIGIN,
                        "418; Access-Control-Allow-Origin: " + ORIGIN + "; Vary: Origin"),
                new Row(
                        "3.2.3",
                        NAMED,
                        "GET /bug; Origin: " + ORIGIN,
                        "500; Access-Control-Allow-Origin: " + ORIGIN + "; Vary: Origin"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isAsTheFetchStandardHasIt(Row row) {
        String[] request = row.request().split("; ");
        TestClient client = client(row.cors());
        for (int i = 1; i < request.length; i++) {
            String[] field = request[i].split(": ", 2);
            client = client.with(field[0], field[1]);
        }
        String[] line = request[0].split(" ");
        TestResponse response = client.request(line[0], line[1], new byte[0]);
        String[] expected = row.expected().split("; ");
        assertThat(response.status()).isEqualTo(Integer.parseInt(expected[0]));
        for (String field : Arrays.copyOfRange(expected, 1, expected.length)) {
            String[] parts = field.split(": ", 2);
            if (field.startsWith("!")) {
                assertThat(response.headers().contains(field.substring(1)))
                        .as(response.toString())
                        .isFalse();
            } else {
                assertThat(String.join(", ", response.headers().all(parts[0])))
                        .as(parts[0])
                        .isEqualTo(parts[1]);
            }
        }
    }

    @Test
    void aDisallowedOriginStillRunsTheView() {
        assertThat(client(NAMED)
                        .with("Origin", "https://evil.example")
                        .put("/x", "")
                        .text())
                .isEqualTo("put");
    }

    @Test
    void theErrorOfABadPreflightSaysWhatIsWrongAndIsWrittenByTheHandlersOfTheApp() {
        App app = new App();
        app.use((req, res, next) -> {
            res.headers().add("Vary", "Accept-Encoding");
            return next.handle(req, res);
        });
        app.use(NAMED);
        app.onError(HttpError.class, ErrorHandlers.problem());
        TestResponse response = TestClient.of(app)
                .with("Origin", ORIGIN)
                .with("Access-Control-Request-Method", "DELETE")
                .options("/x");
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.text())
                .contains("Access-Control-Request-Method: expected one that is allowed, got 'DELETE'.");
        assertThat(response.headers().all("Vary")).containsExactly("Accept-Encoding, Origin");
    }

    @Test
    void anAnswerThatDidNotComeInTimeCanBeReadAsWell() {
        App app = new App(Settings.defaults().timeout(Duration.ofMillis(20)));
        app.use(NAMED);
        app.get("/", (req, res) -> new CompletableFuture<>());
        TestResponse response = TestClient.of(app).with("Origin", ORIGIN).get("/");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(response.header("Vary")).isEqualTo("Origin");
    }

    @Test
    void aRouteHasItsOwn() {
        App app = new App();
        app.get("/open", (req, res) -> res.text("open")).use(PUBLIC);
        app.get("/closed", (req, res) -> res.text("closed"));
        TestClient client = TestClient.of(app).with("Origin", ORIGIN);
        assertThat(client.get("/open").header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(client.get("/closed").header("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void optionsAreOfTheObjectTheyReturn() {
        Cors first = Cors.allow(ORIGIN);
        first.credentials().maxAge(Duration.ZERO);
        assertThat(client(first).with("Origin", ORIGIN).get("/x").header("Access-Control-Allow-Credentials"))
                .isNull();
    }

    /** What a pattern takes for it is the app's, and how long it can take, too: so the length is bounded. */
    @ParameterizedTest
    @CsvSource({"511, true", "512, true", "513, false", "100000, false"})
    void anOriginThatIsTooLongIsComparedToNoPattern(int length, boolean allowed) {
        String label = "a".repeat(length - "https://.example".length());
        String origin = "https://" + label + ".example";
        assertThat(origin).hasSize(length);
        Cors any = Cors.allow(Pattern.compile("https://[a-z]+\\.example"));
        assertThat(client(any).with("Origin", origin).get("/x").header("Access-Control-Allow-Origin"))
                .isEqualTo(allowed ? origin : null);
    }

    @Test
    void whatVariesBeforeAndAfterTheAnswerIsToldOnce() {
        App app = new App();
        app.use(NAMED);
        app.get(
                "/later",
                (req, res) -> CompletableFuture.runAsync(() -> {})
                        .thenCompose(done -> res.header("Vary", "Accept").text("x")));
        assertThat(TestClient.of(app).get("/later").headers().all("Vary")).containsExactly("Accept, Origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.example",
                "https://app.example/",
                "https://app.example/path",
                "https://App.example",
                "https://app.example:443",
                "http://app.example:80",
                "https://*.app.example",
                "https://user@app.example",
                "null",
                ""
            })
    void whatNoBrowserSendsIsRefusedAtOnce(String origin) {
        assertRefused(() -> Cors.allow(origin), "Cors.allow: expected an origin like https://app.example");
        assertRefused(() -> Cors.allow("*", origin), "Cors.allow: expected an origin like https://app.example");
    }

    @ParameterizedTest
    @CsvSource({
        "https://[2001:db8::1]:8443",
        "https://xn--caf-dma.example",
        "http://127.0.0.1:8000",
        "app://obsidian.md"
    })
    void whatBrowsersSendIsTaken(String origin) {
        assertThat(client(Cors.allow(origin)).with("Origin", origin).get("/x").header("Access-Control-Allow-Origin"))
                .isEqualTo(origin);
    }

    @Test
    void mistakesAreRefusedAtOnce() {
        assertRefused(Cors::allow, "Cors.allow: expected an origin, got none");
        assertRefused(() -> PUBLIC.credentials(), "Cors.credentials: expected origins by name, got '*'");
        assertRefused(() -> NAMED.methods(), "Cors.methods: expected a name, got none");
        assertRefused(() -> NAMED.methods("GET, PUT"), "Cors.methods: expected names, or * alone, got 'GET, PUT'");
        assertRefused(() -> NAMED.methods("GET", "*"), "Cors.methods: expected names, or * alone, got '*'");
        assertRefused(() -> NAMED.headers("X Token"), "Cors.headers: expected names, or * alone, got 'X Token'");
        assertRefused(() -> NAMED.expose("*"), "Cors.expose: expected names of header fields, got '*'");
        assertRefused(() -> NAMED.maxAge(Duration.ofSeconds(-1)), "Cors.maxAge: expected 0 seconds or more, got '-1'");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatExceptionOfType(StartupError.class).isThrownBy(call).withMessageStartingWith(message);
    }
}
