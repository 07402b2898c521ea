package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@AtEveryHome
class ErrorsParityIT {

    @Parameter
    Site site;

    @ParameterizedTest
    @ValueSource(strings = {"/boom", "/error", "/null", "/async/boom", "/async/error"})
    void anUnhandledErrorIsA500WithoutInternalsAndOneLogRecord(String path) throws Exception {
        long mark = site.server().log().mark();
        Answer answer = site.ask("GET " + path);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text()).isEqualTo("{\"error\":\"500 Internal Server Error\",\"status\":500}");
        assertThat(site.server().log().since(mark, "ERROR"))
                .singleElement()
                .asString()
                .contains("GET " + path + ": unhandled error");
    }

    @Test
    void anHttpErrorIsAnsweredWithItsHeaders() throws Exception {
        Answer answer = site.ask("GET /teapot");
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.header("X-Tea")).isEqualTo("green");
        assertThat(answer.text()).contains("short and stout");
    }

    @Test
    void theConnectionSurvivesAnErrorOfTheClient() throws Exception {
        try (var wire = site.connect()) {
            wire.send(site.head("GET /teapot") + site.head("GET /async/failed?token=t") + site.head("GET /hello"));
            assertThat(wire.read().status()).isEqualTo(418);
            assertThat(wire.read().status()).isEqualTo(409);
            assertThat(wire.read().text()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/boom", "/async/boom"})
    void theConnectionSurvivesAnErrorOfTheServerOrIsSaidToEnd(String path) throws Exception {
        try (var wire = site.connect()) {
            wire.send(site.head("GET " + path) + site.head("GET /hello"));
            Answer answer = wire.read();
            assertThat(answer.status()).isEqualTo(500);
            if (Deviation.SOME_ERRORS_CLOSE.of(site)) {
                assertThat(answer.header("Connection")).isEqualTo("close");
                wire.expectEnd();
            } else {
                assertThat(wire.read().text()).isEqualTo("hello");
            }
        }
    }
}
