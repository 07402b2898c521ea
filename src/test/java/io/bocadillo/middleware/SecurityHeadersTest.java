package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.App;
import io.bocadillo.StartupError;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityHeadersTest {

    private static TestClient client(SecurityHeaders headers) {
        App app = new App();
        app.use(headers);
        app.get("/", (req, res) -> res.html("<p>hi</p>"));
        app.get(
                "/framed",
                (req, res) -> res.header("x-frame-options", "SAMEORIGIN").html("<p>hi</p>"));
        app.get("/bug", (req, res) -> {
            throw new IllegalStateException("SECRET");
        });
        return TestClient.of(app);
    }

    @ParameterizedTest
    @CsvSource({"GET, /, 200", "GET, /none, 404", "POST, /, 405", "OPTIONS, /, 204", "GET, /bug, 500"})
    void everyAnswerHasThem(String method, String path, int status) {
        TestResponse response = client(new SecurityHeaders()).request(method, path, new byte[0]);
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers().all("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(response.headers().all("Referrer-Policy")).containsExactly("same-origin");
        assertThat(response.headers().all("X-Frame-Options")).containsExactly("DENY");
        assertThat(response.headers().all("Cross-Origin-Opener-Policy")).containsExactly("same-origin");
        assertThat(response.header("Content-Security-Policy")).isNull();
        assertThat(response.header("Permissions-Policy")).isNull();
    }

    @Test
    void whatTheViewSetsStays() {
        assertThat(client(new SecurityHeaders()).get("/framed").headers().all("X-Frame-Options"))
                .containsExactly("SAMEORIGIN");
    }

    @Test
    void whatAMiddlewareBeforeItHasSetStays() {
        App app = new App();
        app.use((req, res, next) -> {
            res.header("Referrer-Policy", "no-referrer");
            return next.handle(req, res);
        });
        app.use(new SecurityHeaders());
        assertThat(TestClient.of(app).get("/").headers().all("Referrer-Policy")).containsExactly("no-referrer");
    }

    @Test
    void eachCanBeSet() {
        TestResponse response = client(new SecurityHeaders()
                        .referrerPolicy("strict-origin-when-cross-origin")
                        .frameOptions("SAMEORIGIN")
                        .openerPolicy("same-origin-allow-popups")
                        .permissionsPolicy("camera=(), geolocation=(self)")
                        .contentSecurityPolicy(ContentSecurityPolicy.defaultSrc("'self'")))
                .get("/");
        assertThat(response.header("Referrer-Policy")).isEqualTo("strict-origin-when-cross-origin");
        assertThat(response.header("X-Frame-Options")).isEqualTo("SAMEORIGIN");
        assertThat(response.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin-allow-popups");
        assertThat(response.header("Permissions-Policy")).isEqualTo("camera=(), geolocation=(self)");
        assertThat(response.header("Content-Security-Policy")).isEqualTo("default-src 'self'");
    }

    @Test
    void eachCanBeLeftOut() {
        TestResponse response =
                client(new SecurityHeaders().without("x-frame-options")).get("/");
        assertThat(response.header("X-Frame-Options")).isNull();
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void aPolicyCanBeEnforcedAndAnotherOneReported() {
        TestResponse response = client(new SecurityHeaders()
                        .contentSecurityPolicy(ContentSecurityPolicy.defaultSrc("'self'", "https:"))
                        .contentSecurityPolicy(ContentSecurityPolicy.defaultSrc("'none'")
                                .with("report-to", "csp")
                                .reportOnly()))
                .get("/");
        assertThat(response.header("Content-Security-Policy")).isEqualTo("default-src 'self' https:");
        assertThat(response.header("Content-Security-Policy-Report-Only"))
                .isEqualTo("default-src 'none'; report-to csp");
    }

    @Test
    void aPolicyHasItsDirectivesInTheirOrder() {
        assertThat(ContentSecurityPolicy.defaultSrc("'none'")
                        .with("script-src", "'self'", "'nonce-abc'", "https://cdn.example:8443/lib/")
                        .with("upgrade-insecure-requests")
                        .with("frame-ancestors", "'none'"))
                .hasToString("default-src 'none'; script-src 'self' 'nonce-abc' https://cdn.example:8443/lib/;"
                        + " upgrade-insecure-requests; frame-ancestors 'none'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "self",
                "none",
                "unsafe-inline",
                "nonce-abc",
                "sha256-abc",
                "",
                "a b",
                "a;b",
                "a,b",
                "https://é.example",
                "a\nb"
            })
    void whatIsNoSourceIsRefusedAtOnce(String source) {
        assertRefused(
                () -> ContentSecurityPolicy.defaultSrc(source),
                "ContentSecurityPolicy: expected a source like 'self' or https://img.example, got '");
    }

    @Test
    void mistakesAreRefusedAtOnce() {
        ContentSecurityPolicy policy = ContentSecurityPolicy.defaultSrc("'self'");
        SecurityHeaders headers = new SecurityHeaders();
        assertRefused(
                () -> policy.with("default-src", "'none'"),
                "ContentSecurityPolicy: expected a new directive like img-src, got 'default-src'");
        assertRefused(
                () -> policy.with("img-src; script-src", "'none'"),
                "ContentSecurityPolicy: expected a new directive like img-src, got 'img-src; script-src'");
        assertRefused(
                () -> policy.with("img-src", "'none'", "'self'"),
                "ContentSecurityPolicy: expected 'none' alone, got ''none' 'self''");
        assertRefused(
                () -> headers.frameOptions("ALLOW-FROM https://app.example"),
                "SecurityHeaders.frameOptions: expected one of DENY, SAMEORIGIN, got 'ALLOW-FROM");
        assertRefused(
                () -> headers.referrerPolicy("same origin"),
                "SecurityHeaders.referrerPolicy: expected one of no-referrer,");
        assertRefused(
                () -> headers.openerPolicy(""), "SecurityHeaders.openerPolicy: expected one of noopener-allow-popups,");
        assertRefused(
                () -> headers.permissionsPolicy("camera=()\r\nX: y"),
                "SecurityHeaders.permissionsPolicy: expected a policy like camera=(), got '");
        assertRefused(
                () -> headers.without("Server"), "SecurityHeaders.without: expected one of X-Content-Type-Options,");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatExceptionOfType(StartupError.class).isThrownBy(call).withMessageStartingWith(message);
    }
}
