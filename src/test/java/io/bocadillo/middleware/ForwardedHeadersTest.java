package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.App;
import io.bocadillo.StartupError;
import io.bocadillo.testing.TestClient;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The peer of a {@link TestClient} is 127.0.0.1, and asks for localhost by http. */
class ForwardedHeadersTest {

    private static final String[] PROXIES = {"127.0.0.1", "10.0.0.0/8", "fd00::/8"};

    private static TestClient client(ForwardedHeaders middleware) {
        App app = new App();
        app.use(middleware);
        app.get("/", (req, res) -> res.text(req.remoteAddress() + " " + req.scheme() + " " + req.host()));
        app.get("/redirect", (req, res) -> res.redirect("/home"));
        return TestClient.of(app);
    }

    private static String seen(ForwardedHeaders middleware, Map<String, String> headers) {
        TestClient client = client(middleware);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            client = client.with(header.getKey(), header.getValue());
        }
        return client.get("/").text();
    }

    /** Each row names the section of RFC 7239. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "4    | for=192.0.2.60                                       | 192.0.2.60 http localhost",
                "4    | for=192.0.2.60;proto=https;by=203.0.113.43           | 192.0.2.60 https localhost",
                "4    | For=192.0.2.60; PROTO=HTTPS ; host=app.example       | 192.0.2.60 https app.example",
                "4    | for=\"192.0.2.60\";proto=\"https\"                   | 192.0.2.60 https localhost",
                "4    | for=\"192.\\0.2.60\"                                 | 192.0.2.60 http localhost",
                "4    | for=192.0.2.60;for=192.0.2.61                        | 127.0.0.1 http localhost",
                "4    | for = 192.0.2.60                                     | 192.0.2.60 http localhost",
                "4    | for                                                  | 127.0.0.1 http localhost",
                "4    | =192.0.2.60                                          | 127.0.0.1 http localhost",
                "4    | for=                                                 | 127.0.0.1 http localhost",
                "4    | ;;for=192.0.2.60;                                    | 192.0.2.60 http localhost",
                "4    | for=192.0.2.60;unknown=\"a, b; c=\\\"d\\\"\"         | 192.0.2.60 http localhost",
                "4    | for=192.0.2.60:80                                    | 127.0.0.1 http localhost",
                "4    | for=[2001:db8::17]                                   | 127.0.0.1 http localhost",
                "5.2  | proto=https                                          | 127.0.0.1 https localhost",
                "5.3  | host=app.example                                     | 127.0.0.1 http app.example",
                "5.3  | host=\"app.example:8443\"                            | 127.0.0.1 http app.example:8443",
                "5.3  | host=\"app.example/evil\"                            | 127.0.0.1 http localhost",
                "5.3  | host=\"evil@app.example\"                            | 127.0.0.1 http localhost",
                "5.4  | proto=gopher                                         | 127.0.0.1 http localhost",
                "5.4  | proto=wss                                            | 127.0.0.1 https localhost",
                "6    | for=\"192.0.2.60:4711\"                              | 192.0.2.60 http localhost",
                "6    | for=\"192.0.2.60:_port\"                             | 192.0.2.60 http localhost",
                "6    | for=\"192.0.2.60:port\"                              | 127.0.0.1 http localhost",
                "6    | for=\"[2001:db8:cafe::17]\"                          | 2001:db8:cafe::17 http localhost",
                "6    | for=\"[2001:db8:cafe::17]:4711\"                     | 2001:db8:cafe::17 http localhost",
                "6    | for=\"[192.0.2.60]\"                                 | 127.0.0.1 http localhost",
                "6.2  | for=unknown;proto=https                              | 127.0.0.1 https localhost",
                "6.3  | for=_hidden;proto=https                              | 127.0.0.1 https localhost",
                "6.3  | for=app.example                                      | 127.0.0.1 http localhost",
                "7.1  | for=192.0.2.43, for=10.0.0.1                         | 192.0.2.43 http localhost",
                "7.1  | for=192.0.2.43;proto=https,,for=10.0.0.1;proto=http, | 192.0.2.43 https localhost",
                "7.1  | for=192.0.2.43;proto=https, for=10.0.0.1             | 192.0.2.43 https localhost",
                "7.1  | for=192.0.2.43, for=10.0.0.1;proto=https             | 192.0.2.43 https localhost",
                "7.1  | for=10.0.0.2, for=\"[fd00::1]\", for=10.0.0.1        | 10.0.0.2 http localhost",
                "8.1  | for=192.0.2.1, for=192.0.2.43                        | 192.0.2.43 http localhost",
                "8.1  | proto=https;for=192.0.2.1, for=192.0.2.43            | 192.0.2.43 http localhost",
                "8.1  | for=192.0.2.1, for=unknown, for=10.0.0.1             | 10.0.0.1 http localhost",
                "8.1  | for=192.0.2.1, garbage, for=10.0.0.1                 | 10.0.0.1 http localhost",
                "8.1  | for=\", for=192.0.2.43                               | 192.0.2.43 http localhost",
                "8.1  | for=\"\\, for=192.0.2.43                             | 192.0.2.43 http localhost",
                "8.1  | for=\"x, for=\"[2001:db8::17]:4711\"                 | 2001:db8::17 http localhost",
                "8.1  | for=192.0.2.1;x=\"y, for=\"[fd00::1]\"               | fd00::1 http localhost"
            })
    void isAsRfc7239HasIt(String section, String field, String expected) {
        assertThat(seen(ForwardedHeaders.rfc7239(PROXIES).host(), Map.of("Forwarded", field)))
                .as("section %s", section)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.60                      |             | 192.0.2.60 http",
                "192.0.2.60                      | https       | 192.0.2.60 https",
                "                                | https       | 127.0.0.1 https",
                "192.0.2.60:4711                 | HTTPS       | 192.0.2.60 https",
                "2001:db8::17                    | wss         | 2001:db8::17 https",
                "[2001:db8::17]                  | gopher      | 2001:db8::17 http",
                "[2001:db8::17]:4711             | ''          | 2001:db8::17 http",
                "192.0.2.1, 192.0.2.60           | http        | 192.0.2.60 http",
                "192.0.2.1, 192.0.2.60,10.0.0.1  | https       | 192.0.2.60 https",
                "192.0.2.60, 10.0.0.1            | https, http | 192.0.2.60 https",
                "192.0.2.1, 192.0.2.60           | https, http | 192.0.2.60 http",
                "192.0.2.60                      | https, http | 192.0.2.60 http",
                "10.0.0.2, 10.0.0.1              | https       | 10.0.0.2 https",
                "192.0.2.1, unknown              | https       | 127.0.0.1 https",
                "192.0.2.1, , 10.0.0.1           | https       | 10.0.0.1 https",
                "192.0.2.1, evil<script>         | https       | 127.0.0.1 https",
                "192.0.2.1, 010.0.0.1            | https       | 127.0.0.1 https",
                "192.0.2.1, ::1%eth0             | https       | 127.0.0.1 https"
            })
    void theAddressIsTheLastOneThatIsNotTrustedAndTheSchemeWhatItsProxySays(
            String addresses, String schemes, String expected) {
        Map<String, String> headers = addresses == null
                ? Map.of("X-Forwarded-Proto", schemes)
                : schemes == null
                        ? Map.of("X-Forwarded-For", addresses)
                        : Map.of("X-Forwarded-For", addresses, "X-Forwarded-Proto", schemes);
        assertThat(seen(ForwardedHeaders.xForwarded(PROXIES), headers)).isEqualTo(expected + " localhost");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app.example               |      | app.example",
                "app.example:8443          |      | app.example:8443",
                "app.example               | 8443 | app.example:8443",
                "app.example               | 443  | app.example",
                "app.example:1             | 8443 | app.example:1",
                "[2001:db8::17]            | 8443 | [2001:db8::17]:8443",
                "evil.example, app.example |      | app.example",
                "evil.example/path         |      | localhost",
                "user@evil.example         |      | localhost",
                "app.example               | evil | app.example",
            })
    void theHostCountsIfSaidSo(String host, String port, String expected) {
        Map<String, String> headers = port == null
                ? Map.of("X-Forwarded-Host", host)
                : Map.of("X-Forwarded-Host", host, "X-Forwarded-Port", port);
        assertThat(seen(ForwardedHeaders.xForwarded(PROXIES).host(), headers)).isEqualTo("127.0.0.1 http " + expected);
        assertThat(seen(ForwardedHeaders.xForwarded(PROXIES), headers)).isEqualTo("127.0.0.1 http localhost");
    }

    @Test
    void theHostOfTheStandardHeaderCountsIfSaidSo() {
        assertThat(seen(ForwardedHeaders.rfc7239(PROXIES), Map.of("Forwarded", "host=app.example;proto=https")))
                .isEqualTo("127.0.0.1 https localhost");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/shop          | /shop/home",
                "/shop/         | /shop/home",
                "/a/b.c/~d      | /a/b.c/~d/home",
                "/              | /home",
                "shop           | /home",
                "//evil.example | /home",
                "/..            | /home",
                "/a/./b         | /home",
                "/a%2Fb         | /home",
                "/a?b           | /home",
                "/a;b           | /home",
                "/a, /b         | /home",
                "/\\evil        | /home",
            })
    void thePrefixIsPartOfRedirectsIfSaidSo(String prefix, String location) {
        assertThat(client(ForwardedHeaders.xForwarded(PROXIES).prefix())
                        .with("X-Forwarded-Prefix", prefix)
                        .get("/redirect")
                        .header("Location"))
                .isEqualTo(location);
        assertThat(client(ForwardedHeaders.xForwarded(PROXIES))
                        .with("X-Forwarded-Prefix", prefix)
                        .get("/redirect")
                        .header("Location"))
                .isEqualTo("/home");
    }

    @Test
    void nobodyElseIsBelieved() {
        Map<String, String> all = Map.of(
                "Forwarded", "for=192.0.2.60;proto=https;host=evil.example",
                "X-Forwarded-For", "192.0.2.60",
                "X-Forwarded-Proto", "https",
                "X-Forwarded-Host", "evil.example",
                "X-Forwarded-Prefix", "/evil");
        assertThat(seen(ForwardedHeaders.xForwarded("10.0.0.0/8").host().prefix(), all))
                .isEqualTo("127.0.0.1 http localhost");
        assertThat(seen(ForwardedHeaders.rfc7239("10.0.0.0/8").host(), all)).isEqualTo("127.0.0.1 http localhost");
    }

    @Test
    void onlyTheHeadersThatWereChosenCount() {
        assertThat(seen(ForwardedHeaders.xForwarded(PROXIES), Map.of("Forwarded", "for=192.0.2.60;proto=https")))
                .isEqualTo("127.0.0.1 http localhost");
        assertThat(seen(
                        ForwardedHeaders.rfc7239(PROXIES),
                        Map.of("X-Forwarded-For", "192.0.2.60", "X-Forwarded-Proto", "https")))
                .isEqualTo("127.0.0.1 http localhost");
    }

    @Test
    void mistakesAreRefusedAtOnce() {
        assertRefused(() -> ForwardedHeaders.xForwarded(), "ForwardedHeaders.xForwarded: expected a proxy, got none");
        assertRefused(() -> ForwardedHeaders.rfc7239(), "ForwardedHeaders.rfc7239: expected a proxy, got none");
        assertRefused(
                () -> ForwardedHeaders.xForwarded("proxy.example"),
                "ForwardedHeaders.xForwarded: expected an address or a range like 10.0.0.0/8, got 'proxy.example'");
        assertRefused(
                () -> ForwardedHeaders.rfc7239("::1").prefix(),
                "ForwardedHeaders.prefix: expected the headers X-Forwarded, got 'rfc7239'");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatExceptionOfType(StartupError.class).isThrownBy(call).withMessageStartingWith(message);
    }
}
