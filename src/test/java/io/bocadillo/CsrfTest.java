package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.middleware.Csrf;
import io.bocadillo.middleware.Sessions;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestForm;
import io.bocadillo.testing.TestResponse;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsrfTest {

    private static final String KEY = "a key of exactly thirty-two byte";

    private static App app(Csrf csrf) {
        App app = new App();
        app.use(new Sessions(KEY));
        app.use(csrf);
        app.use((req, res, next) -> req.path().equals("/logout") ? res.text("out") : next.handle(req, res));
        app.get("/token", (req, res) -> res.text(req.get(CsrfToken.class).value()));
        app.get("/plain", (req, res) -> res.text("plain"));
        app.get("/login", (req, res) -> {
            req.session().rotate();
            return res.text("in");
        });
        app.route("/form", (req, res) -> res.text("done"), "POST", "PUT", "PATCH", "DELETE");
        app.post("/body", (req, res) -> res.text(req.text()));
        app.post("/field", (req, res) -> res.text(req.form().field("a").value()));
        app.post("/stream", (req, res) -> res.stream(req.stream())).streaming();
        app.post("/hook", (req, res) -> res.text("hooked")).name("hook");
        app.post("/slash/", (req, res) -> res.text("slash"));
        return app;
    }

    /** A client with a session, and a token of it. */
    private static final class Browser {

        private final App app;
        private final TestClient client;
        private final String cookie;
        private final String token;

        Browser(Csrf csrf) {
            app = app(csrf);
            client = TestClient.of(app).with("Host", "app.example");
            TestResponse response = client.get("/token");
            String set = response.header("Set-Cookie");
            token = response.text();
            cookie = set.substring(0, set.indexOf(';'));
        }

        TestClient withToken() {
            return client.with("X-CSRF-Token", token);
        }

        /** With a cookie and a token of it. */
        int overHttps(String path, String... headers) {
            return app.handle(with(https(path).with("Cookie", cookie).with("X-CSRF-Token", token), headers))
                    .join()
                    .status();
        }

        int overHttpsWithoutCookies(String path, String... headers) {
            return app.handle(with(https(path), headers)).join().status();
        }

        /** As the stub says. */
        private static StubExchange https(String path) {
            return new StubExchange("POST", "", path).with("Host", "app.example");
        }

        private static StubExchange with(StubExchange exchange, String... headers) {
            for (int i = 0; i < headers.length; i += 2) {
                if (headers[i + 1] != null) {
                    exchange.with(headers[i], headers[i + 1]);
                }
            }
            return exchange;
        }
    }

    private final Browser browser = new Browser(new Csrf());

    private static void expectRefused(TestResponse response, String detail) {
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.text()).contains("\"detail\":\"csrf: expected " + detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void aRequestThatChangesSomethingNeedsAToken(String method) {
        expectRefused(browser.client.request(method, "/form", new byte[0]), "the header X-CSRF-Token, got none.");
        assertThat(browser.withToken().request(method, "/form", new byte[0]).text())
                .isEqualTo("done");
    }

    @Test
    void aRequestThatChangesNothingNeedsNone() {
        assertThat(browser.client.get("/plain").status()).isEqualTo(200);
        assertThat(browser.client.head("/plain").status()).isEqualTo(200);
        assertThat(browser.client.options("/form").status()).isEqualTo(204);
        assertThat(browser.client
                        .with("Origin", "https://evil.example")
                        .get("/plain")
                        .status())
                .isEqualTo(200);
    }

    /** A page of the app as its browser says, a client without a login, and whoever has a token. */
    @Test
    void aRequestWithoutARouteIsAnsweredAsSuch() {
        TestClient cookieless = TestClient.of(browser.app).with("Host", "app.example");
        for (TestClient client : List.of(
                browser.client.with("Origin", "http://app.example"),
                browser.client.with("Sec-Fetch-Site", "same-origin"),
                browser.withToken(),
                cookieless)) {
            assertThat(client.post("/nowhere").status()).isEqualTo(404);
            assertThat(client.post("/plain").status()).isEqualTo(405);
        }
    }

    @Test
    void aMiddlewareThatAnswersWithoutARouteIsGuardedToo() {
        TestClient cookieless = TestClient.of(browser.app).with("Host", "app.example");
        for (TestClient client : List.of(browser.withToken(), cookieless)) {
            for (String origin : List.of("https://evil.example", "null", "http://sub.app.example")) {
                expectRefused(client.with("Origin", origin).post("/logout"), "a request from a page of this app");
            }
            expectRefused(
                    client.with("Sec-Fetch-Site", "same-site").post("/logout"), "a request from a page of this app");
        }
        expectRefused(browser.client.post("/logout"), "the header X-CSRF-Token, got none.");
        expectRefused(browser.client.with("X-CSRF-Token", "AAAA").post("/logout"), "a token of this session");
        assertThat(browser.withToken().post("/logout").text()).isEqualTo("out");
        assertThat(browser.client
                        .with("Origin", "http://app.example")
                        .post("/logout")
                        .text())
                .isEqualTo("out");
    }

    @Test
    void theTokenMayBeAFieldOfTheForm() {
        TestForm form = new TestForm().field("csrf_token", browser.token).field("a", "b");
        assertThat(browser.client.post("/field", form).text()).isEqualTo("b");
        assertThat(browser.client
                        .with("Content-Type", "application/x-www-form-urlencoded")
                        .post("/field", "a=c&csrf_token=" + browser.token)
                        .text())
                .isEqualTo("c");
    }

    @Test
    void aFormWithoutATokenIsRefused() {
        expectRefused(
                browser.client.post("/field", new TestForm().field("a", "b")),
                "the header X-CSRF-Token or the field csrf_token, got none.");
        expectRefused(
                browser.client.post("/field", new TestForm().field("csrf_token", "AAAA")), "a token of this session");
    }

    @Test
    void aMalformedFormIsToldSo() {
        assertThat(browser.client
                        .with("Content-Type", "multipart/form-data")
                        .post("/field", "x")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theBodyIsTheViewsIfTheHeaderHasTheToken() {
        assertThat(browser.withToken().post("/body", "text").text()).isEqualTo("text");
        assertThat(browser.withToken().post("/stream", "streamed").text()).isEqualTo("streamed");
    }

    @Test
    void aStreamIsNotSearchedForAToken() {
        expectRefused(
                browser.client
                        .with("Content-Type", "application/x-www-form-urlencoded")
                        .post("/stream", "csrf_token=" + browser.token),
                "the header X-CSRF-Token, got none.");
    }

    @Test
    void tokensAreMaskedAnewAndAllAreGood() {
        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            TestResponse response = browser.client.get("/token");
            assertThat(response.header("Set-Cookie")).isNull();
            tokens.add(response.text());
        }
        assertThat(tokens).hasSize(20).allMatch(token -> token.matches("[A-Za-z0-9_-]{86}"));
        for (String token : tokens) {
            assertThat(browser.client.with("X-CSRF-Token", token).post("/form").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aTokenOfAnotherSessionIsRefused() {
        expectRefused(
                browser.client
                        .with("X-CSRF-Token", new Browser(new Csrf()).token)
                        .post("/form"),
                "a token of this session");
    }

    @Test
    void aTokenWithoutASessionIsRefused() {
        expectRefused(
                TestClient.of(browser.app).with("X-CSRF-Token", browser.token).post("/form"),
                "a token of this session");
    }

    @Test
    void aTokenFromBeforeTheLoginIsRefused() {
        assertThat(browser.client.get("/login").header("Set-Cookie")).isNotNull();
        expectRefused(browser.withToken().post("/form"), "a token of this session");
    }

    @Property(tries = 200)
    void anyOtherTokenIsRefused(@ForAll String token) {
        Session session = new Session(() -> null);
        CsrfToken csrf = new CsrfToken(session);
        assertThat(csrf.matches(token)).isFalse();
        csrf.value();
        assertThat(csrf.matches(token)).isFalse();
    }

    @Property(tries = 200)
    void aTokenWithOneBitFlippedIsRefused(@ForAll int place) {
        CsrfToken csrf = new CsrfToken(new Session(() -> null));
        byte[] token = Base64.getUrlDecoder().decode(csrf.value());
        int bit = Math.floorMod(place, token.length * 8);
        token[bit / 8] ^= (byte) (1 << bit % 8);
        assertThat(csrf.matches(Base64.getUrlEncoder().withoutPadding().encodeToString(token)))
                .isFalse();
    }

    /** Fetch Metadata, section 2.4; Fetch standard, section 3.2; RFC 6454, section 7. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "same-origin, -,                        200",
                "same-origin, http://internal:8080,     200",
                "none,        -,                        200",
                "same-site,   -,                        403",
                "cross-site,  -,                        403",
                "same-site,   http://app.example,       403",
                "cross-site,  http://app.example,       403",
                "cross-site,  https://evil.example,     403",
                "cross-site,  https://partner.example,  200",
                "same-site,   https://partner.example,  200",
                "garbage,     -,                        403",
                "-,           -,                        200",
                "-,           http://app.example,       200",
                "-,           http://APP.example:80,    200",
                "-,           https://app.example,      403",
                "-,           http://app.example:8080,  403",
                "-,           http://sub.app.example,   403",
                "-,           http://app.example.evil,  403",
                "-,           http://evil.example,      403",
                "-,           null,                     403",
                "-,           garbage,                  403",
                "-,           https://partner.example,  200",
                "-,           https://partner.example:443, 200",
                "-,           http://partner.example,   403",
                "-,           https://x.partner.example, 403"
            })
    void theOriginIsThatOfTheAppOrTrusted(String site, String origin, int status) {
        Browser trusting = new Browser(new Csrf().trust("https://partner.example"));
        TestClient client = trusting.withToken();
        client = site == null ? client : client.with("Sec-Fetch-Site", site);
        client = origin == null ? client : client.with("Origin", origin);
        assertThat(client.post("/form").status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://app.example, -,                        200",
                "http://app.example,  -,                        403",
                "-,                   -,                        403",
                "-,                   https://app.example/form, 200",
                "-,                   https://app.example:443/, 200",
                "-,                   http://app.example/form,  403",
                "-,                   https://evil.example/https://app.example, 403",
                "-,                   https://app.example@evil.example/, 403",
                "-,                   garbage,                  403",
                "-,                   https://partner.example/x, 200"
            })
    void overHttpsARequestWithoutAnOriginNeedsAReferer(String origin, String referer, int status) {
        Browser trusting = new Browser(new Csrf().trust("https://partner.example"));
        assertThat(trusting.overHttps("/form", "Origin", origin, "Referer", referer))
                .isEqualTo(status);
    }

    /** A client that is no browser sends no Referer, and nobody is logged in by a cookie that is not there. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/nowhere, -,              -,                         404",
                "/plain,   -,              -,                         405",
                "/slash,   -,              -,                         308",
                "/logout,  -,              -,                         200",
                "/nowhere, Referer,        https://evil.example/x,    404",
                "/nowhere, Origin,         https://app.example,       404",
                "/nowhere, Sec-Fetch-Site, same-origin,               404",
                "/nowhere, Origin,         https://evil.example,      403",
                "/nowhere, Origin,         http://app.example,        403",
                "/logout,  Origin,         null,                      403",
                "/logout,  Sec-Fetch-Site, cross-site,                403",
                "/logout,  Sec-Fetch-Site, same-site,                 403",
                "/form,    -,              -,                         403",
                "/slash/,  -,              -,                         403"
            })
    void overHttpsARequestWithoutARouteNeedsNoRefererIfItHasNoCookie(
            String path, String header, String value, int status) {
        assertThat(browser.overHttpsWithoutCookies(path, header == null ? "Referer" : header, value))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/nowhere, -,                          403",
                "/logout,  -,                          403",
                "/logout,  https://evil.example/,      403",
                "/logout,  https://app.example/form,   200",
                "/nowhere, https://app.example/form,   404"
            })
    void overHttpsARequestWithoutARouteNeedsARefererIfItHasACookie(String path, String referer, int status) {
        assertThat(browser.overHttps(path, "Referer", referer)).isEqualTo(status);
    }

    @Test
    void theReasonIsTold() {
        expectRefused(
                browser.withToken().with("Origin", "https://evil.example").post("/form"),
                "a request from a page of this app, got another Origin.");
        expectRefused(
                browser.withToken().with("Sec-Fetch-Site", "cross-site").post("/form"),
                "a request from a page of this app, got a request from another site.");
    }

    @Test
    void aTrustedOriginNeedsATokenToo() {
        Browser trusting = new Browser(new Csrf().trust("https://partner.example"));
        assertThat(trusting.client
                        .with("Origin", "https://partner.example")
                        .post("/form")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void anExemptRouteIsLeftAlone() {
        Browser exempting = new Browser(new Csrf().exempt("hook"));
        assertThat(exempting.client.post("/hook").text()).isEqualTo("hooked");
        assertThat(exempting.client.post("/form").status()).isEqualTo(403);
        assertThat(browser.client.post("/hook").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"api:hook, /api/hook, 200", "hook, /api/hook, 403", "hook, /hook, 200", "api:hook, /hook, 403"})
    void aRouteOfAMountedAppIsExemptByTheNameItHasWhereTheMiddlewareStands(String name, String path, int status) {
        App app = new App();
        app.use(new Sessions(KEY));
        app.use(new Csrf().exempt(name));
        app.post("/hook", (req, res) -> res.text("hooked")).name("hook");
        app.mount("/api", hook()).name("api");
        assertThat(TestClient.of(app).post(path).status()).isEqualTo(status);
    }

    @Test
    void aMountedAppNeedNotKnowWhereItIsMountedToExemptARoute() {
        App inner = hook();
        inner.use(new Sessions(KEY));
        inner.use(new Csrf().exempt("hook"));
        App app = new App();
        app.mount("/named", inner).name("named");
        app.mount("/unnamed", inner);
        for (String path : new String[] {"/named/hook", "/unnamed/hook"}) {
            assertThat(TestClient.of(app).post(path).text()).as(path).isEqualTo("hooked");
        }
        assertThat(TestClient.of(app).post("/named/other").status()).isEqualTo(403);
    }

    private static App hook() {
        App app = new App();
        app.post("/hook", (req, res) -> res.text("hooked")).name("hook");
        app.post("/other", (req, res) -> res.text("other"));
        return app;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app.example",
                "https://",
                "https://app.example/",
                "https://app.example/x",
                "*",
                "null",
                "ftp://x"
            })
    void whatIsNoOriginDoesNotStart(String origin) {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> new Csrf().trust(origin))
                .withMessage(
                        "csrf: expected an origin like https://app.example, got '" + origin + "'. Leave out the path.");
    }

    @Test
    void withoutSessionsWhatNeedsOneSaysWhatIsMissing() {
        App app = new App();
        app.use(new Csrf());
        app.get("/", (req, res) -> res.text("x"));
        app.get("/token", (req, res) -> res.text(req.get(CsrfToken.class).value()));
        app.post("/", (req, res) -> res.text("x"));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/").text()).isEqualTo("x");
        for (boolean reads : new boolean[] {true, false}) {
            try (CapturedLog log = new CapturedLog()) {
                TestResponse response = reads
                        ? client.get("/token")
                        : client.with("X-CSRF-Token", browser.token).post("/");
                assertThat(response.status()).isEqualTo(500);
                assertThat(log.text()).contains("expected the middleware Sessions before this");
            }
        }
    }

    @Test
    void aRefusalHasNoStackTrace() {
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        App app = app(new Csrf());
        app.onError(HttpError.class, (req, res, error) -> {
            refusal.set(error);
            return res.status(error.status()).empty();
        });
        assertThat(TestClient.of(app).post("/form").status()).isEqualTo(403);
        assertThat(refusal.get().getStackTrace()).isEmpty();
    }
}
