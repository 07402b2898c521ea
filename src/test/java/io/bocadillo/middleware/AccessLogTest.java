package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.CapturedLog;
import io.bocadillo.HttpError;
import io.bocadillo.Settings;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessLogTest {

    private final App app = new App(Settings.defaults().timeout(Duration.ofMillis(200)));

    /** The entry of the request, without the time it took. */
    private String entryOf(String method, String target) {
        try (CapturedLog log = new CapturedLog()) {
            TestClient.of(app).request(method, target, new byte[0]);
            return entry(log);
        }
    }

    private static String entry(CapturedLog log) {
        assertThat(log.lines("INFO")).singleElement().asString().containsPattern(" ms=[0-9]+\\.[0-9]{3} ");
        String line = log.lines("INFO").get(0);
        return line.substring(line.indexOf("method=")).replaceAll(" ms=[0-9.]+", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /items/7      | path=/items/7 status=200 bytes=6 end=sent route=/items/{id}",
                "GET    | /items/7?a=b  | path=/items/7 status=200 bytes=6 end=sent route=/items/{id}",
                "HEAD   | /items/7      | path=/items/7 status=200 bytes=0 end=sent route=/items/{id}",
                "GET    | /stream       | path=/stream status=200 bytes=9 end=sent route=/stream",
                "GET    | /empty        | path=/empty status=204 bytes=0 end=sent route=/empty",
                "GET    | /teapot       | path=/teapot status=418 bytes=28 end=sent route=/teapot",
                "GET    | /never        | path=/never status=503 bytes=48 end=sent route=/never",
                "DELETE | /empty        | path=/empty status=405 bytes=47 end=sent route=-",
            })
    void aLineTellsWhatWasAskedAndWhatBecameOfIt(String method, String target, String expected) {
        app.use(new AccessLog());
        app.get("/items/{id}", (req, res) -> res.text("item " + req.param("id")));
        app.get("/stream", (req, res) -> res.stream(Stream.of("one", "two", "end")));
        app.get("/empty", (req, res) -> res.empty());
        app.get("/never", (req, res) -> new CompletableFuture<>());
        app.get("/teapot", (req, res) -> {
            throw new HttpError(418);
        });
        assertThat(entryOf(method, target)).isEqualTo("method=" + method + " " + expected + " peer=127.0.0.1 id=-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a%2Fb           | /a%2Fb",
                "/x/../admin?q=1  | /x/../admin",
                "//evil.example   | //evil.example",
                "/a%0Db           | /a%0Db",
                "/a\"b=é          | '\"/a\\\"b=\\u00E9\"'",
            })
    void aPathThatIsRefusedIsInItAsItWasSent(String target, String path) {
        app.use(new AccessLog());
        assertThat(entryOf("GET", target))
                .startsWith("method=GET path=" + path + " status=400 bytes=")
                .contains(" route=- ");
    }

    @Test
    void anUnhandledErrorHasItsLineToo() {
        app.use(new AccessLog());
        app.get("/bug", (req, res) -> {
            throw new IllegalStateException("SECRET");
        });
        assertThat(entryOf("GET", "/bug"))
                .contains("status=500")
                .contains("end=sent")
                .doesNotContain("SECRET");
    }

    @Test
    void theLineOfAStreamComesAtItsEnd() throws InterruptedException {
        app.use(new AccessLog());
        app.get("/events", (req, res) -> res.events(events -> events.send("hello")));
        try (CapturedLog log = new CapturedLog()) {
            try (TestStream stream = TestClient.of(app).stream("/events")) {
                assertThat(stream.next()).contains("hello");
                assertThat(log.text()).doesNotContain("method=");
            }
            assertThat(entry(log)).contains("status=200 bytes=13 end=client-gone route=/events");
        }
    }

    @Test
    void whoAskedIsWhatMiddlewareBeforeItHasFoundOut() {
        app.use(ForwardedHeaders.xForwarded("127.0.0.1"));
        app.use(new RequestId());
        app.use(new AccessLog());
        app.get("/", (req, res) -> res.text("x"));
        try (CapturedLog log = new CapturedLog()) {
            TestClient.of(app)
                    .with("X-Forwarded-For", "2001:db8::7")
                    .with("X-Request-ID", "abc")
                    .get("/");
            assertThat(entry(log)).endsWith(" route=/ peer=2001:db8::7 id=abc");
        }
    }

    /** CWE-117. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/a%20status=500        | path=\"/a status=500\"",
                "/a%22b                 | path=\"/a\\\"b\"",
                "/a=b                   | path=\"/a=b\"",
                "/caf%C3%A9             | path=\"/caf\\u00E9\"",
                "/%E2%80%A8method=GET   | path=\"/\\u2028method=GET\"",
                "/%E2%80%AE             | path=\"/\\u202E\"",
                "/%F0%9F%8C%AE          | path=\"/\\uD83C\\uDF2E\"",
                "/${jndi:ldap:x}        | path=/${jndi:ldap:x}",
            })
    void nobodyWritesLinesOrFieldsOfTheirOwn(String target, String expected) {
        app.use(new AccessLog());
        assertThat(entryOf("GET", target))
                .isEqualTo("method=GET " + expected + " status=404 bytes=38 end=sent route=- peer=127.0.0.1 id=-");
    }

    @Test
    void itGoesToTheLoggerOfThatNameIfItsLevelIsOn() {
        System.setProperty("org.slf4j.simpleLogger.log.test.access.off", "warn");
        app.use(new AccessLog("test.access.off"));
        try (CapturedLog log = new CapturedLog()) {
            TestClient.of(app).get("/");
            assertThat(log.text()).isEmpty();
        } finally {
            System.clearProperty("org.slf4j.simpleLogger.log.test.access.off");
        }
    }
}
