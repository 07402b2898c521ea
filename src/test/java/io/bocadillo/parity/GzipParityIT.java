package io.bocadillo.parity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import io.bocadillo.containers.Wire;
import io.bocadillo.middleware.Unbrotlied;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "{0}")
@ArgumentsSource(Sites.Assets.class)
class GzipParityIT {

    private static final String ZIP = "Accept-Encoding: gzip";

    @Parameter
    Site site;

    private static String unzipped(Answer answer) throws IOException {
        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.header("Vary")).isEqualTo("Accept-Encoding");
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void aBodyInMemoryHasItsLength() throws Exception {
        try (Wire wire = site.connect()) {
            Answer answer = wire.send(site.head("GET /text", ZIP)).read();
            assertThat(unzipped(answer)).isEqualTo(AssetsApp.TEXT);
            assertThat(answer.header("Content-Length")).isEqualTo("" + answer.body().length);
            assertThat(answer.header("ETag")).isEqualTo("W/\"v1\"");
            Answer head = wire.send(site.head("HEAD /text", ZIP)).readToHead();
            assertThat(head.header("Content-Length")).isEqualTo(answer.header("Content-Length"));
            assertThat(head.header("Content-Encoding")).isEqualTo("gzip");
            Answer plain = wire.send(site.head("GET /text")).read();
            assertThat(plain.text()).isEqualTo(AssetsApp.TEXT);
            assertThat(plain.header("Vary")).isEqualTo("Accept-Encoding");
            assertThat(plain.header("ETag")).isEqualTo("\"v1\"");
            site.expectInStep(wire);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/large", "/stream"})
    void largeBodiesAndStreamsArriveWhole(String path) throws Exception {
        try (Wire wire = site.connect()) {
            Answer answer = wire.send(site.head("GET " + path, ZIP)).read();
            assertThat(unzipped(answer).equals(AssetsApp.TEXT.repeat(1000))).isTrue();
            site.expectInStep(wire);
            Answer head = wire.send(site.head("HEAD " + path, ZIP)).readToHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Encoding")).isEqualTo("gzip");
            site.expectInStep(wire);
        }
        Eventually.noneOpen(site);
    }

    @Test
    void aFileIsCompressedOnItsWay() throws Exception {
        Answer answer = site.ask("GET /assets/page.html", ZIP);
        assertThat(unzipped(answer)).isEqualTo(AssetsApp.TEXT);
        assertThat(answer.header("Content-Length")).isNull();
        String tag = answer.header("ETag");
        assertThat(tag).startsWith("W/\"");
        Answer unchanged = site.ask("GET /assets/page.html", ZIP, "If-None-Match: " + tag);
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.header("ETag")).isEqualTo(tag);
        Answer part = site.ask("GET /assets/page.html", ZIP, "Range: bytes=0-3");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("All ");
        assertThat(part.header("Content-Encoding")).isNull();
    }

    @Test
    void anEventIsReadableWhileTheStreamGoesOn() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /events", ZIP).replace("HTTP/1.1", "HTTP/1.0"));
            String head = wire.readUntil("\r\n\r\n");
            assertThat(head).containsIgnoringCase("content-encoding: gzip");
            Inflater inflater = new Inflater(true);
            StringBuilder text = new StringBuilder();
            StringBuilder compressed = new StringBuilder();
            byte[] bytes = new byte[512];
            byte[] out = new byte[512];
            while (text.indexOf("data: first\n\n") < 0) {
                int count = wire.read(bytes);
                assertThat(count).isPositive();
                compressed.append(new String(bytes, 0, count, ISO_8859_1));
                inflater.reset();
                byte[] all = compressed.toString().getBytes(ISO_8859_1);
                inflater.setInput(all, Math.min(10, all.length), Math.max(0, all.length - 10));
                text.setLength(0);
                for (int n = inflater.inflate(out); n > 0; n = inflater.inflate(out)) {
                    text.append(new String(out, 0, n, UTF_8));
                }
            }
            inflater.end();
            wire.reset();
        }
    }

    @Test
    void soIsOneThatIsCompressedByBrotli() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /events", "Accept-Encoding: br").replace("HTTP/1.1", "HTTP/1.0"));
            assertThat(wire.readUntil("\r\n\r\n")).containsIgnoringCase("content-encoding: br");
            ByteArrayOutputStream come = new ByteArrayOutputStream();
            byte[] bytes = new byte[512];
            while (!Unbrotlied.text(come.toByteArray()).contains("data: first\n\n")) {
                int count = wire.read(bytes);
                assertThat(count).isPositive();
                come.write(bytes, 0, count);
            }
            wire.reset();
        }
        Eventually.noneOpen(site);
    }

    @Test
    void aClientThatGoesLeavesNothingOpen() throws Exception {
        try (Wire wire = site.connect()) {
            wire.send(site.head("GET /endless", ZIP));
            assertThat(wire.read(new byte[1000])).isPositive();
            wire.reset();
        }
        Eventually.noneOpen(site);
    }
}
