package io.bocadillo.middleware;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.App;
import io.bocadillo.CspNonce;
import io.bocadillo.HttpError;
import io.bocadillo.Request;
import io.bocadillo.StartupError;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
                        .with("script-src", "'self'", "'strict-dynamic'", "https://cdn.example:8443/lib/")
                        .with("upgrade-insecure-requests")
                        .with("frame-ancestors", "'none'"))
                .hasToString("default-src 'none'; script-src 'self' 'strict-dynamic' https://cdn.example:8443/lib/;"
                        + " upgrade-insecure-requests; frame-ancestors 'none'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "self",
                "none",
                "unsafe-inline",
                "report-sha256",
                "trusted-types-eval",
                "sha256-abc",
                "'slef'",
                "'sha256-abc'",
                "'md5-1B2M2Y8AsgTpgAmY7PhCfg=='",
                "https//app.example",
                "https://app.example/?a",
                "app.example:port",
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
                "ContentSecurityPolicy: expected a value of default-src like 'self' or https://img.example, got '");
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
                "ContentSecurityPolicy: expected a directive like img-src, got 'img-src; script-src'");
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
                "SecurityHeaders.permissionsPolicy: expected a list of features like camera=(),");
        assertRefused(
                () -> headers.without("Server"), "SecurityHeaders.without: expected one of X-Content-Type-Options,");
    }

    /** CSP Level 3, sections 2.3.1 and 6. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "img-src          | *",
                "img-src          | *.app.example:*",
                "img-src          | data:",
                "connect-src      | wss://app.example:8443",
                "connect-src      | localhost:3000",
                "connect-src      | 192.0.2.1",
                "script-src       | 'SELF'",
                "script-src       | 'wasm-unsafe-eval'",
                "script-src       | 'sha256-qznLcsROx4GACP2dm0UCKCzCG-HiZ1guq6ZZDob_Tng='",
                "style-src        | 'sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC'",
                "frame-ancestors  | https://app.example/",
                "sandbox          | allow-scripts",
                "report-to        | csp",
                "report-uri       | /csp?v=1",
                "trusted-types    | 'allow-duplicates'",
                "require-trusted-types-for | 'script'",
            })
    void whatTheGrammarAllowsIsTaken(String directive, String value) {
        assertThat(ContentSecurityPolicy.defaultSrc("'none'").with(directive, value))
                .hasToString("default-src 'none'; " + directive + " " + value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "frame-ancestors  | 'unsafe-inline'",
                "sandbox          | allow-everything",
                "report-to        | two words",
                "trusted-types    | 'script'",
                "require-trusted-types-for | script",
                "upgrade-insecure-requests | 'self'",
                "webrtc           | allow",
            })
    void aDirectiveTakesNoValuesOfOthers(String directive, String value) {
        ContentSecurityPolicy policy = ContentSecurityPolicy.defaultSrc("'self'");
        assertRefused(() -> policy.with(directive, value), "ContentSecurityPolicy: expected a value of " + directive);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scripts-src", "img_src", "imgsrc", "navigate-to", "", "IMG-SRC"})
    void anUnknownDirectiveIsRefused(String directive) {
        ContentSecurityPolicy policy = ContentSecurityPolicy.defaultSrc("'self'");
        assertRefused(
                () -> policy.with(directive, "'self'"), "ContentSecurityPolicy: expected a directive like img-src");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'nonce-abc'", "nonce-abc", "'NONCE-abc'"})
    void aFixedNonceIsRefused(String source) {
        ContentSecurityPolicy policy = ContentSecurityPolicy.defaultSrc("'self'");
        assertRefused(
                () -> policy.with("script-src", source),
                "ContentSecurityPolicy: expected a nonce that every answer has anew, got a fixed one for script-src.");
        assertRefused(
                () -> policy.withNonce("img-src"),
                "ContentSecurityPolicy.withNonce: expected one of script-src, script-src-elem, style-src,");
        assertRefused(
                () -> policy.withNonce("script-src", "'none'"), "ContentSecurityPolicy.withNonce: expected sources");
    }

    private static TestClient nonced() {
        App app = new App();
        app.use(new SecurityHeaders()
                .contentSecurityPolicy(
                        ContentSecurityPolicy.defaultSrc("'self'").withNonce("script-src", "'strict-dynamic'"))
                .contentSecurityPolicy(ContentSecurityPolicy.defaultSrc("'none'")
                        .withNonce("style-src")
                        .reportOnly()));
        app.get("/page", (req, res) -> res.text(req.get(CspNonce.class).value()));
        app.get(
                "/twice",
                (req, res) -> res.text(req.get(CspNonce.class).value() + "="
                        + req.get(CspNonce.class).value()));
        app.get(
                "/late",
                (req, res) -> CompletableFuture.supplyAsync(
                                () -> req.get(CspNonce.class).value())
                        .thenCompose(res::text));
        app.get("/none", (req, res) -> res.text("x"));
        app.get(
                "/own",
                (req, res) -> res.header("Content-Security-Policy", "default-src *")
                        .header("Cache-Control", "private")
                        .text(req.get(CspNonce.class).value()));
        app.get("/bug", (req, res) -> {
            throw new HttpError(400, req.get(CspNonce.class).value());
        });
        return TestClient.of(app);
    }

    /** CSP Level 3, section 7.1. */
    @ParameterizedTest
    @ValueSource(strings = {"/page", "/late"})
    void everyAnswerHasANonceOfItsOwn(String path) {
        TestClient client = nonced();
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            TestResponse response = client.get(path);
            String nonce = response.text();
            assertThat(nonce).matches("[A-Za-z0-9_-]{22}");
            assertThat(response.header("Content-Security-Policy"))
                    .isEqualTo("default-src 'self'; script-src 'strict-dynamic' 'nonce-" + nonce + "'");
            assertThat(response.header("Content-Security-Policy-Report-Only"))
                    .isEqualTo("default-src 'none'; style-src 'nonce-" + nonce + "'");
            assertThat(response.header("Cache-Control")).isEqualTo("no-store");
            nonces.add(nonce);
        }
        assertThat(nonces).hasSize(10);
    }

    @Test
    void oneAnswerHasOneNonce() {
        String[] both = nonced().get("/twice").text().split("=");
        assertThat(both[0]).isEqualTo(both[1]);
    }

    @Test
    void anAnswerWhoseViewAsksForNoneHasNone() {
        TestResponse response = nonced().get("/none");
        assertThat(response.header("Content-Security-Policy"))
                .isEqualTo("default-src 'self'; script-src 'strict-dynamic'");
        assertThat(response.header("Content-Security-Policy-Report-Only")).isEqualTo("default-src 'none'; style-src");
        assertThat(response.headers().contains("Cache-Control")).isFalse();
    }

    @Test
    void aPolicyOfTheViewStaysAndErrorsHaveTheNonceToo() {
        TestResponse own = nonced().get("/own");
        assertThat(own.header("Content-Security-Policy")).isEqualTo("default-src *");
        assertThat(own.header("Content-Security-Policy-Report-Only")).contains("'nonce-" + own.text() + "'");
        assertThat(own.header("Cache-Control")).isEqualTo("private");
        TestResponse bug = nonced().get("/bug");
        assertThat(bug.status()).isEqualTo(400);
        String nonce = bug.header("Content-Security-Policy").replaceAll(".*'nonce-(.*)'", "$1");
        assertThat(bug.text()).contains(nonce);
    }

    /** The policy has gone out, or is about to: a script with that nonce would not run. */
    @Test
    void whoAsksForItAfterTheViewIsRefused() {
        SecurityHeaders headers = new SecurityHeaders()
                .contentSecurityPolicy(
                        ContentSecurityPolicy.defaultSrc("'self'").withNonce("script-src"));
        App app = new App();
        app.use((req, res, next) -> next.handle(req, res)
                .thenRun(() -> res.header("X-Around", req.path().equals("/around") ? nonce(req) : "x")));
        app.use(headers);
        app.get("/around", (req, res) -> res.text("x"));
        app.get("/written", (req, res) -> res.write(out -> out.write(nonce(req).getBytes(UTF_8))));
        app.get(
                "/known",
                (req, res) -> res.header("X-Nonce", nonce(req))
                        .write(out -> out.write(nonce(req).getBytes(UTF_8))));
        app.get("/between", (req, res) -> res.text("x"))
                .use((req, res, next) -> next.handle(req, res).thenRun(() -> res.header("X-Nonce", nonce(req))))
                .use(headers);
        app.onError(
                IllegalStateException.class,
                (req, res, error) -> res.status(500).text("" + error.getMessage()));
        TestClient client = TestClient.of(app);
        for (String late : List.of("/around", "/written")) {
            TestResponse response = client.get(late);
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text()).startsWith("request: expected a value of io.bocadillo.CspNonce, got none.");
        }
        TestResponse known = client.get("/known");
        assertThat(known.text()).isEqualTo(known.header("X-Nonce"));
        assertThat(known.header("Content-Security-Policy")).contains("'nonce-" + known.text() + "'");
        TestResponse between = client.get("/between");
        assertThat(between.header("Content-Security-Policy")).contains("'nonce-" + between.header("X-Nonce") + "'");
    }

    private static String nonce(Request req) {
        return req.get(CspNonce.class).value();
    }

    @Test
    void aPolicyThatIsLeftOutHasNoNonce() {
        App app = new App();
        app.use(new SecurityHeaders()
                .contentSecurityPolicy(
                        ContentSecurityPolicy.defaultSrc("'self'").withNonce("script-src"))
                .without("Content-Security-Policy"));
        app.get("/", (req, res) -> res.text("" + req.find(CspNonce.class).isPresent()));
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("false");
    }

    /** Permissions Policy, section 5.2; RFC 9651, section 3.2. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "camera=()",
                "camera=( )",
                "camera=*",
                "camera=self",
                "geolocation=(self \"https://maps.example\"), camera=()",
                "geolocation=(self  \"https://*.maps.example:8443\")\t,camera=(\"http://[2001:db8::1]\")",
                "camera=();report-to=cameras"
            })
    void aPermissionsPolicyIsADictionary(String policy) {
        assertThat(client(new SecurityHeaders().permissionsPolicy(policy))
                        .get("/")
                        .header("Permissions-Policy"))
                .isEqualTo(policy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "camera",
                "camera 'none'",
                "camera='none'",
                "camera=none",
                "camera=(none)",
                "camera=(src)",
                "camera=('self')",
                "camera=(https://app.example)",
                "camera=(self",
                "Camera=()",
                "camera=(),",
                "camera=(); geolocation=()",
                "camera=(), camera=*",
                "camera=(self,\"https://app.example\")",
                "camera=(\"https://app.example/path\")"
            })
    void whatIsNoneIsRefused(String policy) {
        assertRefused(
                () -> new SecurityHeaders().permissionsPolicy(policy), "SecurityHeaders.permissionsPolicy: expected ");
    }

    /** Referrer Policy, section 8.1: the last one that a browser knows counts. */
    @Test
    void referrerPoliciesMayBeSeveral() {
        assertThat(client(new SecurityHeaders().referrerPolicy("no-referrer,strict-origin-when-cross-origin"))
                        .get("/")
                        .header("Referrer-Policy"))
                .isEqualTo("no-referrer, strict-origin-when-cross-origin");
        for (String policy : new String[] {"", "no-referrer,", "no-referrer, origins"}) {
            assertRefused(
                    () -> new SecurityHeaders().referrerPolicy(policy),
                    "SecurityHeaders.referrerPolicy: expected one of no-referrer,");
        }
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatExceptionOfType(StartupError.class).isThrownBy(call).withMessageStartingWith(message);
    }

    /** CSP, sections 2.2.1 and 2.3: in any order and case, with blanks and empty places between them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default-src 'self' | default-src 'self'",
                "img-src *; default-src 'none' | img-src *; default-src 'none'",
                "frame-ancestors 'none' | frame-ancestors 'none'",
                "upgrade-insecure-requests | upgrade-insecure-requests",
                "; Script-Src   'self'\thttps://A.example ;; sandbox;  | script-src 'self' https://A.example; sandbox",
                "report-to main; require-trusted-types-for 'script' | report-to main; require-trusted-types-for 'script'"
            })
    void aPolicyIsReadAsTheHeaderHasIt(String text, String policy) {
        assertThat(ContentSecurityPolicy.parse(text)).hasToString(policy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | expected a directive, got none",
                "' ; ;' | expected a directive, got none",
                "img-src *; IMG-SRC 'self' | expected a new directive like img-src, got 'img-src'",
                "default-src 'self', img-src * | expected a value of default-src like 'self' or https://img.example, got ''self','",
                "default-src self | expected a value of default-src like 'self' or https://img.example, got 'self'",
                "default-src 'none' 'self' | expected 'none' alone",
                "default_src * | expected a directive like img-src, got 'default_src'"
            })
    void aPolicyThatIsNoneIsRefused(String text, String message) {
        assertRefused(() -> ContentSecurityPolicy.parse(text), "ContentSecurityPolicy: " + message);
    }
}
