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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each built-in middleware by settings alone; what it does is in the test of its class. */
class BuiltInsTest {

    private static final String ZIPPED = "Content-Encoding: gzip";
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
        app.get(
                "/who",
                (req, res) -> res.text(req.session().find("user", String.class).orElse("nobody")));
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
                        "security-headers=true;security-headers.content-security-policy=default-src *"
                                + ";security-headers.content-security-policy-report-only=img-src *, default-src 'none'",
                        "",
                        "/",
                        csp + "-Report-Only: img-src *; default-src 'none'"),
                arguments(
                        "security-headers=true;security-headers.content-security-policy=frame-ancestors 'none'",
                        "",
                        "/",
                        csp + ": frame-ancestors 'none'"),
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
                arguments("gzip=true;gzip.min-size=9;gzip.types=text/*", "Accept-Encoding: gzip", "/large", ZIPPED),
                arguments(
                        "gzip=true;gzip.min-size=9;gzip.types=image/*, application/json",
                        "Accept-Encoding: gzip",
                        "/large",
                        "Content-Encoding:"),
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
                    pair.substring(0, pair.indexOf('=')), value.contains("-src ") ? value.replace(',', ';') : value);
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

    static Stream<Arguments> cookies() {
        String session = "session=[^;]+; Path=/; Max-Age=1209600";
        return Stream.of(
                arguments("", session + "; HttpOnly; SameSite=Lax"),
                arguments("sessions.cookie.secure=true", session + "; Secure; HttpOnly; SameSite=Lax"),
                arguments("sessions.cookie.secure=false", session + "; HttpOnly; SameSite=Lax"),
                arguments("sessions.cookie.secure=auto", session + "; HttpOnly; SameSite=Lax"),
                arguments("sessions.cookie.same-site=strict", session + "; HttpOnly; SameSite=Strict"),
                arguments("sessions.cookie.same-site=None", session + "; Secure; HttpOnly; SameSite=None"),
                arguments("sessions.cookie.http-only=false", session + "; SameSite=Lax"),
                arguments(
                        "sessions.cookie.partitioned=true", session + "; Secure; HttpOnly; SameSite=Lax; Partitioned"),
                arguments(
                        "sessions.cookie.path=/login;sessions.cookie.domain=app.example",
                        "session=[^;]+; Path=/login; Domain=app.example; Max-Age=1209600; HttpOnly; SameSite=Lax"),
                arguments(
                        "sessions.cookie=__Host-id",
                        "__Host-id=[^;]+; Path=/; Max-Age=1209600; Secure; HttpOnly; SameSite=Lax"));
    }

    @ParameterizedTest
    @MethodSource("cookies")
    void theCookieOfSessionsHasWhatSettingsSay(String settings, String cookie) {
        Map<String, String> all = settings.isEmpty() ? new HashMap<>() : settings(settings);
        all.put("sessions.key", KEY);
        assertThat(client(all).get("/login").header("Set-Cookie")).matches(cookie);
    }

    @Test
    void aCookieIsSecureByItselfOnHttpsUnlessSettingsSayNo() {
        Map<String, String> settings = new HashMap<>(Map.of("sessions.key", KEY));
        settings.put("forwarded-headers.proxies", "127.0.0.1");
        assertThat(overHttps(settings)).contains("; Secure;");
        settings.put("sessions.cookie.secure", "false");
        assertThat(overHttps(settings)).doesNotContain("Secure");
    }

    private static @Nullable String overHttps(Map<String, String> settings) {
        return client(settings).with("X-Forwarded-Proto", "https").get("/login").header("Set-Cookie");
    }

    @Test
    void anOlderKeyOpensWhatItHasSigned() {
        String older = "fedcba9876543210fedcba9876543210";
        String cookie = client(Map.of("sessions.key", older)).get("/login").header("Set-Cookie");
        String pair = String.valueOf(cookie).substring(0, String.valueOf(cookie).indexOf(';'));
        assertThat(client(Map.of("sessions.key", KEY, "sessions.older-keys", older))
                        .with("Cookie", pair)
                        .get("/who")
                        .text())
                .isEqualTo("Ada");
        assertThat(client(Map.of("sessions.key", KEY))
                        .with("Cookie", pair)
                        .get("/who")
                        .text())
                .isEqualTo("nobody");
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

    /** A message names each setting that it is about, and its source. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cors.allow-origins=app.example | cors.allow-origins | Cors.allow: expected an origin like",
                "cors.allow-origins=*;cors.allow-credentials=on | cors.allow-credentials |"
                        + " Cors.credentials: expected origins by name, got '*'.",
                "cors.allow-origins=*;cors.allow-methods=A B | cors.allow-methods | Cors.methods: expected names,",
                "cors.allow-origins=*;cors.allow-headers= | cors.allow-headers | Cors.headers: expected a name, got none.",
                "cors.allow-origins=*;cors.expose-headers=* | cors.expose-headers | Cors.expose: expected names",
                "cors.allow-origins=*;cors.allow-origin-pattern=x | cors.allow-origins, cors.allow-origin-pattern |"
                        + " expected one of both, got both. Leave one out.",
                "cors.allow-origin-pattern=( | cors.allow-origin-pattern | expected a regular expression, got one with",
                "sessions.key=short | sessions.key | sessions: expected a key of at least 32 bytes, got 5 bytes.",
                "sessions.key= | sessions.key | sessions: expected a key of at least 32 bytes, got 0 bytes.",
                "sessions.key=K;sessions.older-keys=x | sessions.older-keys | sessions: expected a key",
                "sessions.key=K;sessions.max-age=0 | sessions.max-age | sessions: expected an age of a second or more",
                "sessions.key=K;sessions.cookie=a b | sessions.cookie | cookie: expected a name that is a token",
                "sessions.key=K;sessions.cookie.same-site=lose | sessions.cookie.same-site |"
                        + " expected one of strict, lax, none, got 'lose'.",
                "sessions.key=K;sessions.cookie.same-site=none;sessions.cookie.secure=false |"
                        + " sessions.cookie.secure, sessions.cookie.same-site | cookie session: expected to be Secure",
                "sessions.key=K;sessions.cookie=__Host-a;sessions.cookie.domain=a.example |"
                        + " sessions.cookie, sessions.cookie.domain | cookie __Host-a: expected no domain",
                "sessions.key=K;sessions.cookie.path=a | sessions.cookie.path | cookie session: expected a path",
                "csrf=true | csrf | expected 'sessions.key' with it, got none. Give that too, or leave this one out.",
                "sessions.key=K;csrf=true;csrf.trusted-origins=x | csrf.trusted-origins | csrf: expected an origin",
                "gzip=true;gzip.level=10 | gzip.level | expected a whole number from 1 to 9, got '10'.",
                "gzip=true;gzip.types=json | gzip.types | Gzip.types: expected a media type like application/json",
                "rate-limit.requests=0 | rate-limit.requests | expected a whole number, 1 or more, got '0'.",
                "rate-limit.requests=1;rate-limit.time=0 | rate-limit.time | RateLimit: expected a time of a nanosecond",
                "concurrency-limit.requests=1;concurrency-limit.retry-after=0 | concurrency-limit.retry-after |"
                        + " ConcurrencyLimit: expected 1 request or more",
                "hsts=on;hsts.preload=on;hsts.max-age=1h | hsts.preload | Hsts.maxAge: expected a year or more",
                "request-id=on;request-id.header=a b | request-id.header | RequestId.header: expected a name",
                "allowed-hosts=a b | allowed-hosts | AllowedHosts: expected a host like app.example",
                "forwarded-headers.proxies=x | forwarded-headers.proxies | ForwardedHeaders.xForwarded: expected",
                "forwarded-headers.proxies=::1;forwarded-headers.rfc7239=on;forwarded-headers.prefix=on |"
                        + " forwarded-headers.prefix | ForwardedHeaders.prefix: expected the headers X-Forwarded",
                "security-headers=on;security-headers.frame-options=ALL | security-headers.frame-options |"
                        + " SecurityHeaders.frameOptions: expected one of DENY, SAMEORIGIN, got 'ALL'.",
                "security-headers=on;security-headers.without=Server | security-headers.without |"
                        + " SecurityHeaders.without: expected one of",
                "security-headers=on;security-headers.content-security-policy=img-src self |"
                        + " security-headers.content-security-policy | ContentSecurityPolicy: expected a value of img-src like",
            })
    void whatCannotBeMeantIsAStartupError(String settings, String keys, String message) {
        Settings loaded = Settings.of(settings(settings.replace("=K", "=" + KEY)));
        String places = Stream.of(keys.split(", "))
                .map(key -> "setting '" + key + "' (Settings.of)")
                .collect(Collectors.joining(", "));
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> new App(loaded))
                .withMessageStartingWith(places + ": " + message)
                .withMessageNotContaining(KEY);
    }

    /** What switches a middleware on; everything else needs one of these. */
    private static final Set<String> SWITCHES = Set.of(
            "forwarded-headers.proxies",
            "request-id",
            "access-log",
            "security-headers",
            "allowed-hosts",
            "hsts",
            "cors.allow-origins",
            "cors.allow-origin-pattern",
            "rate-limit.requests",
            "concurrency-limit.requests",
            "gzip",
            "sessions.key");

    static Stream<Arguments> dependent() {
        return new BuiltIns()
                .settings().stream()
                        .filter(key -> !SWITCHES.contains(key.name()))
                        .map(key -> arguments(
                                key.name(),
                                switch (key.type()) {
                                    case "true or false" -> "true";
                                    case "number", "bytes" -> "1";
                                    case "duration" -> "1s";
                                    case "text", "list" -> "x";
                                    default ->
                                        key.type().substring(0, key.type().indexOf(','));
                                }));
    }

    @ParameterizedTest
    @MethodSource("dependent")
    void aSettingThatWouldBeWithoutEffectIsAStartupError(String key, String value) {
        Settings loaded = Settings.of(Map.of(key, value));
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> new App(loaded))
                .withMessageMatching(
                        "setting '" + key + "' \\(Settings\\.of\\): expected '[a-z.-]+'( or '[a-z.-]+')? with it,"
                                + " got none\\. Give that too, or leave this one out\\.");
    }

    @Test
    void itsMessageNamesTheSwitches() {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> client(Map.of("cors.max-age", "1h")))
                .withMessage("setting 'cors.max-age' (Settings.of): expected 'cors.allow-origins' or"
                        + " 'cors.allow-origin-pattern' with it, got none. Give that too, or leave this one out.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "csrf=false",
                "sessions.encrypted=no",
                "gzip=false;gzip.level=9",
                "hsts=off;hsts.max-age=1h",
                "cors.allow-origin-pattern=x;cors.max-age=1h"
            })
    void whatIsSwitchedOffNeedsNothing(String settings) {
        assertThat(client(settings(settings)).get("/").status()).isEqualTo(200);
    }

    @Test
    void ofWhatIsSwitchedOffTheValuesAreCheckedToo() {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> client(Map.of("gzip", "off", "gzip.level", "ten")))
                .withMessageStartingWith("setting 'gzip.level' (Settings.of): expected a whole number");
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
