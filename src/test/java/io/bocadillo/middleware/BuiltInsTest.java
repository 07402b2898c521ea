package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.bocadillo.App;
import io.bocadillo.CapturedLog;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each built-in middleware by settings alone; what it does is in the test of its class. */
class BuiltInsTest {

    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private static TestClient client(Map<String, String> settings) {
        App app = new App(Settings.of(settings));
        app.get("/", (req, res) -> res.text(req.scheme() + " " + req.remoteAddress() + " " + req.basePath()));
        app.get("/large", (req, res) -> res.text("x".repeat(600)));
        app.post("/", (req, res) -> res.text("posted")).name("post");
        app.get("/login", (req, res) -> {
            req.session().put("user", "Ada");
            return res.text("in");
        });
        return TestClient.of(app);
    }

    /** Settings, headers of the request, and a header of the answer. */
    static Stream<Arguments> effects() {
        String csp = "Content-Security-Policy";
        return Stream.of(
                arguments("request-id=true", "X-Request-ID: 7", "/", "X-Request-ID: 7"),
                arguments("request-id=true;request-id.header=Trace", "Trace: 7", "/", "Trace: 7"),
                arguments("security-headers=true", "", "/", "X-Frame-Options: DENY"),
                arguments("security-headers=true", "", "/none", "Referrer-Policy: same-origin"),
                arguments(
                        "security-headers=true;security-headers.frame-options=SAMEORIGIN",
                        "",
                        "/",
                        "X-Frame-Options: SAMEORIGIN"),
                arguments(
                        "security-headers=true;security-headers.referrer-policy=no-referrer",
                        "",
                        "/",
                        "Referrer-Policy: no-referrer"),
                arguments(
                        "security-headers=true;security-headers.opener-policy=unsafe-none",
                        "",
                        "/",
                        "Cross-Origin-Opener-Policy: unsafe-none"),
                arguments(
                        "security-headers=true;security-headers.permissions-policy=camera=()",
                        "",
                        "/",
                        "Permissions-Policy: camera=()"),
                arguments(
                        "security-headers=true;security-headers.without=x-frame-options", "", "/", "X-Frame-Options:"),
                arguments(
                        "security-headers=true;security-headers.content-security-policy=default-src 'self', img-src *,",
                        "",
                        "/",
                        csp + ": default-src 'self'; img-src *"),
                arguments(
                        "security-headers=true;security-headers.report-only=true"
                                + ";security-headers.content-security-policy=default-src 'none'",
                        "",
                        "/",
                        csp + "-Report-Only: default-src 'none'"),
                arguments("hsts=true", "", "/", "Strict-Transport-Security:"),
                arguments(
                        "hsts=true;forwarded-headers.proxies=127.0.0.1",
                        "X-Forwarded-Proto: https",
                        "/",
                        "Strict-Transport-Security: max-age=31536000"),
                arguments(
                        "hsts=true;hsts.max-age=1h;hsts.include-sub-domains=true;forwarded-headers.proxies=127.0.0.1",
                        "X-Forwarded-Proto: https",
                        "/",
                        "Strict-Transport-Security: max-age=3600; includeSubDomains"),
                arguments(
                        "hsts=true;hsts.preload=true;forwarded-headers.proxies=127.0.0.1",
                        "X-Forwarded-Proto: https",
                        "/",
                        "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload"),
                arguments("hsts=true", "Host: app.example", "/", "Location: https://app.example/"),
                arguments("hsts=true;hsts.port=8443", "Host: app.example", "/", "Location: https://app.example:8443/"),
                arguments("hsts=true;hsts.redirect=false", "Host: app.example", "/", "Location:"),
                arguments(
                        "cors.allow-origins=https://a.example, https://b.example",
                        "Origin: https://b.example",
                        "/",
                        "Access-Control-Allow-Origin: https://b.example"),
                arguments("cors.allow-origins=*", "Origin: https://c.example", "/", "Access-Control-Allow-Origin: *"),
                arguments(
                        "cors.allow-origins=https://a.example",
                        "Origin: https://c.example",
                        "/",
                        "Access-Control-Allow-Origin:"),
                arguments(
                        "cors.allow-origin-pattern=https://[a-z]+\\.example",
                        "Origin: https://c.example",
                        "/",
                        "Access-Control-Allow-Origin: https://c.example"),
                arguments(
                        "cors.allow-origins=https://a.example;cors.allow-credentials=true",
                        "Origin: https://a.example",
                        "/",
                        "Access-Control-Allow-Credentials: true"),
                arguments(
                        "cors.allow-origins=*;cors.expose-headers=X-A, X-B",
                        "Origin: https://a.example",
                        "/",
                        "Access-Control-Expose-Headers: X-A, X-B"),
                arguments("gzip=true", "Accept-Encoding: gzip", "/large", "Content-Encoding:"),
                arguments("gzip=true;gzip.min-size=512", "Accept-Encoding: gzip", "/large", "Content-Encoding: gzip"),
                arguments("gzip=false;gzip.min-size=512", "Accept-Encoding: gzip", "/large", "Content-Encoding:"));
    }

