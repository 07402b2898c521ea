package io.bocadillo.badinputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.badinputs.Reply.Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyTest {

    private static final String PONG = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npong";

    @Test
    void everyFinalAnswerHasAStatus() {
        Reply reply = http("HTTP/1.1 100 Continue\r\n\r\n" + PONG + "HTTP/1.1 404 Not Found\r\n\r\n", false);

        assertThat(reply.statuses()).containsExactly("200", "404");
        assertThat(reply.heads()).contains("100 Continue").doesNotContain("pong");
    }

    @Test
    void withoutAnAnswerItMattersWhetherTheConnectionIsClosed() {
        assertThat(http("", true).statuses()).containsExactly("close");
        assertThat(http("", false).statuses()).containsExactly("none");
    }

    @Test
    void anAnswerIsWholeOnceItsBodyIsThere() {
        assertThat(http(PONG.substring(0, PONG.length() - 1), false).isWhole()).isFalse();
        assertThat(http(PONG, false).isWhole()).isTrue();
    }

    @Test
    void aChunkedAnswerIsWholeWithItsLastChunk() {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

        assertThat(http(head + "1\r\na\r\n", false).isWhole()).isFalse();
        assertThat(http(head + "1\r\na\r\n0\r\n\r\n", false).isWhole()).isTrue();
    }

    @Test
    void theFramesOfAWebSocketTellItsCloseCode() {
        String text = "\u0081\u007e\0\u0080" + "x".repeat(128);

        assertThat(webSocket(text + "\u0088\2\u0003\u00ea").statuses()).containsExactly("ws:msg", "ws:1002");
        assertThat(webSocket("\u0088\0").statuses()).containsExactly("ws:1005");
        assertThat(webSocket("").statuses()).containsExactly("ws:open");
    }

    @Test
    void theFramesOfHttp2TellStatusesAndResets() {
        String settings = "\0\0\0\4\0\0\0\0\0";
        String indexed = "\0\0\1\1\4\0\0\0\1" + "\u008d";
        String literalAfterSizeUpdate = "\0\0\6\1\4\0\0\0\1" + "\u0020\u0048\u0003431";
        String reset = "\0\0\4\3\0\0\0\0\1" + "\0\0\0\1";
        String goAway = "\0\0\0\7\0\0\0\0\0";

        assertThat(http2(settings + indexed + literalAfterSizeUpdate + reset + goAway))
                .containsExactly("404", "431", "h2:rst", "h2:goaway");
    }

    private static Reply http(String octets, boolean closed) {
        return new Reply(Protocol.HTTP_1, octets, closed, 0);
    }

    private static Reply webSocket(String octets) {
        return new Reply(Protocol.WEB_SOCKET, octets, false, 0);
    }

    private static List<String> http2(String octets) {
        return new Reply(Protocol.HTTP_2, octets, false, 0).statuses();
    }
}
