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

    @ParameterizedTest
    @ValueSource(ints = {400, 408, 411, 413, 414, 500, 501, 503})
    void someErrorsEndTheConnectionAndSaySo(int status) throws Exception {
        try (var wire = site.connect()) {
            wire.send(site.head("GET /status/" + status));
            Answer answer = wire.read();
            assertThat(answer.status()).isEqualTo(status);
            if (Deviation.SOME_ERRORS_CLOSE.of(site)) {
                assertThat(answer.header("Connection")).isEqualTo("close");
                wire.expectEnd();
            } else {
                assertThat(answer.header("Connection")).isNotEqualTo("close");
                site.expectInStep(wire);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 405, 409, 415, 422, 429, 431, 502, 504})
    void theOthersDoNot(int status) throws Exception {
        try (var wire = site.connect()) {
            wire.send(site.head("GET /status/" + status));
            Answer answer = wire.read();
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.header("Connection")).isNotEqualTo("close");
            site.expectInStep(wire);
        }
    }

    @Test
    void anErrorAfterTheAnswerHasBegunBreaksItOff() throws Exception {
        long mark = site.mark();
        try (var wire = site.connect()) {
            wire.send(site.head("GET /failing/items/30"));
            Site.expectBrokenOff(wire);
        }
        site.expectOneError(mark, "GET /failing/items/30");
        Eventually.noneOpen(site);
    }
}
