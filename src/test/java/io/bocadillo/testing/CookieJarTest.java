package io.bocadillo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.Headers;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of RFC 6265bis for user agents. */
class CookieJarTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final CookieJar jar = new CookieJar(() -> now);

    private void set(String host, String path, String... fields) {
        Headers answer = new Headers();
        for (String field : fields) {
            answer.add("Set-Cookie", field);
        }
        jar.keep(host, path, answer);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "5.6 | a=1 | a=1",
                "5.6, no equals sign: a value without a name | a | a",
                "5.6, white space | '  a =  b c  ; Path=/' | a=b c",
                "5.6, quotes are of the value | 'a=\"b\"' | 'a=\"b\"'",
                "5.6, the first equals sign counts | a=b=c | a=b=c",
                "5.6, nothing at all | =; Path=/ | -",
                "5.6, an unknown attribute | a=1; Colour=red; SameSite=None | a=1",
                "5.6.1 Expires in the past | a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT | -",
                "5.6.1 Expires as older servers write it | a=1; Expires=Thu, 01-Jan-1970 00:00:00 GMT | -",
                "5.6.1 Expires in the future | a=1; Expires=Fri, 02 Jan 2026 00:00:00 GMT | a=1",
                "5.6.1 Expires that is no date | a=1; Expires=yesterday | a=1",
                "5.6.2 Max-Age of zero | a=1; Max-Age=0 | -",
                "5.6.2 Max-Age below zero | a=1; Max-Age=-1 | -",
                "5.6.2 Max-Age that is no number | a=1; Max-Age=x | a=1",
                "5.6.2 Max-Age for ever | a=1; Max-Age=99999999999999999999 | a=1",
                "5.7, Max-Age before Expires | a=1; Max-Age=9; Expires=Thu, 01 Jan 1970 00:00:00 GMT | a=1",
                "5.7, Max-Age before Expires | a=1; Max-Age=0; Expires=Fri, 02 Jan 2026 00:00:00 GMT | -",
                "5.7, a domain above | a=1; Domain=app.example | a=1",
                "5.6.3, with a dot, in capitals | a=1; Domain=.APP.Example | a=1",
                "5.7, its own | a=1; Domain=www.app.example | a=1",
                "5.7, another domain | a=1; Domain=evil.example | -",
                "5.1.3, an end that is no domain | a=1; Domain=pp.example | -",
                "5.7, a domain below | a=1; Domain=x.www.app.example | -",
                "5.6.4 Path that is none | a=1; Path=x | a=1",
                "5.7, __Secure- | __Secure-a=1; Secure | __Secure-a=1",
                "5.7, __Secure- without Secure | __Secure-a=1 | -",
                "5.7, __Host- | __Host-a=1; Secure; Path=/ | __Host-a=1",
                "5.7, in any case, without Path | __HOST-a=1; Secure | -",
                "5.7, with a domain | __Host-a=1; Secure; Path=/; Domain=app.example | -"
            })
    void whatIsKept(String rule, String field, String sent) {
        set("www.app.example", "/", field);
        assertThat(jar.header("www.app.example", "/")).isEqualTo(sent);
    }

    @Test
    void aCookieTooLargeIsNotKept() {
        set("localhost", "/", "a=" + "x".repeat(4095), "b=" + "x".repeat(4096));
        assertThat(jar.header("localhost", "/")).startsWith("a=x").doesNotContain("b=");
    }

    @ParameterizedTest(name = "{0}, asked by {1}: {2}")
    @CsvSource({
        "'', app.example, true", // Section 5.7: for this host alone.
        "'', www.app.example, false",
        "'', APP.example:8000, true", // Section 8.5: ports do not count.
        "; Domain=app.example, www.app.example, true",
        "; Domain=app.example, app.example, true",
        "; Domain=app.example, myapp.example, false",
        "; Domain=app.example, example, false"
    })
    void itIsSentToItsHosts(String domain, String host, boolean isSent) {
        set("app.example:443", "/", "a=1" + domain);
        assertThat(jar.header(host, "/")).isEqualTo(isSent ? "a=1" : null);
    }

    @Test
    void anAddressHasNoneBelow() {
        set("127.0.0.1", "/", "a=1; Domain=0.0.1", "b=1; Domain=127.0.0.1", "c=1");
        assertThat(jar.header("127.0.0.1:8000", "/")).isEqualTo("b=1; c=1");
        set("[::1]:8000", "/", "d=1");
        assertThat(jar.header("[::1]", "/")).isEqualTo("d=1");
    }

    @ParameterizedTest(name = "{0} of {1}, asked for {2}: {3}")
    @CsvSource({
        "; Path=/a, /, /a, true", // Section 5.1.4.
        "; Path=/a, /, /a/b, true",
        "; Path=/a, /, /ab, false",
        "; Path=/a, /, /, false",
        "; Path=/a/, /, /a, false",
        "; Path=/a/, /, /a/b, true",
        "'', /a/b, /a/c, true", // The folder of what was asked for.
        "'', /a/b, /a, true",
        "'', /a/b, /b, false",
        "'', /a, /b, true",
        "; Path=b, /a/b, /b, false"
    })
    void itIsSentForItsPaths(String path, String set, String asked, boolean isSent) {
        set("localhost", set, "a=1" + path);
        assertThat(jar.header("localhost", asked)).isEqualTo(isSent ? "a=1" : null);
    }

    @Test
    void oneOfTheSameNameHostAndPathTakesItsPlaceAndLongerPathsComeFirst() {
        set("localhost", "/", "a=1", "b=1", "c=1; Path=/x", "a=2; Path=/x/y");
        set("localhost", "/", "a=3", "c=3; Path=/x");
        assertThat(jar.header("localhost", "/x/y")).isEqualTo("a=2; c=3; a=3; b=1");
        set("localhost", "/", "a=; Max-Age=0", "c=; Path=/; Max-Age=0");
        assertThat(jar.header("localhost", "/x/y")).isEqualTo("a=2; c=3; b=1");
    }

    @Test
    void itEndsWithItsTime() {
        set("localhost", "/", "a=1; Max-Age=10", "b=1; Expires=Thu, 01 Jan 2026 00:00:20 GMT", "c=1");
        now = now.plusSeconds(9);
        assertThat(jar.header("localhost", "/")).isEqualTo("a=1; b=1; c=1");
        now = now.plusSeconds(1);
        assertThat(jar.header("localhost", "/")).isEqualTo("b=1; c=1");
        now = now.plusSeconds(10);
        assertThat(jar.header("localhost", "/")).isEqualTo("c=1");
    }
}
