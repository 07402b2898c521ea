package io.bocadillo.parity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** All of the middleware at once: what each of it adds to an answer is there, and none takes away what another has added. */
@ParameterizedClass(name = "{0}")
@ArgumentsSource(Sites.WithBatteries.class)
class BatteriesParityIT {

    private static final String ZIP = "Accept-Encoding: gzip";
    private static final String ORIGIN = "Origin: https://app.example";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

    @Parameter
    Site site;

    private static List<String> members(Answer answer, String name) {
        return answer.all(name).stream()
                .flatMap(value -> Arrays.stream(value.split(", *")))
                .toList();
    }

    private static String unzipped(Answer answer) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private void expectTheHeadersOfAll(Answer answer) {
        assertThat(answer.header("X-Request-ID")).isEqualTo("abc-2");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
    }

    private static String cookie(Answer answer, String path) {
        return answer.all("Set-Cookie").stream()
                .filter(field -> field.contains("; Path=" + path + ";"))
                .map(field -> field.substring(0, field.indexOf(';')))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie for " + path + " in " + answer.all("Set-Cookie")));
    }

    private String root() {
        return site.base().isEmpty() ? "/" : site.base();
    }

    @Test
    void aPageGoesThroughAllOfIt() throws Exception {
        Answer page = site.ask("GET /page", ZIP, ORIGIN, "X-Request-ID: abc-2");
        assertThat(page.status()).isEqualTo(200);
        expectTheHeadersOfAll(page);
        assertThat(page.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(unzipped(page)).startsWith("<p>1</p>").endsWith("<hr>");
        assertThat(members(page, "Vary")).containsExactlyInAnyOrder("Origin", "Accept-Encoding", "Cookie");
        assertThat(page.header("Cache-Control")).isEqualTo("private");
        Answer next = site.ask("GET /page", ZIP, "Cookie: " + cookie(page, root()));
        assertThat(unzipped(next)).startsWith("<p>2</p>");
    }

    @Test
    void aFormComesWithItsTokenInItsSession() throws Exception {
        Answer page = site.ask("GET /page");
        String token = page.text().replaceAll("(?s)<p>1</p>|(<hr>)+", "");
        String cookie = "Cookie: " + cookie(page, root());
        Answer taken =
                site.askWithBody("POST /form", "a=b&csrf_token=" + token, FORM, cookie, ZIP, "Origin: http://test");
        assertThat(taken.text()).isEqualTo("b 1");
        Answer refused = site.askWithBody("POST /form", "a=b", FORM, cookie, ORIGIN, "X-Request-ID: abc-2");
        assertThat(refused.status()).isEqualTo(403);
        expectTheHeadersOfAll(refused);
    }

    @Test
    void aPreflightIsAnsweredBeforeAnySession() throws Exception {
        Answer preflight =
                site.ask("OPTIONS /page", ORIGIN, "Access-Control-Request-Method: PUT", "X-Request-ID: abc-2");
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        assertThat(preflight.header("X-Request-ID")).isEqualTo("abc-2");
        assertThat(preflight.all("Set-Cookie")).isEmpty();
    }

    @Test
    void aStreamIsCompressedAsItGoes() throws Exception {
        Answer plain = site.ask("GET /lines");
        Answer zipped = site.ask("GET /lines", ZIP, ORIGIN, "X-Request-ID: abc-2");
        expectTheHeadersOfAll(zipped);
        assertThat(plain.header("Content-Encoding")).isNull();
        assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
        for (Answer answer : List.of(plain, zipped)) {
            assertThat(members(answer, "Vary")).containsExactlyInAnyOrder("Origin", "Accept-Encoding");
        }
        assertThat(plain.text()).startsWith("line 0\n").endsWith("line " + (BatteriesApp.PIECES - 1) + "\n");
        assertThat(unzipped(zipped)).isEqualTo(plain.text());
    }

    @Test
    void aMountedAppHasASessionOfItsOwnBesideThatOfTheApp() throws Exception {
        String outer = cookie(site.ask("GET /page"), root());
        Answer first = site.ask("GET /admin/page", "Cookie: " + outer);
        assertThat(first.text())
                .isEqualTo("1 " + site.base() + "/admin/page http://test" + site.base() + "/admin/page");
        String inner = cookie(first, site.base() + "/admin");
        String both = "Cookie: " + inner + "; " + outer;
        assertThat(site.ask("GET /admin/page", both).text()).startsWith("2 ");
        assertThat(site.ask("GET /page", both).text()).startsWith("<p>2</p>");
    }

    @Test
    void theGuardOfTheAppIsAroundTheMountedOne() throws Exception {
        Answer page = site.ask("GET /page");
        String token = page.text().replaceAll("(?s)<p>1</p>|(<hr>)+", "");
        String cookie = "Cookie: " + cookie(page, root());
        assertThat(site.askWithBody("POST /admin/form", "csrf_token=" + token, FORM, cookie)
                        .text())
                .isEqualTo("1");
        assertThat(site.askWithBody("POST /admin/form", "", FORM, cookie).status())
                .isEqualTo(403);
        assertThat(site.askWithBody("POST /admin/hook", "", FORM, cookie).text())
                .isEqualTo("1");
    }
}
