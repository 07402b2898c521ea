package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@InEveryContainer
class LargeTransfersParityIT {

    private static final int SIZE = 10 * 1024 * 1024;

    /** More than any of the containers has threads. */
    private static final int SLOW_CLIENTS = 250;

    @Parameter
    Site site;

    @Test
    void tenMegabytesThatComeLateAreWhole() throws Exception {
        assertThat(site.ask("GET /async/bytes/" + SIZE).body()).isEqualTo(Bytes.pattern(SIZE));
    }

    @Test
    void tenMegabytesAreWholeForAClientThatReadsSlowly() throws Exception {
        byte[] expected = Bytes.pattern(SIZE);
        try (Wire wire = Wire.withSmallWindow(site.server().port())) {
            wire.send(site.head("GET /bytes/" + SIZE, "Connection: close"));
            for (int i = 0; i < 20; i++) {
                site.ask("GET /hello");
            }
            assertThat(wire.read().body()).isEqualTo(expected);
            wire.expectEnd();
        }
    }

    @Test
    void clientsThatDoNotReadHoldNoThread() throws Exception {
        List<Wire> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW_CLIENTS; i++) {
                Wire wire = Wire.withSmallWindow(site.server().port());
                slow.add(wire);
                wire.send(site.head("GET /shared-bytes"));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(site.ask("GET /hello").text()).isEqualTo("hello");
                assertThat(site.ask("GET /async/later?token=t").text()).isEqualTo("t");
            }
            assertThat(slow.get(SLOW_CLIENTS - 1).read().body()).hasSize(SIZE);
        } finally {
            for (Wire wire : slow) {
                wire.reset();
            }
        }
        assertThat(site.ask("GET /hello").text()).isEqualTo("hello");
    }

    @Test
    void clientsThatSendNoBodyHoldNoThread() throws Exception {
        List<Wire> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW_CLIENTS; i++) {
                Wire wire = site.connect();
                slow.add(wire);
                wire.send(site.head("POST /echo", "Content-Length: 10") + "hello");
            }
            assertThat(site.ask("GET /hello").text()).isEqualTo("hello");
            for (Wire wire : slow) {
                wire.send("world");
                assertThat(wire.read().text()).isEqualTo("helloworld");
            }
        } finally {
            for (Wire wire : slow) {
                wire.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bytes/", "/async/bytes/"})
    void aResetInTheMiddleOfAnAnswerDisturbsNobody(String path) throws Exception {
        long mark = site.server().log().mark();
        for (int i = 0; i < 20; i++) {
            Wire wire = Wire.withSmallWindow(site.server().port());
            wire.send(site.head("GET " + path + SIZE));
            wire.read(new byte[1000]);
            wire.reset();
        }
        for (int i = 0; i < 50; i++) {
            assertThat(site.ask("GET /bytes/100000").body()).isEqualTo(Bytes.pattern(100_000));
        }
        assertThat(site.server().log().since(mark, "ERROR")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked", "Content-Length: 52428800"})
    void aFloodGets413AndIsNotReadToItsEnd(String framing) throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /echo", framing));
            CompletableFuture<Integer> sent = CompletableFuture.supplyAsync(() -> flood(wire, framing), OwnThread.EACH);
            boolean refusedByContainer = Deviation.BODY_BEYOND_2_MIB_GETS_500.of(site) && framing.startsWith("Content");
            assertThat(wire.read().status()).isEqualTo(refusedByContainer ? 500 : 413);
            assertThat(sent.join()).isLessThan(20 * 1024 * 1024);
        }
        assertThat(site.ask("GET /hello").text()).isEqualTo("hello");
    }

    /** Sends 50 MiB, or as many bytes as the server lets it. */
    private static int flood(Wire wire, String framing) {
        byte[] content = new byte[64 * 1024];
        byte[] chunkHead =
                framing.endsWith("chunked") ? "\r\n10000\r\n".getBytes(StandardCharsets.US_ASCII) : new byte[0];
        int sent = 0;
        try {
            if (chunkHead.length > 0) {
                wire.send("10000\r\n");
            }
            for (int i = 0; i < 800; i++) {
                wire.send(content);
                wire.send(chunkHead);
                sent += content.length;
            }
        } catch (IOException closed) {
            return sent;
        }
        return sent;
    }
}
