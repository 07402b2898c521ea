package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.App;
import io.bocadillo.CapturedLog;
import io.bocadillo.HttpError;
import io.bocadillo.StartupError;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HstsTest {

    private static final String NAME = "Strict-Transport-Security";

    private static TestClient http(Hsts hsts) {
        App app = new App();
        app.use(ForwardedHeaders.xForwarded("127.0.0.1").prefix());
        app.use(hsts);
        app.any("/x/{rest:path}", (req, res) -> res.text("x"));
        app.get("/error", (req, res) -> {
            throw new HttpError(418);
        });
        app.get("/bug", (req, res) -> {
            throw new IllegalStateException("SECRET");
        });
        return TestClient.of(app).with("Host", "app.example");
    }

    private static TestClient https(Hsts hsts) {
        return http(hsts).with("X-Forwarded-Proto", "https");
    }

    /** Each row names the section of RFC 6797. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6.1.1 | https | /x/1   | 200 | max-age=31536000",
                "6.1.1 | https | /none  | 404 | max-age=31536000",
                "6.1.1 | https | /error | 418 | max-age=31536000",
                "6.1.1 | https | /bug   | 500 | max-age=31536000",
                "7.2   | http  | /x/1   | 308 | ",
                "7.2   | http  | /none  | 308 | ",
            })
    void theHeaderGoesOverHttpsAlone(String section, String scheme, String path, int status, String header) {
        TestResponse response = (scheme.equals("https") ? https(new Hsts()) : http(new Hsts())).get(path);
        assertThat(response.status()).as("section %s", section).isEqualTo(status);
        assertThat(response.headers().all(NAME))
                .as("section %s", section)
                .isEqualTo(header == null ? List.of() : List.of(header));
    }

    @Test
    void theDirectivesAreThoseThatAreSet() {
        assertThat(header(new Hsts().maxAge(Duration.ofHours(1)))).isEqualTo("max-age=3600");
        assertThat(header(new Hsts().maxAge(Duration.ZERO))).isEqualTo("max-age=0");
        assertThat(header(new Hsts().includeSubDomains())).isEqualTo("max-age=31536000; includeSubDomains");
        assertThat(header(new Hsts().preload())).isEqualTo("max-age=31536000; includeSubDomains; preload");
        assertThat(header(new Hsts()
                        .includeSubDomains()
                        .maxAge(Duration.ofDays(730))
                        .preload()))
                .isEqualTo("max-age=63072000; includeSubDomains; preload");
    }

    /** RFC 6797, section 7.2: to the same URI, with the scheme https. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app.example      | /x/1                | https://app.example/x/1",
                "app.example:8000 | /x/1?a=b%20c&d=/    | https://app.example/x/1?a=b%20c&d=/",
                "APP.example.     | /x/a%20b/           | https://app.example/x/a%20b/",
                "app.example      | /x/100%25%3F%23     | https://app.example/x/100%25%3F%23",
                "app.example      | /x/caf%C3%A9;v=1    | https://app.example/x/caf%C3%A9",
                "app.example      | /x//evil.example    | ",
                "[2001:db8::1]:80 | /x/1                | https://[2001:db8::1]/x/1",
                "192.0.2.1        | /                   | https://192.0.2.1/",
            })
    void whatComesByHttpIsRedirected(String host, String target, String location) {
        TestResponse response = http(new Hsts()).with("Host", host).get(target);
        assertThat(response.status()).isEqualTo(location == null ? 400 : 308);
        assertThat(response.header("Location")).isEqualTo(location);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
    void theMethodStays(String method) {
        assertThat(http(new Hsts()).request(method, "/x/1", new byte[0]).status())
                .isEqualTo(308);
        assertThat(https(new Hsts()).request(method, "/x/1", new byte[0]).status())
                .isEqualTo(200);
    }

    @Test
    void thePrefixThatAProxyHasTakenAwayIsInTheRedirect() {
        assertThat(http(new Hsts())
                        .with("X-Forwarded-Prefix", "/shop")
                        .get("/x/1")
                        .header("Location"))
                .isEqualTo("https://app.example/shop/x/1");
    }

    @Test
    void anotherPortIsInTheRedirect() {
        assertThat(http(new Hsts().port(8443)).get("/x/1").header("Location"))
                .isEqualTo("https://app.example:8443/x/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "evil.example/path", "a@evil.example", "app.example evil"})
    void aHostThatIsNoneIsNotRedirectedTo(String host) {
        TestResponse response = http(new Hsts()).with("Host", host).get("/x/1");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.header("Location")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:8000", "api.localhost", "127.0.0.1:8000", "127.1.2.3", "[::1]:8000"})
    void requestsToThisMachineAreLeftAlone(String host) {
        TestResponse response = http(new Hsts()).with("Host", host).get("/x/1");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header(NAME)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost.evil.example", "notlocalhost", "[::2]", "128.0.0.1"})
    void othersAreNot(String host) {
        assertThat(http(new Hsts()).with("Host", host).get("/x/1").status()).isEqualTo(308);
    }

    /** As behind a proxy that asks for 127.0.0.1, whoever asked it. */
    @Test
    void aStrangerWhoAsksForThisMachineIsLoggedOnce() {
        TestClient client = http(new Hsts()).with("Host", "127.0.0.1:8000");
        try (CapturedLog log = new CapturedLog()) {
            client.get("/x/1");
            client.with("X-Forwarded-For", "::1").get("/x/1");
            assertThat(log.text()).isEmpty();
            for (int i = 0; i < 3; i++) {
                assertThat(client.with("X-Forwarded-For", "192.0.2.1")
                                .get("/x/1")
                                .status())
                        .isEqualTo(200);
            }
            assertThat(log.text())
                    .containsOnlyOnce(
                            "hsts: expected the host '127.0.0.1' from this machine alone, got it from 192.0.2.1,");
        }
    }

    @Test
    void theRedirectCanBeLeftOut() {
        assertThat(http(new Hsts().withoutRedirect()).get("/x/1").status()).isEqualTo(200);
        assertThat(http(new Hsts().withoutRedirect()).get("/x/1").header(NAME)).isNull();
        assertThat(https(new Hsts().withoutRedirect()).get("/x/1").header(NAME)).isEqualTo("max-age=31536000");
    }

    @Test
    void mistakesAreRefusedAtOnce() {
        assertRefused(() -> new Hsts().maxAge(Duration.ofSeconds(-1)), "Hsts.maxAge: expected 0 or more, got '-1'");
        assertRefused(
                () -> new Hsts().maxAge(Duration.ofDays(1)).preload(),
                "Hsts.maxAge: expected a year or more to be preloaded, got '86400'");
        assertRefused(
                () -> new Hsts().preload().maxAge(Duration.ofDays(1)),
                "Hsts.maxAge: expected a year or more to be preloaded, got '86400'");
        assertRefused(() -> new Hsts().port(0), "Hsts.port: expected 1 to 65535, got '0'");
        assertRefused(() -> new Hsts().port(65_536), "Hsts.port: expected 1 to 65535, got '65536'");
    }

    private static String header(Hsts hsts) {
        return https(hsts).get("/x/1").header(NAME);
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatExceptionOfType(StartupError.class).isThrownBy(call).withMessageStartingWith(message);
    }
}