    @ParameterizedTest
    @MethodSource("effects")
    void settingsSwitchMiddlewareOnAndSetIt(String settings, String sent, String path, String expected) {
        TestClient client = client(settings(settings));
        if (!sent.isEmpty()) {
            client = client.with(name(sent), value(sent));
        }
        String header = client.get(path).header(name(expected));
        assertThat(header == null ? "" : header).isEqualTo(value(expected));
    }

    /** Commas in this table stand for the semicolons of policies. */
    private static Map<String, String> settings(String text) {
        Map<String, String> settings = new HashMap<>();
        for (String pair : text.split(";")) {
            String value = pair.substring(pair.indexOf('=') + 1);
            settings.put(
                    pair.substring(0, pair.indexOf('=')), value.contains("-src") ? value.replace(',', ';') : value);
        }
        return settings;
    }

    private static String name(String header) {
        return header.substring(0, header.indexOf(':'));
    }

    private static String value(String header) {
        return header.substring(header.indexOf(':') + 1).strip();
    }

    @Test
    void withoutSettingsThereIsNone() {
        TestResponse response = client(Map.of())
                .with("Origin", "https://a.example")
                .with("Accept-Encoding", "gzip")
                .get("/large");
        assertThat(response.status()).isEqualTo(200);
        for (String header :
                List.of("X-Request-ID", "X-Frame-Options", "Access-Control-Allow-Origin", "Vary", "Content-Encoding")) {
            assertThat(response.header(header)).as(header).isNull();
        }
    }

