package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@AtEveryHome
class AnswersParityIT {

    @Parameter
    Site site;

    @Test
    void anEmptyAnswerIs204WithoutABody() throws Exception {
        Answer answer = site.ask("GET /empty");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Content-Type")).isNull();
    }

    @Test
    void anEmptyTextIs200OfLength0() throws Exception {
        Answer answer = site.ask("GET /nothing");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isEqualTo("0");
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
    }

    @Test
    void notModifiedHasHeadersAndNoBody() throws Exception {
        try (var wire = site.connect()) {
            wire.send(site.head("GET /not-modified") + site.head("GET /hello"));
            Answer answer = wire.read();
            assertThat(answer.status()).isEqualTo(304);
            assertThat(answer.header("ETag")).isEqualTo("\"1\"");
            assertThat(answer.header("Content-Length")).isNull();
            assertThat(wire.read().text()).isEqualTo("hello");
        }
    }

    /** Unlike 204 and 304 it has to say that it ends with its head (RFC 9110, section 15.3.6; RFC 9112, section 6.3). */
    @ParameterizedTest
    @ValueSource(strings = {"/reset", "/reset/stream"})
    void resetContentHasNoBodyAndAnEndThatTheClientSees(String path) throws Exception {
        try (var wire = site.connect()) {
            wire.send(site.head("GET " + path) + site.head("HEAD " + path) + site.head("GET /hello"));
            Answer answer = wire.read();
            assertThat(answer.status()).isEqualTo(205);
            assertThat(answer.header("Content-Length")).isEqualTo("0");
            assertThat(answer.body()).isEmpty();
            assertThat(wire.readToHead().status()).isEqualTo(205);
            assertThat(wire.read().text()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1, 8191, 8192, 8193, 16 * 1024 - 1, 16 * 1024, 16 * 1024 + 1, 32 * 1024, 32 * 1024 + 1, 1_000_000})
    void anAnswerOfAnySizeIsWhole(int size) throws Exception {
        for (String path : new String[] {"/bytes/", "/async/bytes/"}) {
            Answer answer = site.ask("GET " + path + size);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Length")).isEqualTo("" + size);
            assertThat(answer.header("Content-Type")).isEqualTo("application/x-test");
            assertThat(answer.body()).isEqualTo(Bytes.pattern(size));
        }
    }

    @Test
    void tenMegabytesAreWhole() throws Exception {
        int size = 10 * 1024 * 1024;
        Answer answer = site.ask("GET /bytes/" + size);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(Arrays.equals(answer.body(), Bytes.pattern(size))).isTrue();
    }

    @Test
    void answersOnOneConnectionStayInStep() throws Exception {
        try (var wire = site.connect()) {
            wire.send(site.head("GET /bytes/100000")
                    + site.head("GET /empty")
                    + site.head("GET /async/bytes/100000")
                    + site.head("GET /async/later?token=t")
                    + site.head("GET /hello"));
            assertThat(wire.read().body()).isEqualTo(Bytes.pattern(100_000));
            assertThat(wire.read().status()).isEqualTo(204);
            assertThat(wire.read().body()).isEqualTo(Bytes.pattern(100_000));
            assertThat(wire.read().text()).isEqualTo("t");
            assertThat(wire.read().text()).isEqualTo("hello");
        }
    }

    @Test
    void everyCookieIsSent() throws Exception {
        assertThat(site.ask("GET /cookies").all("Set-Cookie")).containsExactly("a=1; Path=/", "b=2; HttpOnly");
    }

    @Test
    void theContentTypeIsSentOnceAsGiven() throws Exception {
        assertThat(site.ask("GET /type").header("Content-Type")).isEqualTo("text/x-own");
        assertThat(site.ask("GET /hello").header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
        assertThat(site.ask("GET /query").header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void theLengthIsThatOfTheBodyWhateverTheViewSays() throws Exception {
        Answer answer = site.ask("GET /lying-length");
        assertThat(answer.header("Content-Length")).isEqualTo("5");
        assertThat(answer.text()).isEqualTo("hello");
    }

    @Test
    void valuesOfHeadersKeepTheirOrderAndTheirLatin1() throws Exception {
        Answer answer = site.ask("GET /echo-header", "X-In: caf\u00e9", "x-in: two", "X-IN:  three ");
        assertThat(answer.header("X-Echo")).isEqualTo("caf\u00e9");
        assertThat(answer.text()).isEqualTo("[\"caf\u00e9\",\"two\",\"three\"]");
    }

    @Test
    void theServerDoesNotTellItsVersion() throws Exception {
        for (String path : new String[] {"/hello", "/boom", "/none"}) {
            assertThat(site.ask("GET " + path).toString()).doesNotContainIgnoringCase("jetty", "tomcat", "undertow");
        }
    }
}
