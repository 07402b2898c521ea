package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@AtEveryHome
class AsyncViewsParityIT {

    @Parameter
    Site site;

    @ParameterizedTest
    @ValueSource(strings = {"now", "later"})
    void aStageCompletedAnywhereIsAnsweredOnce(String how) throws Exception {
        try (var wire = site.connect()) {
            for (int i = 0; i < 20; i++) {
                wire.send(site.head("GET /async/" + how + "?token=" + token(i)));
                assertThat(wire.read().text()).isEqualTo(token(i));
            }
            wire.halfClose();
            wire.expectEnd();
        }
    }

    @Test
    void aStageCompletedWhenTheTimeHasComeIsAnsweredThen() throws Exception {
        try (var wire = site.connect()) {
            wire.send(site.head("GET /held/" + token(0)));
            assertThat(site.ask("POST /release/" + token(0)).text()).isEqualTo("released");
            assertThat(wire.read().text()).isEqualTo(token(0));
        }
    }

    @Test
    void aStageFailedElsewhereIsAnsweredByItsErrorHandler() throws Exception {
        Answer answer = site.ask("GET /async/failed?token=t");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text()).contains("\"detail\":\"t\"");
    }

    @Test
    void aStageCompletedTwiceIsAnsweredOnceAndUseAfterTheEndIsRefused() throws Exception {
        String token = token(100);
        try (var wire = site.connect()) {
            wire.send(site.head("GET /async/twice?token=" + token));
            assertThat(wire.read().text()).isEqualTo(token);
            Eventually.noneOpen(site);
            assertThat(site.ask("POST /release/" + token).text()).isEqualTo("released");
            assertThat(site.ask("GET /report/" + token).text())
                    .contains("response to GET /async/twice: expected use before the end of the exchange, got it after")
                    .contains("request GET /async/twice: expected use before the end of the exchange, got it after");
            wire.send(site.head("GET /hello"));
            assertThat(wire.read().text()).isEqualTo("hello");
        }
    }

    @Test
    void anAsyncViewHasTheBody() throws Exception {
        assertThat(site.askWithBody("POST /async/echo", "body").text()).isEqualTo("body");
    }

    @Test
    void middlewareThatCallsOnFromAnotherThreadLetsTheBodyBeRead() throws Exception {
        String body = "0123456789".repeat(5000);
        for (int i = 0; i < 20; i++) {
            assertThat(site.askWithBody("POST /hop", body).text()).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/threads", "/hop/threads"})
    void aViewNeverRunsOnAThreadThatMustNotBlock(String path) throws Exception {
        try (var wire = site.connect()) {
            wire.send(site.head("POST " + path, "Content-Length: 4") + "sl");
            wire.sendByteByByte("ow");
            assertThat(wire.read().text()).isNotEmpty().doesNotContain("I/O");
        }
    }

    private String token(int i) {
        return Integer.toHexString(site.toString().hashCode()) + "-" + i;
    }
}
