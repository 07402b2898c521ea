package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Wire;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "{0}")
@ArgumentsSource(Sites.Assets.class)
class StaticFilesParityIT {

    @Parameter
    Site site;

    @Test
    void aFileIsServedWithWhatItSaysOfItself() throws Exception {
        Answer answer = site.ask("GET /assets/a.txt");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("0123456789");
        assertThat(answer.header("Content-Length")).isEqualTo("10");
        assertThat(answer.header("Last-Modified")).isEqualTo(ServedFile.CHANGED);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/large.bin", "/jar/large.bin"})
    void largeFilesComeWholeAndInPartsFromFoldersAndJars(String path) throws Exception {
        byte[] content = Bytes.pattern(AssetsApp.LARGE);
        try (Wire wire = site.connect()) {
            Answer whole = wire.send(site.head("GET " + path)).read();
            assertThat(whole.header("Content-Length")).isEqualTo("" + content.length);
            assertThat(Arrays.equals(whole.body(), content)).isTrue();
            Answer part =
                    wire.send(site.head("GET " + path, "Range: bytes=200000-")).read();
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(content, 200_000, content.length));
            Answer head = wire.send(site.head("HEAD " + path)).readToHead();
            assertThat(head.header("Content-Length")).isEqualTo("" + content.length);
            Answer unchanged = wire.send(site.head("GET " + path, "If-None-Match: " + whole.header("ETag")))
                    .read();
            assertThat(unchanged.status()).isEqualTo(304);
            site.expectInStep(wire);
        }
        Eventually.noneOpen(site);
    }

    @ParameterizedTest
    @CsvSource({
        "/static/war.txt, from the web app",
        "/static/hello.txt, from the class path",
        "/war/page.html, <h1>Page</h1>",
        "/war/static/war.txt, from the web app"
    })
    void filesOfTheWebAppAndTheClassPathAreServed(String path, String content) throws Exception {
        Answer answer = site.ask("GET " + path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/war/WEB-INF/secret.txt",
                "/war/web-inf/secret.txt",
                "/war/META-INF/MANIFEST.MF",
                "/war/static",
                "/war/",
                "/war/none.txt",
                "/jar/none",
                "/jar/",
                "/static/",
                "/assets/link.txt",
                "/assets/none"
            })
    void whatIsNotServedIsTheAppsOwn404(String path) throws Exception {
        Answer answer = site.ask("GET " + path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).isEqualTo("{\"error\":\"404 Not Found\",\"status\":404}");
    }

    @Test
    void aSiblingIsSentToWhoeverTakesIt() throws Exception {
        Answer coded = site.ask("GET /assets/app.3f2a9c1b.js", "Accept-Encoding: gzip");
        assertThat(coded.text()).isEqualTo("GZIPPED");
        assertThat(coded.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(coded.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(coded.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        Answer plain = site.ask("GET /assets/app.3f2a9c1b.js");
        assertThat(plain.text()).isEqualTo("plain");
        assertThat(plain.header("Vary")).isEqualTo("Accept-Encoding");
    }

    @Test
    void aFolderIsRedirectedUnderTheBaseToItsIndex() throws Exception {
        Answer redirect = site.ask("GET /assets/sub");
        assertThat(redirect.status()).isEqualTo(308);
        assertThat(redirect.header("Location")).isEqualTo(site.base() + "/assets/sub/");
        assertThat(site.ask("GET /assets/sub/").text()).isEqualTo("<h1>Sub</h1>");
    }

    @Test
    void filesAreLookedForOnNoThreadThatMustNotBlock() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /assets/a.txt", "Content-Length: 4") + "sl");
            wire.sendByteByByte("ow");
            Answer answer = wire.read();
            assertThat(answer.text()).isEqualTo("0123456789");
            assertThat(answer.header("X-Thread")).isNotEmpty().doesNotContain("I/O", "Poller", "Acceptor");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=9-9,0-0", "bytes=0-0,9-9"})
    void severalRangesOfAnEntryOfAJarAreAnsweredWithAllOfIt(String ranges) throws Exception {
        Answer answer = site.ask("GET /jar/large.bin", "Range: " + ranges);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Range")).isNull();
        assertThat(answer.body()).hasSize(AssetsApp.LARGE);
    }

    @Test
    void aPageThatFindsItsWayIsServedWhereABrowserGoes() throws Exception {
        for (String path : new String[] {"/spa/todos/7", "/spa/login"}) {
            Answer page = site.ask("GET " + path, "Accept: text/html,*/*;q=0.8");
            assertThat(page.text()).as(path).isEqualTo("<h1>Sub</h1>");
            assertThat(page.header("Vary")).contains("Accept");
        }
        Answer none = site.ask("GET /spa/todos/7");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.header("Vary")).isEqualTo("Accept");
        assertThat(site.ask("GET /spa/login").status()).isEqualTo(405);
    }

    @Test
    void otherMethodsAre405() throws Exception {
        Answer answer = site.ask("DELETE /assets/a.txt");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }
}
