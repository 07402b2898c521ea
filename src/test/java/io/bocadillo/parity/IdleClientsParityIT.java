package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "{0}")
@ArgumentsSource(Sites.Strict.class)
class IdleClientsParityIT {

    @Parameter
    Site site;

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/stream"})
    void aBodyThatNeverBeginsIsA408(String path) throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST " + path, "Content-Length: 10"));
            assertThat(wire.read().status()).isEqualTo(408);
        }
        Eventually.noneOpen(site);
    }

    @Test
    void aBodyThatStandsStillIsA408() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /echo", "Content-Length: 10") + "half");
            assertThat(wire.read().status()).isEqualTo(408);
        }
        Eventually.noneOpen(site);
    }

    @Test
    void anEchoThatStandsStillBreaksOff() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /stream", "Transfer-Encoding: chunked") + "4\r\nhalf\r\n");
            assertThat(wire.readUntil("half")).startsWith("HTTP/1.1 200");
            Eventually.noneOpen(site);
        }
    }

    @Test
    void aClientThatTakesNothingIsCut() throws Exception {
        try (Wire wire = Wire.withSmallWindow(site.server().port())) {
            wire.send(site.head("GET /large"));
            Eventually.noneOpen(site);
        }
    }
}
