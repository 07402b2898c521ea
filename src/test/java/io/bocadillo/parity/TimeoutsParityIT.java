package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

@ParameterizedClass(name = "{0}")
@ArgumentsSource(Sites.Impatient.class)
class TimeoutsParityIT {

    private static final int ROUNDS = 20;
    private static final int CONNECTIONS = 16;

    @Parameter
    Site site;

    @Test
    void aViewThatNeverAnswersGetsOne503() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /held/" + token("never")));
            expectGivenUp(wire.read());
        }
    }

    @Test
    void aLateAnswerIsRefusedAndChangesNothing() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /held/" + token("late")));
            Answer answer = wire.read();
            expectGivenUp(answer);
            site.ask("POST /release/" + token("late"));
            assertThat(site.ask("GET /report/" + token("late")).text())
                    .contains("expected use before the end of the exchange, got it after");
            if (!Deviation.SOME_ERRORS_CLOSE.of(site)) {
                wire.send(site.head("GET /hello"));
                assertThat(wire.read().text()).isEqualTo("hello");
            }
            wire.halfClose();
            wire.expectEnd();
        }
    }

    @Test
    void aBodyThatDoesNotComeGetsAnAnswerAndTheConnectionEnds() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /echo", "Content-Length: 10") + "hello");
            assertThat(wire.read().status()).isEqualTo(408);
            wire.expectEnd();
        }
    }

    /** What has come has earned it minutes, in which it has to go on. */
    @Test
    void aBodyThatStandsStillAfterALotHasComeIsA408() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /echo", "Content-Length: 200000") + "x".repeat(100_000));
            assertThat(wire.read().status()).isEqualTo(408);
            wire.expectEnd();
        }
    }

    @Test
    void anAnswerThatRacesWithTheTimeoutIsOneOfBoth() throws Exception {
        int answered = 0;
        int givenUp = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Wire> wires = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                long micros = ImpatientApp.TIMEOUT_MILLIS * 1000
                        + ThreadLocalRandom.current().nextLong(-2000, 2000);
                Wire wire = site.connect();
                wire.send(site.head("GET /after/" + micros + "?token=" + round + "-" + i, "Connection: close"));
                wires.add(wire);
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                try (Wire wire = wires.get(i)) {
                    Answer answer = wire.read();
                    if (answer.status() == 200) {
                        assertThat(answer.text()).isEqualTo(round + "-" + i);
                        answered++;
                    } else {
                        expectGivenUp(answer);
                        givenUp++;
                    }
                    wire.expectEnd();
                }
            }
        }
        assertThat(answered + givenUp).isEqualTo(ROUNDS * CONNECTIONS);
    }

    @Test
    void aBodyThatDoesNotComeGivesUpItsPlaceUnderALimit() throws Exception {
        try (Wire slow = site.connect();
                Wire gone = site.connect()) {
            slow.send(site.head("POST /limited", "Content-Length: 10") + "half");
            gone.send(site.head("POST /limited", "Content-Length: 10") + "half");
            gone.reset();
            assertThat(slow.read().status()).isEqualTo(408);
        }
        Eventually.expect(
                "no request is under way",
                () -> site.ask("GET /limited/under-way").text().equals("0"));
        assertThat(site.askWithBody("POST /limited", "whole").text()).isEqualTo("whole");
    }

    private static void expectGivenUp(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("X-Thread")).doesNotContain("bocadillo-timer").doesNotContain("I/O");
        assertThat(answer.text()).isEqualTo("{\"error\":\"503 Service Unavailable\",\"status\":503}");
    }

    private String token(String what) {
        return Integer.toHexString(site.toString().hashCode()) + "-" + what;
    }
}