    @Test
    void aPreflightIsAnswered() {
        TestClient client = client(Map.of(
                        "cors.allow-origins", "https://a.example",
                        "cors.allow-methods", "PUT",
                        "cors.allow-headers", "X-A",
                        "cors.max-age", "1h"))
                .with("Origin", "https://a.example")
                .with("Access-Control-Request-Method", "PUT")
                .with("Access-Control-Request-Headers", "x-a");
        TestResponse response = client.options("/");
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.header("Access-Control-Max-Age")).isEqualTo("3600");
    }

    @Test
    void proxiesAreBelieved() {
        TestClient client = client(Map.of("forwarded-headers.proxies", "127.0.0.1", "forwarded-headers.prefix", "true"))
                .with("X-Forwarded-For", "192.0.2.7")
                .with("X-Forwarded-Prefix", "/shop");
        assertThat(client.get("/").text()).isEqualTo("http 192.0.2.7 /shop");
        TestClient standard = client(
                        Map.of("forwarded-headers.proxies", "127.0.0.0/8", "forwarded-headers.rfc7239", "true"))
                .with("Forwarded", "for=192.0.2.8;proto=https");
        assertThat(standard.get("/").text()).isEqualTo("https 192.0.2.8 ");
    }

    @Test
    void theHostIsBelievedIfToldSo() {
        Map<String, String> settings =
                new HashMap<>(Map.of("forwarded-headers.proxies", "127.0.0.1", "allowed-hosts", "app.example"));
        assertThat(client(settings)
                        .with("X-Forwarded-Host", "app.example")
                        .get("/")
                        .status())
                .isEqualTo(400);
        settings.put("forwarded-headers.host", "true");
        assertThat(client(settings)
                        .with("X-Forwarded-Host", "app.example")
                        .get("/")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void requestsAreCounted() {
        TestClient rate = client(Map.of("rate-limit.requests", "2", "rate-limit.time", "1h", "rate-limit.burst", "1"));
        assertThat(rate.get("/").status()).isEqualTo(200);
        assertThat(rate.get("/").status()).isEqualTo(429);
        TestClient one = client(Map.of("concurrency-limit.requests", "1", "concurrency-limit.retry-after", "7s"));
        assertThat(one.get("/").status()).isEqualTo(200);
        assertThat(one.get("/").status()).isEqualTo(200);
    }

    @Test
    void sessionsAreSigned() {
        TestClient client = client(Map.of(
                "sessions.key", KEY, "sessions.cookie", "basket", "sessions.max-age", "1h", "sessions.rolling", "on"));
        assertThat(client.get("/login").header("Set-Cookie"))
                .startsWith("basket=")
                .contains("Max-Age=3600");
    }

    @Test
    void forgeriesAreRefused() {
        Map<String, String> settings = new HashMap<>(Map.of("sessions.key", KEY, "csrf", "true"));
        assertThat(client(settings).post("/").status()).isEqualTo(403);
        settings.put("csrf.exempt", "post");
        assertThat(client(settings).post("/").status()).isEqualTo(200);
    }

    @Test
    void theAccessLogHasTheIdentifierAndRefusals() {
        try (CapturedLog log = new CapturedLog()) {
            client(Map.of("access-log", "true", "request-id", "true", "allowed-hosts", "a.example"))
                    .with("X-Request-ID", "seven")
                    .get("/");
            assertThat(log.lines("INFO")).singleElement().asString().contains("status=400", "id=seven");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"allowed-hosts", "cors.allow-origins", "forwarded-headers.proxies"})
    void aListThatIsEmptyIsAMistake(String key) {
        assertThatExceptionOfType(StartupError.class).isThrownBy(() -> client(Map.of(key, "")));
    }

    @Test
    void theAccessLogHasTheLoggerThatIsNamed() {
        System.setProperty("org.slf4j.simpleLogger.log.silent", "off");
        try (CapturedLog log = new CapturedLog()) {
            client(Map.of("access-log", "true", "access-log.logger", "silent")).get("/");
            assertThat(log.lines("INFO")).isEmpty();
        } finally {
            System.clearProperty("org.slf4j.simpleLogger.log.silent");
        }
    }

    @Test
    void refusalsHaveTheSecurityHeadersAndScriptsMayReadThatTheyAskTooOften() {
        TestClient client = client(Map.of(
                        "security-headers", "true",
                        "cors.allow-origins", "*",
                        "rate-limit.requests", "1",
                        "allowed-hosts", "a.example"))
                .with("Origin", "https://b.example");
        assertThat(client.get("/").header("X-Frame-Options")).isEqualTo("DENY");
        TestClient allowed = client.with("Host", "a.example");
        assertThat(allowed.get("/").status()).isEqualTo(200);
        assertThat(allowed.get("/").status()).isEqualTo(429);
        assertThat(allowed.get("/").header("Access-Control-Allow-Origin")).isEqualTo("*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cors.allow-origins=app.example | Cors.allow: expected an origin",
                "cors.allow-origins=*;cors.allow-credentials=on | Cors.credentials: expected origins by name",
                "cors.allow-origins=*;cors.allow-origin-pattern=x | setting 'cors.allow-origin-pattern': expected no",
                "cors.allow-origin-pattern=( | setting 'cors.allow-origin-pattern': expected a regular expression",
                "sessions.key=short | sessions: expected a key",
                "sessions.key= | sessions: expected a key",
                "csrf=true | setting 'csrf': expected 'sessions.key' with it, got none.",
                "gzip=true;gzip.level=10 | setting 'gzip.level' (Settings.of): expected a whole number from 1 to 9",
                "rate-limit.requests=0 | setting 'rate-limit.requests' (Settings.of): expected a whole number, 1 or more",
                "security-headers=on;security-headers.content-security-policy=img-src * | setting"
                        + " 'security-headers.content-security-policy': expected to begin with default-src",
            })
    void whatCannotBeMeantIsAStartupError(String settings, String message) {
        Settings loaded = Settings.of(settings(settings));
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> new App(loaded))
                .withMessageStartingWith(message);
    }

    @Test
    void theKeysOfSessionsAreSecrets() {
        Settings settings = Settings.of(Map.of("sessions.key", KEY, "sessions.older-keys", KEY));
        assertThat(settings.toString()).doesNotContain(KEY).contains("sessions.key=***", "sessions.older-keys=***");
    }

    @Test
    void everySettingIsDeclared() {
        List<SettingKey<?>> declared = new BuiltIns().settings();
        assertThat(declared.stream().map(SettingKey::name))
                .doesNotHaveDuplicates()
                .startsWith("forwarded-headers.proxies")
                .endsWith("csrf.exempt");
    }
}
