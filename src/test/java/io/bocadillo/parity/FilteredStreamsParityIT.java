package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Wire;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind filters, and where all is written blocking because a filter or the servlet leaves no other way. */
@ParameterizedClass(name = "{0}")
@ArgumentsSource(Sites.Filtered.class)
class FilteredStreamsParityIT {

    @Parameter
    Site site;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"items", "writer", "bytes", "async-strings", "async-buffers"})
    void aStreamIsWholeAndTheConnectionGoesOn(String how) throws Exception {
        for (int count : new int[] {0, 1, 100}) {
            byte[] whole = ResponseStreamViews.whole(count);
            try (Wire wire = site.connect()) {
                Answer answer =
                        wire.send(site.head("GET /out/" + how + "/" + count)).read();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(whole);
                Answer declared = wire.send(site.head("GET /out/" + how + "/" + count + "?length=" + whole.length))
                        .read();
                assertThat(declared.header("Content-Length")).isEqualTo("" + whole.length);
                assertThat(declared.body()).isEqualTo(whole);
                site.expectInStep(wire);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"publisher", "writer"})
    void eachPieceGoesOutAtOnce(String how) throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /gated/" + how + "/gated-" + how));
            wire.readUntil("first");
            site.ask("POST /gate/gated-" + how);
            wire.readUntil("second");
            wire.readUntil("0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"items", "writer", "async"})
    void anErrorBeforeTheFirstPieceIsAnswered(String how) throws Exception {
        long mark = site.mark();
        Answer answer = site.ask("GET /failing/" + how + "/0");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).isEqualTo("{\"error\":\"500 Internal Server Error\",\"status\":500}");
        site.expectOneError(mark, "GET /failing/" + how + "/0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"items", "writer", "async"})
    void anErrorAfterTheFirstPieceBreaksTheAnswerOff(String how) throws Exception {
        long mark = site.mark();
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /failing/" + how + "/30"));
            Site.expectBrokenOff(wire);
        }
        site.expectOneError(mark, "GET /failing/" + how + "/30");
        Eventually.noneOpen(site);
    }

    @ParameterizedTest
    @ValueSource(strings = "async-bytes")
    void aClientThatDoesNotReadIsWaitedFor(String how) throws Exception {
        ResponseStreamViews.expectWaitsForReader(site, how);
    }

    @ParameterizedTest
    @ValueSource(strings = {"items", "writer", "bytes", "async-bytes"})
    void aClientThatGoesEndsTheStream(String how) throws Exception {
        String token = "gone-" + how;
        long mark = site.mark();
        try (Wire wire = Wire.withSmallWindow(site.server().port())) {
            wire.send(site.head("GET /out/" + how + "/100000?token=" + token));
            assertThat(wire.hasSomethingWithin(30_000)).isTrue();
            wire.reset();
        }
        switch (how) {
            case "items" -> expectReport(token, "closed");
            case "writer" -> expectReport(token, "ClientDisconnect");
            default -> assertThat(site.ask("GET /cancelled/" + token).text()).isEqualTo("cancelled");
        }
        Eventually.noneOpen(site);
        assertThat(site.ask("GET /disconnects/" + token).text()).isEqualTo("1");
        assertThat(site.errors(mark)).isEmpty();
    }

    @Test
    void writersThatWaitForTheirClientsHoldUpNoOthers() throws Exception {
        List<Wire> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                Wire wire = Wire.withSmallWindow(site.server().port());
                slow.add(wire);
                wire.send(site.head("GET /out/writer/3000"));
                assertThat(wire.hasSomethingWithin(30_000)).as("client " + i).isTrue();
            }
            try (Wire wire = site.connect()) {
                for (String how : new String[] {"writer", "items", "async-bytes"}) {
                    assertThat(wire.send(site.head("GET /out/" + how + "/3"))
                                    .read()
                                    .body())
                            .isEqualTo(ResponseStreamViews.whole(3));
                }
            }
        } finally {
            for (Wire wire : slow) {
                wire.reset();
            }
        }
        Eventually.noneOpen(site);
    }

    @Test
    void eventsComeAtOnceUntilTheClientGoes() throws Exception {
        long mark = site.mark();
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /events/leaving"));
            wire.readUntil("data: one\n\n");
            wire.readUntil("data: two\n\n");
            wire.readUntil(": \n\n");
            wire.reset();
        }
        expectReport("leaving-close", "close");
        expectReport("leaving-disconnect", "disconnect");
        Eventually.noneOpen(site);
        assertThat(site.errors(mark)).isEmpty();
    }

    @Test
    void aFileIsWholeAndSoIsARangeOfIt() throws Exception {
        int size = 1_000_001;
        String path = ServedFile.of(folder.resolve("data.bin"), size).path();
        try (Wire wire = site.connect()) {
            Answer whole = wire.send(site.head("GET " + path)).read();
            assertThat(whole.header("Content-Length")).isEqualTo("" + size);
            assertThat(whole.body()).isEqualTo(Bytes.pattern(size));
            Answer range =
                    wire.send(site.head("GET " + path, "Range: bytes=-70000")).read();
            assertThat(range.status()).isEqualTo(206);
            assertThat(range.body()).isEqualTo(Arrays.copyOfRange(Bytes.pattern(size), size - 70_000, size));
            Answer known = wire.send(site.head("GET " + path, "If-Modified-Since: " + ServedFile.CHANGED))
                    .read();
            assertThat(known.status()).isEqualTo(304);
            assertThat(known.header("Content-Length")).isNull();
            site.expectInStep(wire);
        }
    }

    @Test
    void aFileThatShrinksWhileItIsSentBreaksTheAnswerOff() throws Exception {
        ServedFile huge = ServedFile.huge(folder.resolve("huge.bin"));
        long mark = site.mark();
        try (Wire wire = Wire.withSmallWindow(site.server().port())) {
            wire.send(site.head("GET " + huge.path()));
            assertThat(wire.hasSomethingWithin(30_000)).isTrue();
            huge.setLength(10);
            assertThatThrownBy(wire::read)
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);
        }
        site.expectOneError(mark, "GET /file", "cut short while it was sent");
        Eventually.noneOpen(site);
    }

    private void expectReport(String token, String report) throws IOException {
        assertThat(site.ask("GET /report/" + token).text()).isEqualTo(report);
    }
}
