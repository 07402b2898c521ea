package io.bocadillo.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.containers.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@InEveryContainer
class SessionsParityIT {

    @Parameter
    Site site;

    private static String cookie(Answer answer) {
        String field = answer.header("Set-Cookie");
        return "Cookie: " + field.substring(0, field.indexOf(';'));
    }

    @Test
    void cookiesAreSetOnceEachUnderThePathOfTheApp() throws Exception {
        assertThat(site.ask("GET /cookies/set").all("Set-Cookie"))
                .containsExactly(
                        "b=2; Path=/shop/api; SameSite=Lax",
                        "a=3; Path=/shop/api; Max-Age=3600; HttpOnly; SameSite=Lax");
    }

    @Test
    void cookiesOfSeveralFieldsAreReadInTheirOrder() throws Exception {
        assertThat(site.ask("GET /cookies/read", "Cookie: a=1; b=2", "Cookie: a=\"3\"")
                        .text())
                .isEqualTo("[\"1\",\"3\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"signed", "encrypted", "stored"})
    void aSessionLastsFromRequestToRequest(String kind) throws Exception {
        Answer first = site.ask("GET /session/" + kind);
        assertThat(first.text()).isEqualTo("1");
        assertThat(first.header("Set-Cookie"))
                .matches("session=[A-Za-z0-9._-]+; Path=/shop/api; Max-Age=1209600; HttpOnly; SameSite=Lax");
        assertThat(first.header("Vary")).isEqualTo("Cookie");
        Answer second = site.ask("GET /session/" + kind, cookie(first));
        assertThat(second.text()).isEqualTo("2");
        Answer end = site.ask("GET /session/" + kind + "/end", cookie(second));
        assertThat(end.header("Set-Cookie")).startsWith("session=; ").contains("Max-Age=0");
        assertThat(site.ask("GET /session/" + kind).text()).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"signed", "encrypted", "stored"})
    void aForgedCookieIsANewSession(String kind) throws Exception {
        String cookie = cookie(site.ask("GET /session/" + kind));
        char last = cookie.charAt(cookie.length() - 1);
        String forged = cookie.substring(0, cookie.length() - 1) + (last == 'A' ? 'B' : 'A');
        assertThat(site.ask("GET /session/" + kind, forged).text()).isEqualTo("1");
        assertThat(site.ask("GET /session/" + kind, "Cookie: session=" + "a".repeat(5000))
                        .text())
                .isEqualTo("1");
    }

    @Test
    void aFormNeedsItsToken() throws Exception {
        Answer page = site.ask("GET /guarded/token");
        String urlencoded = "Content-Type: application/x-www-form-urlencoded";
        assertThat(site.askWithBody("POST /guarded", "a=b&csrf_token=" + page.text(), urlencoded, cookie(page))
                        .text())
                .isEqualTo("b");
        assertThat(site.askWithBody("POST /guarded", "a=b", urlencoded, cookie(page), "X-CSRF-Token: " + page.text())
                        .text())
                .isEqualTo("b");
        assertThat(site.askWithBody("POST /guarded", "a=b", urlencoded, cookie(page))
                        .status())
                .isEqualTo(403);
        assertThat(site.askWithBody("POST /guarded", "a=b&csrf_token=" + page.text(), urlencoded)
                        .status())
                .isEqualTo(403);
        assertThat(site.askWithBody(
                                "POST /guarded",
                                "a=b&csrf_token=" + page.text(),
                                urlencoded,
                                cookie(page),
                                "Origin: https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(site.askWithBody(
                                "POST /guarded",
                                "a=b&csrf_token=" + page.text(),
                                urlencoded,
                                cookie(page),
                                "Origin: http://test")
                        .text())
                .isEqualTo("b");
    }
}
