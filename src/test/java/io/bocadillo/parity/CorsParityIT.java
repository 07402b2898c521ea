package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.CsvSource;

@ParameterizedClass(name = "{0}")
@ArgumentsSource(Sites.WithBatteries.class)
class CorsParityIT {

    private static final String ORIGIN = "Origin: https://app.example";

    @Parameter
    Site site;

    @ParameterizedTest
    @CsvSource({"/hello", "/none"})
    void aPreflightIsAnswered(String path) throws Exception {
        Answer answer = site.ask("OPTIONS " + path, ORIGIN, "Access-Control-Request-Method: PUT");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("GET, PUT");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(answer.header("Vary")).isEqualTo("Origin");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aBadPreflightIsRefused() throws Exception {
        Answer method = site.ask("OPTIONS /hello", ORIGIN, "Access-Control-Request-Method: DELETE");
        assertThat(method.status()).isEqualTo(400);
        assertThat(method.header("Access-Control-Allow-Methods")).isNull();
        Answer origin =
                site.ask("OPTIONS /hello", "Origin: https://evil.example", "Access-Control-Request-Method: PUT");
        assertThat(origin.status()).isEqualTo(400);
        assertThat(origin.header("Access-Control-Allow-Origin")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /hello, 200",
        "HEAD, /hello, 200",
        "GET, /none, 404",
        "DELETE, /hello, 405",
        "GET, /teapot, 418",
        "GET, /bug, 500",
        "OPTIONS, /hello, 204"
    })
    void everyAnswerToAnAllowedOriginSaysSo(String method, String path, int status) throws Exception {
        Answer answer = site.ask(method + " " + path, ORIGIN);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        assertThat(answer.header("Vary")).isEqualTo("Origin");
    }

    @Test
    void noOtherAnswerDoes() throws Exception {
        for (String origin : new String[] {"Origin: https://evil.example", "Origin: null", "X-None: x"}) {
            Answer answer = site.ask("GET /hello", origin);
            assertThat(answer.text()).isEqualTo("hello");
            assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
            assertThat(answer.header("Vary")).isEqualTo("Origin");
        }
    }
}
