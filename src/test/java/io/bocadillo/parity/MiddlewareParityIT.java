package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "{0}")
@ArgumentsSource(Sites.WithBatteries.class)
class MiddlewareParityIT {

    @Parameter
    Site site;

    @ParameterizedTest
    @ValueSource(strings = {"test", "TEST:8000", "a.app.example", "a.b.app.example:80"})
    void theHostsOfTheSiteAreServed(String host) throws Exception {
        Answer answer = askAs(host, "GET /seen");
        assertThat(answer.text()).isEqualTo("127.0.0.1 http " + host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "app.example", "app.example.evil.example", "test@evil.example", "test:80:80"})
    void othersAreRefused(String host) throws Exception {
        assertThat(askAs(host, "GET /seen").status()).isEqualTo(400);
    }

    @Test
    void aRequestWithoutAHostIsRefused() throws Exception {
        String request = site.head("GET /seen").replace("Host: test\r\n", "").replace("HTTP/1.1", "HTTP/1.0");
        try (Wire wire = site.connect()) {
            String answer = new String(wire.send(request).readToEnd(), StandardCharsets.ISO_8859_1);
            assertThat(answer).containsPattern("^HTTP/1\\.[01] 400 ");
        }
    }

    @Test
    void aRequestWithTwoHostsIsRefused() throws Exception {
        assertThat(site.ask("GET /seen", "Host: test").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x/../hello", "/./hello", "/hello/.."})
    void theRefusalOfAPathHasItsHeadersToo(String path) throws Exception {
        Answer answer = site.ask("GET " + path, "X-Request-ID: abc", "Origin: https://app.example");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("path: expected");
        assertThat(answer.header("X-Request-ID")).isEqualTo("abc");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
    }

    @Test
    void whatATrustedProxySaysCounts() throws Exception {
        assertThat(site.ask(
                                "GET /seen",
                                "X-Forwarded-For: 192.0.2.1, 2001:db8::7",
                                "X-Forwarded-Proto: https",
                                "X-Forwarded-Host: www.app.example")
                        .text())
                .isEqualTo("2001:db8::7 https www.app.example");
        assertThat(site.ask("GET /seen", "X-Forwarded-Host: evil.example").status())
                .isEqualTo(400);
    }

    @Test
    void whatComesByHttpIsRedirectedAndWhatComesByHttpsKnowsIt() throws Exception {
        Answer http = site.ask("GET /secure?a=%2F", "X-Forwarded-Host: www.app.example");
        assertThat(http.status()).isEqualTo(308);
        assertThat(http.header("Location")).isEqualTo("https://www.app.example" + site.base() + "/secure?a=%2F");
        assertThat(http.header("Strict-Transport-Security")).isNull();
        Answer https = site.ask("GET /secure", "X-Forwarded-Proto: https");
        assertThat(https.text()).isEqualTo("secure");
        assertThat(https.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
    }

    @ParameterizedTest
    @CsvSource({"GET, /hello, 200", "GET, /none, 404", "POST, /hello, 405", "GET, /bug, 500"})
    void everyAnswerHasItsIdentifierAndTheHeadersForSafety(String method, String path, int status) throws Exception {
        Answer answer = site.ask(method + " " + path, "X-Request-ID: abc-1");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("X-Request-ID")).isEqualTo("abc-1");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeBack() throws Exception {
        String key = "X-Key: " + site;
        assertThat(site.ask("GET /rare", key).status()).isEqualTo(200);
        assertThat(site.ask("GET /rare", key).status()).isEqualTo(200);
        Answer refused = site.ask("GET /rare", key);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1700, 1800);
    }

    @Test
    void aStreamTakesItsRoomUntilItsClientGoes() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /single"));
            wire.readUntil("data: hello\n\n");
            Answer refused = site.ask("GET /single");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            wire.reset();
        }
        Eventually.expect(
                "there is room again", () -> site.ask("GET /under-way").text().equals("0"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /hello, 200 5 sent",
        "HEAD, /hello, 200 0 sent",
        "GET, /large, 200 10000000 sent",
        "GET, /pieces, 200 -1 sent",
        "GET, /none, 404 38 sent",
        "OPTIONS, /hello, 204 0 sent"
    })
    void whatWasSentIsKnownAtTheEnd(String method, String path, String expected) throws Exception {
        String token = "sent-" + method + path.substring(1)
                + Integer.toHexString(site.toString().hashCode());
        Answer answer = site.ask(method + " " + path, "X-Token: " + token);
        String outcome = site.ask("GET /report/" + token).text();
        assertThat(outcome).isEqualTo(expected.replace("-1", "" + answer.body().length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/large", "/single"})
    void anAnswerThatBreaksOffIsKnownToo(String path) throws Exception {
        String token = "gone-" + path.substring(1)
                + Integer.toHexString(site.toString().hashCode());
        try (Wire wire = Wire.withSmallWindow(site.server().port())) {
            wire.send(site.head("GET " + path, "X-Token: " + token));
            if (path.equals("/single")) {
                wire.readUntil("data: hello\n\n");
            } else {
                // More than the container is given at once: what it has not taken as a whole does not count.
                byte[] piece = new byte[4096];
                for (int received = 0; received < 100_000; ) {
                    int read = wire.read(piece);
                    assertThat(read).isPositive();
                    received += read;
                }
            }
            wire.reset();
        }
        String outcome = site.ask("GET /report/" + token).text();
        assertThat(outcome).matches("200 [0-9]+ ClientDisconnect");
        assertThat(Integer.parseInt(outcome.split(" ")[1])).isBetween(4, BatteriesApp.LARGE - 1);
    }

    @Test
    void everyRequestHasItsLineInTheLog() throws Exception {
        long mark = site.mark();
        String id = "log-" + Integer.toHexString(site.toString().hashCode());
        site.ask("GET /hello?secret=1", "X-Request-ID: " + id);
        Eventually.expect(
                "there is a line", () -> site.server().log().since(mark).contains("id=" + id));
        assertThat(site.server().log().since(mark).lines().filter(line -> line.contains("id=" + id)))
                .singleElement()
                .asString()
                .contains("io.bocadillo.access")
                .containsPattern("method=GET path=/hello status=200 bytes=5 ms=[0-9.]+ end=sent route=/hello"
                        + " peer=127\\.0\\.0\\.1 id=log-")
                .doesNotContain("secret");
    }

    private Answer askAs(String host, String methodAndPath) throws IOException {
        String request = site.head(methodAndPath, "Connection: close").replace("Host: test", "Host: " + host);
        return Wire.ask(site.server().port(), request);
    }
}
