package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@AtEveryHome
class MethodsParityIT {

    @Parameter
    Site site;

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
    void everyRegisteredMethodReachesItsView(String method) throws Exception {
        Answer answer = site.ask(method + " /many");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(method);
    }

    @Test
    void headIsGetWithoutTheBody() throws Exception {
        for (String path : new String[] {"/hello", "/bytes/100000", "/async/later?token=t"}) {
            Answer get = site.ask("GET " + path);
            Answer head = site.ask("HEAD " + path);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Length")).isEqualTo("" + get.body().length);
            assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
        }
    }

    @Test
    void headOfAnErrorHasNoBodyEither() throws Exception {
        assertThat(site.ask("HEAD /boom").status()).isEqualTo(500);
        assertThat(site.ask("HEAD /none").status()).isEqualTo(404);
        assertThat(site.ask("HEAD /echo").status()).isEqualTo(405);
    }

    @Test
    void headLeavesTheConnectionInStep() throws Exception {
        try (var wire = site.connect()) {
            wire.send(site.head("HEAD /bytes/100000") + site.head("GET /hello"));
            assertThat(wire.readToHead().header("Content-Length")).isEqualTo("100000");
            assertThat(wire.read().text()).isEqualTo("hello");
        }
    }

    @Test
    void aRouteForHeadAloneAnswersHead() throws Exception {
        Answer answer = site.ask("HEAD /head");
        assertThat(answer.header("X-Own")).isEqualTo("yes");
        assertThat(answer.header("Content-Length")).isEqualTo(Deviation.LENGTH_WITH_204_TO_HEAD.of(site) ? "0" : null);
        assertThat(site.ask("GET /head").status()).isEqualTo(405);
    }

    @Test
    void optionsAnswers204WithAllow() throws Exception {
        Answer answer = site.ask("OPTIONS /many");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    }

    @Test
    void aRouteForOptionsAnswersItself() throws Exception {
        assertThat(site.ask("OPTIONS /options").text()).isEqualTo("own");
    }

    @Test
    void aMethodOfNoRouteGets405WithAllow() throws Exception {
        Answer answer = site.ask("DELETE /hello");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void anUnknownMethodGets405WithAllow() throws Exception {
        Answer answer = site.ask("BREW /hello");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void aMethodIsCaseSensitive() throws Exception {
        assertThat(site.ask("get /hello").status()).isEqualTo(405);
    }

    @Test
    void anyTokenCanBeARoutesMethod() throws Exception {
        assertThat(site.ask("PROPFIND /dav").text()).isEqualTo("PROPFIND");
    }

    @Test
    void traceIsNotEchoed() throws Exception {
        Answer answer = site.ask("TRACE /hello", "X-Secret: SECRET");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.text()).doesNotContain("SECRET");
    }

    @Test
    void theServerAsAWholeIsNoPath() throws Exception {
        Answer answer = Wire.ask(site.server().port(), "OPTIONS * HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
        boolean atRoot = site.server().home().contextPath().isEmpty();
        boolean fails = Deviation.TARGET_WITHOUT_SLASH_GETS_NO_400.of(site) && atRoot;
        int status = Deviation.OPTIONS_ASTERISK_IS_ANSWERED.of(site) ? 200 : fails ? 500 : 404;
        assertThat(answer.status()).isEqualTo(status);
    }
}
