package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@InEveryContainer
class ResponseStreamsParityIT {

    /** More pieces than a connection holds that is read from. */
    private static final int MANY = 500;

    @Parameter
    Site site;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "items",
                "writer",
                "bytes",
                "plain",
                "strings",
                "buffers",
                "async-bytes",
                "async-strings",
                "async-buffers"
            })
    void aStreamIsWholeAndTheConnectionGoesOn(String how) throws Exception {
        for (int count : new int[] {0, 1, 3, MANY}) {
            byte[] whole = ResponseStreamViews.whole(count);
            try (Wire wire = site.connect()) {
                Answer answer =
                        wire.send(site.head("GET /out/" + how + "/" + count)).read();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(Arrays.equals(answer.body(), whole))
                        .as(count + " pieces")
                        .isTrue();
                Answer declared = wire.send(site.head("GET /out/" + how + "/" + count + "?length=" + whole.length))
                        .read();
                assertThat(declared.header("Content-Length")).isEqualTo("" + whole.length);
                assertThat(Arrays.equals(declared.body(), whole))
                        .as(count + " pieces of declared length")
                        .isTrue();
                Answer last = wire.send(site.head("GET /out/" + how + "/3", "Connection: close"))
                        .read();
                assertThat(last.body()).isEqualTo(ResponseStreamViews.whole(3));
                wire.expectEnd();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"items", "writer", "bytes", "async-strings"})
    void aClientOfHttp10GetsNoChunks(String how) throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /out/" + how + "/100").replace("HTTP/1.1", "HTTP/1.0"));
            String answer = new String(wire.readToEnd(), StandardCharsets.ISO_8859_1);
            assertThat(answer).startsWith("HTTP/1.").contains(" 200 ");
            assertThat(answer.substring(0, answer.indexOf("\r\n\r\n"))).doesNotContainIgnoringCase("chunked");
            assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)
                            .equals(new String(ResponseStreamViews.whole(100), StandardCharsets.ISO_8859_1)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"items", "writer", "bytes"})
    void headGetsNoBody(String how) throws Exception {
        String token = "head-" + how;
        for (String length : new String[] {"", "&length=30000"}) {
            try (Wire wire = site.connect()) {
                wire.send(site.head("HEAD /out/" + how + "/3?token=" + token + length));
                Answer answer = wire.readToHead();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("Content-Length")).isEqualTo(length.isEmpty() ? null : "30000");
                wire.send(site.head("GET /hello"));
                assertThat(wire.read().text()).isEqualTo("hello");
            }
        }
        if (how.equals("items")) {
            assertThat(site.ask("GET /report/" + token).text()).isEqualTo("closed");
        } else if (how.equals("bytes")) {
            assertThat(site.ask("GET /given/" + token).text()).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"items", "writer", "async"})
    void anErrorBeforeTheFirstPieceIsAnswered(String how) throws Exception {
        long mark = site.mark();
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /failing/" + how + "/0"));
            Answer answer = wire.read();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.text()).isEqualTo("{\"error\":\"500 Internal Server Error\",\"status\":500}");
        }
        site.expectOneError(mark, "GET /failing/" + how + "/0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"items", "writer", "async"})
    void anErrorAfterTheFirstPieceBreaksTheAnswerOff(String how) throws Exception {
        for (int after : new int[] {1, 30}) {
            for (String connection : new String[] {"keep-alive", "close"}) {
                long mark = site.mark();
                try (Wire wire = site.connect()) {
                    wire.send(site.head("GET /failing/" + how + "/" + after, "Connection: " + connection));
                    Site.expectBrokenOff(wire);
                }
                site.expectOneError(mark, "GET /failing/" + how + "/" + after);
            }
        }
        Eventually.noneOpen(site);
    }

    @ParameterizedTest
    @ValueSource(strings = {"items", "writer", "bytes", "async-bytes"})
    void anotherLengthThanDeclaredBreaksTheAnswerOff(String how) throws Exception {
        for (int length : new int[] {ResponseStreamViews.PIECE * 3 - 1, ResponseStreamViews.PIECE * 3 + 1, 0}) {
            long mark = site.mark();
            try (Wire wire = site.connect()) {
                wire.send(site.head("GET /out/" + how + "/3?length=" + length));
                try {
                    Answer answer = wire.read();
                    assertThat(answer.status()).as("" + length).isIn(500, length == 0 ? 200 : 500);
                } catch (IOException brokenOff) {
                    site.expectOneError(mark, "GET /out/" + how + "/3");
                }
            }
        }
        Eventually.noneOpen(site);
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
    @ValueSource(strings = {"bytes", "async-bytes"})
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
            wire.read(new byte[10]);
            wire.reset();
        }
        switch (how) {
            case "items" -> assertThat(site.ask("GET /report/" + token).text()).isEqualTo("closed");
            case "writer" -> assertThat(site.ask("GET /report/" + token).text()).isEqualTo("ClientDisconnect");
            default -> assertThat(site.ask("GET /cancelled/" + token).text()).isEqualTo("cancelled");
        }
        Eventually.noneOpen(site);
        assertThat(site.ask("GET /disconnects/" + token).text()).isEqualTo("1");
        assertThat(site.errors(mark)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws-in-subscribe", "throws-in-request", "null-first", "wrong-type", "two-errors"})
    void aBadPublisherGetsAnError(String kind) throws Exception {
        Answer answer = site.ask("GET /bad/" + kind);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).isEqualTo("{\"error\":\"500 Internal Server Error\",\"status\":500}");
        Eventually.noneOpen(site);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null-later", "more-than-asked"})
    void aPublisherThatGoesBadIsBrokenOff(String kind) throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /bad/" + kind));
            Site.expectBrokenOff(wire);
        }
        Eventually.noneOpen(site);
    }

    @Test
    void whatComesAfterTheEndIsIgnored() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /bad/two-completes"));
            assertThat(wire.read().text()).isEqualTo("whole");
            wire.send(site.head("GET /hello"));
            assertThat(wire.read().text()).isEqualTo("hello");
        }
    }
}
