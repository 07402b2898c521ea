package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Wire;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@AtEveryHome
class BodiesParityIT {

    private static final String CHUNKED = "Transfer-Encoding: chunked";

    @Parameter
    Site site;

    @Test
    void aRequestWithoutABodyHasAnEmptyOne() throws Exception {
        assertThat(site.ask("POST /echo").body()).isEmpty();
        assertThat(site.ask("POST /echo", "Content-Length: 0").body()).isEmpty();
    }

    @Test
    void anEmptyChunkedBodyIsEmpty() throws Exception {
        assertThat(chunked("/echo").body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8191, 8192, 8193, ParityApp.MAX_BODY - 1, ParityApp.MAX_BODY})
    void aBodyUpToTheLimitIsWhole(int size) throws Exception {
        byte[] body = Bytes.pattern(size);
        String text = new String(body, StandardCharsets.ISO_8859_1);
        assertThat(site.askWithBody("POST /echo", text).body()).isEqualTo(body);
        assertThat(chunked("/echo", text).body()).isEqualTo(body);
        assertThat(chunked("/echo", text.substring(0, size / 2), text.substring(size / 2))
                        .body())
                .isEqualTo(body);
    }

    /** In one segment on the wire, so that the server has both at the same time. */
    @Test
    void aBodyThatComesWithItsHeadNeedsNoAsynchronousMode() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.withBody("POST /asynchronous", "hello"));
            assertThat(wire.read().text()).isEqualTo("false hello");
            wire.send(site.withBody("POST /asynchronous", "once more"));
            assertThat(wire.read().text()).isEqualTo("false once more");
        }
    }

    @Test
    void aBodyIsWholeHoweverSlowlyItComes() throws Exception {
        try (Wire wire = site.connect()) {
            wire.sendByteByByte(site.withBody("POST /echo", "byte by byte"));
            assertThat(wire.read().text()).isEqualTo("byte by byte");
            wire.sendByteByByte(site.head("POST /echo", CHUNKED) + chunk("byte") + chunk(" by byte") + "0\r\n\r\n");
            assertThat(wire.read().text()).isEqualTo("byte by byte");
        }
    }

    @Test
    void extensionsAndTrailersOfChunksAreNoPartOfTheBody() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /echo", CHUNKED) + "5;ext=1\r\nhello\r\n0\r\nX-Trailer: x\r\n\r\n");
            assertThat(wire.read().text()).isEqualTo("hello");
            wire.send(site.head("GET /hello"));
            assertThat(wire.read().text()).isEqualTo("hello");
        }
    }

    @Test
    void aRouteHasALimitOfItsOwn() throws Exception {
        int limit = BodyViews.SMALL_LIMIT;
        assertThat(site.askWithBody("POST /small", "x".repeat(limit)).text()).isEqualTo("" + limit);
        assertThat(chunked("/small", "x".repeat(limit)).text()).isEqualTo("" + limit);
        expectTooLarge(site.askWithBody("POST /small", "x".repeat(limit + 1)));
        expectTooLarge(chunked("/small", "x".repeat(limit + 1)));
    }

    @Test
    void oneByteBeyondTheLimitGets413() throws Exception {
        String body = "x".repeat(ParityApp.MAX_BODY + 1);
        expectTooLarge(site.askWithBody("POST /echo", body));
        expectTooLarge(chunked("/echo", body));
    }

    @Test
    void anAnnouncementBeyondTheLimitGets413BeforeTheBodyComes() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /echo", "Content-Length: 1000000000000"));
            Answer answer = wire.read();
            if (Deviation.BODY_BEYOND_2_MIB_GETS_500.of(site)) {
                assertThat(answer.status()).isEqualTo(500);
                assertThat(answer.body()).isEmpty();
            } else {
                expectTooLarge(answer);
            }
            wire.halfClose();
            wire.expectEnd();
        }
    }

    @Test
    void aLargeBodyIsWhole() throws Exception {
        String body = "x".repeat(1_500_000);
        assertThat(site.askWithBody("POST /large", body).text()).isEqualTo("" + body.length());
        assertThat(chunked("/large", body).text()).isEqualTo("" + body.length());
    }

    @Test
    void aBodyIsInvitedWhenItIsWanted() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /echo", "Content-Length: 5", "Expect: 100-continue"));
            assertThat(wire.read().status()).isEqualTo(100);
            wire.send("hello");
            assertThat(wire.read().text()).isEqualTo("hello");
            wire.send(site.head("GET /hello"));
            assertThat(wire.read().text()).isEqualTo("hello");
        }
    }

    @Test
    void aBodyIsNotInvitedWhenItIsTooLargeOrRefused() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /small", "Content-Length: 5000", "Expect: 100-continue"));
            expectTooLarge(readUninvited(wire));
        }
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /refused", "Content-Length: 5", "Expect: 100-continue"));
            assertThat(readUninvited(wire).status()).isEqualTo(403);
        }
    }

    private Answer readUninvited(Wire wire) throws Exception {
        if (Deviation.CONTINUE_IS_SENT_UNASKED.of(site)) {
            assertThat(wire.read().status()).isEqualTo(100);
        }
        return wire.read();
    }

    @Test
    void theConnectionStaysInStepWhenABodyWasNotRead() throws Exception {
        for (String request : new String[] {"POST /refused", "POST /none", "PUT /hello", "POST /slash"}) {
            try (Wire wire = site.connect()) {
                wire.send(site.withBody(request, "GET /evil HTTP/1.1\r\nHost: evil\r\n\r\n") + site.head("GET /hello"));
                assertThat(wire.read().status()).as(request).isIn(403, 404, 405, 308);
                assertThat(wire.read().text()).as(request).isEqualTo("hello");
            }
        }
    }

    @Test
    void requestsInOnePacketAreAnsweredInTheirOrder() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.withBody("POST /echo", "one")
                    + site.head("POST /echo", CHUNKED) + chunk("two") + "0\r\n\r\n"
                    + site.withBody("POST /async/echo", "three")
                    + site.head("GET /hello"));
            assertThat(wire.read().text()).isEqualTo("one");
            assertThat(wire.read().text()).isEqualTo("two");
            assertThat(wire.read().text()).isEqualTo("three");
            assertThat(wire.read().text()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\nhello\r\n", "-5\r\nhello\r\n", "5\r\nhelloX\r\n", "\r\n\r\n"})
    void aMalformedChunkEndsTheConnection(String chunk) throws Exception {
        long mark = site.server().log().mark();
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /echo", CHUNKED) + chunk + "0\r\n\r\n");
            if (Deviation.CHUNKS_WITHOUT_LINE_ENDS_ARE_TAKEN.of(site) && chunk.matches("(?s)5.*|\r.*")) {
                assertThat(wire.read().status()).isEqualTo(200);
                return;
            }
            if (!Deviation.MALFORMED_CHUNK_IS_NOT_ANSWERED.of(site)) {
                Answer answer = wire.read();
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.header("Connection")).isEqualTo("close");
            }
            wire.expectEnd();
        }
        assertThat(site.server().log().since(mark, "ERROR")).isEmpty();
    }

    @Test
    void aBodyThatEndsTooSoonNeverReachesTheView() throws Exception {
        long mark = site.server().log().mark();
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /watched?token=" + token("half"), "Content-Length: 10") + "hello");
            wire.halfClose();
            assertThat(reportOf("half")).contains("400 Bad Request");
        }
        try (Wire wire = site.connect()) {
            wire.send(site.head("POST /watched?token=" + token("half-chunked"), CHUNKED) + "a\r\nhello");
            wire.halfClose();
            assertThat(reportOf("half-chunked")).contains("400 Bad Request");
        }
        assertThat(site.server().log().since(mark, "ERROR")).isEmpty();
    }

    @Test
    void aResetInTheMiddleOfABodyEndsTheExchange() throws Exception {
        long mark = site.server().log().mark();
        Wire wire = site.connect();
        wire.send(site.head("POST /watched?token=" + token("reset"), "Content-Length: 10") + "hello");
        site.ask("GET /hello");
        wire.reset();
        assertThat(reportOf("reset")).contains("400 Bad Request");
        assertThat(site.ask("GET /hello").text()).isEqualTo("hello");
        assertThat(site.server().log().since(mark, "ERROR")).isEmpty();
    }

    private String reportOf(String what) throws Exception {
        return site.ask("GET /report/" + token(what)).text();
    }

    private String token(String what) {
        return Integer.toHexString(site.toString().hashCode()) + "-" + what;
    }

    private Answer chunked(String path, String... chunks) throws Exception {
        StringBuilder request = new StringBuilder(site.head("POST " + path, CHUNKED, "Connection: close"));
        for (String chunk : chunks) {
            if (!chunk.isEmpty()) {
                request.append(chunk(chunk));
            }
        }
        return Wire.ask(site.server().port(), request.append("0\r\n\r\n").toString());
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static void expectTooLarge(Answer answer) {
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text()).contains("\"status\":413");
        assertThat(answer.header("Connection")).isEqualTo("close");
    }
}
