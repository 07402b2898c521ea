package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Wire;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@AtEveryHome
class PathsParityIT {

    @Parameter
    Site site;

    @ParameterizedTest
    @EnumSource
    void anAmbiguousPathGets400(RefusedPath refused) throws Exception {
        Answer answer = site.ask("GET " + refused.path);
        assertThat(answer.status()).isEqualTo(400);
        if (refused.byContainer(site)) {
            assertThat(answer.text()).doesNotContain("\"status\":400");
        } else {
            assertThat(answer.text()).contains("\"status\":400", "path: expected");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/segment/a%25b,         a%b",
        "/segment/%2525,         %25",
        "/segment/caf%C3%A9,     café",
        "/segment/a%20b,         a b",
        "/segment/a+b,           a+b",
        "/segment/a%3Bb,         a;b",
        "/segment/...,           ...",
        "/segment/a~b!$&'()*=:@, a~b!$&'()*=:@",
        "/tail/a/b/,             a/b/",
        "/tail/a%20/%C3%BC,      a /ü",
    })
    void aSegmentIsDecodedOnce(String path, String decoded) throws Exception {
        Answer answer = site.ask("GET " + path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(decoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/segment/a;v=1", "/segment;v=1/a", "/segment/a;", "/segment/a;v=%2F..", "/segment;a;b/a;c;d"})
    void parametersOfSegmentsAreDropped(String path) throws Exception {
        assertThat(site.ask("GET " + path).text()).isEqualTo("a");
    }

    @Test
    void aSegmentMayBePercentEncodedWithoutNeed() throws Exception {
        assertThat(site.ask("GET /%68ell%6F").text()).isEqualTo("hello");
    }

    @Test
    void theBaseItselfMayBePercentEncodedOrHaveParameters() throws Exception {
        assertThat(target(site.base().replace("api", "%61pi").replace("shop", "%73hop") + "/hello")
                        .text())
                .isEqualTo("hello");
        assertThat(target(site.base().replace("api", "api;v=1").replace("shop", "shop;v=1") + "/hello")
                        .text())
                .isEqualTo("hello");
    }

    @Test
    void theQueryIsNoPath() throws Exception {
        assertThat(site.ask("GET /query?a=%2F..//&b=c+d&a=%25").text())
                .isEqualTo("{\"a\":[\"/..//\",\"%\"],\"b\":[\"c d\"]}");
        assertThat(site.ask("GET /query?").text()).isEqualTo("{}");
        assertThat(site.ask("GET /query?a=%zz").status()).isEqualTo(400);
    }

    @Test
    void theAppKnowsWhereItIs() throws Exception {
        assertThat(site.ask("GET /base").text()).isEqualTo(site.base());
    }

    @Test
    void thePlaceOfTheAppIsRedirectedToItsRoot() throws Exception {
        assertThat(site.ask("GET /").text()).isEqualTo("root");
        if (site.base().isEmpty()) {
            return;
        }
        Answer answer = site.ask("GET ?a=%2F");
        if (Deviation.CONTEXT_ROOT_IS_REDIRECTED.of(site) && site.base().equals("/shop")) {
            assertThat(answer.status()).isEqualTo(301);
            assertThat(answer.header("Location")).endsWith("/shop/?a=%2F");
        } else {
            assertThat(answer.status()).isEqualTo(308);
            assertThat(answer.header("Location")).isEqualTo(site.base() + "/?a=%2F");
        }
    }

    @Test
    void aPathOfNoRouteGets404() throws Exception {
        for (String path : new String[] {"/none", "/hello/", "/segment/", "/segment/;", "/Hello"}) {
            assertThat(site.ask("GET " + path).status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void noPathClimbsIntoTheAppOrOutOfIt() throws Exception {
        String contextPath = site.server().home().contextPath();
        String mapping = site.base().substring(contextPath.length());
        for (String path : new String[] {
            "/x/.." + site.base() + "/hello",
            contextPath + "/x/.." + mapping + "/hello",
            contextPath + "//" + mapping.replaceFirst("^/", "") + "/hello",
            "//" + site.base() + "/hello",
            site.base() + "/../hello",
            site.base() + "/../../hello"
        }) {
            assertThat(target(path).status()).as(path).isIn(400, 404);
        }
    }

    @Test
    void anAbsoluteTargetIsAPathToo() throws Exception {
        assertThat(target("http://test" + site.base() + "/hello").text()).isEqualTo("hello");
        assertThat(target("http://test" + site.base() + "/x/../hello").status()).isEqualTo(400);
    }

    @Test
    void aTargetWithoutASlashIsRefused() throws Exception {
        boolean atRoot = site.server().home().contextPath().isEmpty();
        int status = Deviation.TARGET_WITHOUT_SLASH_GETS_NO_400.of(site) ? atRoot ? 500 : 404 : 400;
        for (String target : new String[] {"*", "hello", "../hello"}) {
            assertThat(target(target).status()).as(target).isEqualTo(status);
        }
    }

    private Answer target(String target) throws IOException {
        return Wire.ask(site.server().port(), "GET " + target + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
    }
}
