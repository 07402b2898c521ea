package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@InEveryContainer
class RequestStreamsParityIT {

    /** More than all buffers between a client that sends little at a time and a server that does not read. */
    private static final int MORE_THAN_BUFFERS = 1_900_000;

    @Parameter
    Site site;

    @ParameterizedTest
    @ValueSource(strings = {"/in/echo", "/in/echo-later"})
    void aLargeBodyIsEchoedWhileItComes(String path) throws Exception {
        byte[] body = Bytes.pattern(Deviation.BODY_BEYOND_2_MIB_GETS_500.of(site) ? MORE_THAN_BUFFERS : 20_000_000);
        for (String framing : new String[] {"Content-Length: " + body.length, "Transfer-Encoding: chunked"}) {
            try (Wire wire = site.connect()) {
                CompletableFuture<Void> sent = sending(wire, site.head("POST " + path, framing), body, framing);
                Answer answer = wire.read();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
                assertThat(Arrays.equals(answer.body(), body)).as(framing).isTrue();
                sent.join();
                if (Deviation.ANSWER_BEFORE_LARGE_BODY_CLOSES.of(site) && framing.startsWith("Content")) {
                    wire.expectEnd();
                } else {
                    expectInStep(wire);
                }
            }
        }
        Eventually.noneOpen(site);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/in/taken", "/in/one-by-one"})
    void aBodyIsWholeHoweverItIsTaken(String path) throws Exception {
        byte[] body = Bytes.pattern(MORE_THAN_BUFFERS);
        for (String framing : new String[] {"Content-Length: " + body.length, "Transfer-Encoding: chunked"}) {
            try (Wire wire = site.connect()) {
                CompletableFuture<Void> sent = sending(wire, site.head("POST " + path, framing), body, framing);
                assertThat(wire.read().text()).isEqualTo(Taker.whole(body));
                sent.join();
                expectInStep(wire);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/in/taken", "/in/one-by-one", "/in/echo", "/in/echo-later"})
    void anEmptyBodyIsAnEmptyStream(String path) throws Exception {
        for (String framing : new String[] {"Content-Length: 0", "X-Framing: none", "Transfer-Encoding: chunked"}) {
            try (Wire wire = site.connect()) {
                wire.send(site.head("POST " + path, framing) + (framing.endsWith("chunked") ? "0\r\n\r\n" : ""));
                Answer answer = wire.read();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.text()).isEqualTo(path.contains("echo") ? "" : Taker.whole(new byte[0]));
                expectInStep(wire);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/in/taken", "/in/one-by-one", "/in/echo"})
    void aBodyMayComeByteByByte(String path) throws Exception {
        String text = "hello, world";
        String expected = path.contains("echo") ? text : Taker.whole(text.getBytes(StandardCharsets.ISO_8859_1));
        try (Wire wire = site.connect()) {
            wire.sendByteByByte(site.withBody("POST " + path, text));
            assertThat(wire.read().text()).isEqualTo(expected);
            wire.sendByteByByte(site.head("POST " + path, "Transfer-Encoding: chunked")
                    + "5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n");
            assertThat(wire.read().text()).isEqualTo(expected);
            expectInStep(wire);
        }
    }

    @Test
    void aPieceIsEchoedBeforeTheNextOneIsSent() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /in/echo", "Transfer-Encoding: chunked") + "5\r\nhello\r\n");
            wire.readUntil("hello");
            wire.send("5\r\nworld\r\n");
            wire.readUntil("world");
            wire.send("0\r\n\r\n");
            wire.readUntil("0\r\n\r\n");
            expectInStep(wire);
        }
    }

    @Test
    void whatNobodyAsksForIsNotRead() throws Exception {
        byte[] body = Bytes.pattern(MORE_THAN_BUFFERS);
        try (Wire wire = Wire.withSmallWindow(site.server().port())) {
            AtomicLong count = new AtomicLong();
            CompletableFuture<Void> sent = CompletableFuture.runAsync(
                    () -> {
                        try {
                            wire.send(site.head("POST /in/stepwise/undemanded", "Content-Length: " + body.length));
                            for (int at = 0; at < body.length; at += 1000) {
                                wire.send(Arrays.copyOfRange(body, at, Math.min(at + 1000, body.length)));
                                count.addAndGet(1000);
                            }
                        } catch (IOException failure) {
                            throw new AssertionError(failure);
                        }
                    },
                    OwnThread.EACH);
            assertThat(Eventually.still(count::get)).isLessThan(body.length);
            assertThat(site.ask("GET /steps/undemanded").text()).isEqualTo("0");
            site.ask("POST /steps/undemanded/2");
            Eventually.expect(
                    "two pieces come",
                    () -> !site.ask("GET /steps/undemanded").text().equals("0"));
            assertThat(Eventually.still(count::get)).isLessThan(body.length);
            assertThat(Long.parseLong(site.ask("GET /steps/undemanded").text())).isLessThanOrEqualTo(2 * 16 * 1024);
            site.ask("POST /steps/undemanded/" + Long.MAX_VALUE);
            assertThat(wire.read().text()).isEqualTo(Taker.whole(body));
            sent.join();
            expectInStep(wire);
        }
    }

    @Test
    void aBodyThatIsThereEndsThoughItsEndIsNotAskedFor() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.withBody("POST /in/stepwise/exactly", "hello"));
            site.ask("POST /steps/exactly/1");
            Eventually.expect(
                    "a piece comes", () -> site.ask("GET /steps/exactly").text().equals("5"));
            assertThat(wire.read().text()).isEqualTo(Taker.whole("hello".getBytes(StandardCharsets.US_ASCII)));
            expectInStep(wire);
        }
    }

    @Test
    void aSecondSubscriberIsTold() throws Exception {
        assertThat(site.askWithBody("POST /in/twice", "hello").text())
                .startsWith(Taker.whole("hello".getBytes(StandardCharsets.US_ASCII)) + " | ")
                .contains("expected one subscriber, got a second");
    }

    @Test
    void aDemandOfNothingIsAnError() throws Exception {
        assertThat(site.askWithBody("POST /in/zero", "hello").text()).contains("expected a positive number");
    }

    @Test
    void aBodyBeyondTheLimitIs413() throws Exception {
        String most = "x".repeat(RequestStreamViews.LIMIT);
        assertThat(site.askWithBody("POST /in/limited", most).text()).startsWith(most.length() + " ");
        assertThat(site.askWithBody("POST /in/limited", most + "x").text()).isEqualTo("error 413");
        try (Wire wire = site.connect()) {
            wire.send(
                    site.head("POST /in/limited", "Transfer-Encoding: chunked") + "3e8\r\n" + most + "\r\n1\r\nx\r\n");
            assertThat(wire.read().text()).isEqualTo("error 413");
        }
    }

    @Test
    void aClientThatGoesIsAnError400() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (Wire wire = site.connect()) {
                wire.send(site.head("POST /in/taken?token=reset-" + i, "Content-Length: 100000") + "hello");
                wire.reset();
            }
            assertThat(site.ask("GET /report/reset-" + i).text()).isEqualTo("error 400");
        }
        Eventually.noneOpen(site);
    }

    @Test
    void aBodyThatEndsTooEarlyIsAnError400() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /in/taken?token=cut", "Content-Length: 100000") + "hello");
            wire.halfClose();
            assertThat(site.ask("GET /report/cut").text()).isEqualTo("error 400");
        }
        Eventually.noneOpen(site);
    }

    /** Before the first piece: both the end of the exchange and the failure of the stream may come first. */
    @Test
    void anEchoOfAClientThatGoesIsOverOnce() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (Wire wire = site.connect()) {
                wire.send(site.head("POST /in/echo", "Content-Length: 100000") + (i % 2 == 0 ? "" : "hello"));
                Thread.sleep(i % 5);
                wire.reset();
            }
        }
        Eventually.noneOpen(site);
    }

    private void expectInStep(Wire wire) throws IOException {
        wire.send(site.head("GET /hello", "Connection: close"));
        assertThat(wire.read().text()).isEqualTo("hello");
        wire.expectEnd();
    }

    /** Sends while this thread reads. */
    private static CompletableFuture<Void> sending(Wire wire, String head, byte[] body, String framing) {
        boolean chunked = framing.endsWith("chunked");
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        wire.send(head);
                        for (int at = 0; at < body.length; at += 50_000) {
                            byte[] piece = Arrays.copyOfRange(body, at, Math.min(at + 50_000, body.length));
                            if (chunked) {
                                wire.send(Integer.toHexString(piece.length) + "\r\n");
                            }
                            wire.send(piece);
                            if (chunked) {
                                wire.send("\r\n");
                            }
                        }
                        if (chunked) {
                            wire.send("0\r\n\r\n");
                        }
                    } catch (IOException failure) {
                        throw new AssertionError(failure);
                    }
                },
                OwnThread.EACH);
    }
}
