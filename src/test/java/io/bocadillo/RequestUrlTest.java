package io.bocadillo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.middleware.ForwardedHeaders;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.net.URI;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, section 7.1: the target URI of a request. */
class RequestUrlTest {

    private final App app = new App();

    @BeforeEach
    void answersWithTheUrl() {
        app.get("/{}", (req, res) -> res.text("" + req.url()));
    }

    @ParameterizedTest
    @CsvSource({
        "/,                    http://localhost/",
        "/items/7?a=1&b=,      http://localhost/items/7?a=1&b=",
        "/items/,              http://localhost/items/",
        "/caf%c3%a9/a%20b;v=1, http://localhost/caf%C3%A9/a%20b",
        "/a[1]|b,              http://localhost/a%5B1%5D%7Cb",
        "/?a=%2F&b=[1]&c={x},  http://localhost/?a=%2F&b=%5B1%5D&c=%7Bx%7D",
        "/?,                   http://localhost/?",
        "/?100%&%zz,           http://localhost/?100%25&%25zz",
    })
    void itIsThatOfTheTarget(String target, String url) {
        assertThat(TestClient.of(app).get(target).text()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.example",
                "APP.example:8000",
                "my_host",
                "192.0.2.1:80",
                "[2001:db8::7]:8000",
                "app.example:"
            })
    void itHasTheHostThatWasAskedFor(String host) {
        assertThat(TestClient.of(app).with("Host", host).get("/a").text()).isEqualTo("http://" + host + "/a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example/path",
                "evil.example?",
                "evil.example#",
                "user@evil.example",
                "a b",
                "a\\b",
                "<script>",
                "[::1",
                "[1]",
                "[:::]",
                "::1",
                "a:b",
                "a:80:80",
                ":80",
                "é"
            })
    void aHostThatIsNoneIsRefused(String host) {
        TestResponse response = TestClient.of(app).with("Host", host).get("/a");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text())
                .contains("Host: expected one, as in app.example:8000, got none, several, or another text.");
    }

    @Test
    void noHostIsRefusedToo() {
        app.start();
        assertThat(app.handle(new StubExchange("GET", "", "/a")).join().status())
                .isEqualTo(400);
    }

    @Property(tries = 300)
    void anyHostIsKeptOrRefused(@ForAll @CharRange(from = '!', to = '~') String host) {
        App any = new App();
        any.get("/{}", (req, res) -> res.text("" + req.url()));
        TestResponse response = TestClient.of(any).with("Host", host).get("/a");
        if (response.status() == 200) {
            URI url = URI.create(response.text());
            assertThat(url.getRawAuthority()).isEqualTo(host);
            assertThat(url.getRawUserInfo()).isNull();
            assertThat(url.getRawPath()).isEqualTo("/a");
        } else {
            assertThat(response.status()).isEqualTo(400);
        }
    }

    @Test
    void itIsUnderTheBasePathAndTheMount() {
        App outer = new App();
        outer.mount("/{tenant}", app);
        outer.start();
        StubExchange exchange = new StubExchange("GET", "/shop/caf%C3%A9", "/a%20b/x").with("Host", "app.example");
        assertThat(new String(outer.handle(exchange).join().body(), UTF_8))
                .isEqualTo("https://app.example/shop/caf%C3%A9/a%20b/x");
    }

    @Test
    void itIsWhatATrustedProxySays() {
        app.use(ForwardedHeaders.xForwarded("127.0.0.1").host());
        TestClient client =
                TestClient.of(app).with("X-Forwarded-Proto", "https").with("X-Forwarded-Host", "app.example");
        assertThat(client.get("/a").text()).isEqualTo("https://app.example/a");
    }

    @Test
    void aLinkIsMadeAbsoluteByIt() {
        App linking = new App();
        linking.get("/confirm/{token}", (req, res) -> res.empty()).name("confirm");
        linking.get(
                "/sign/up",
                (req, res) -> res.text("" + req.url().resolve(req.urlFor("confirm", Map.of("token", "a b")))));
        linking.start();
        StubExchange exchange = new StubExchange("GET", "/shop", "/sign/up").with("Host", "app.example:8443");
        assertThat(new String(linking.handle(exchange).join().body(), UTF_8))
                .isEqualTo("https://app.example:8443/shop/confirm/a%20b");
    }
}
