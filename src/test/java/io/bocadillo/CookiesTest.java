package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.net.HttpCookie;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookiesTest {

    /** @param section of RFC 6265bis (draft-ietf-httpbis-rfc6265bis) unless another one is named */
    private record Row(String section, UnaryOperator<Cookie> attributes, String field) {

        @Override
        public String toString() {
            return section + ": " + field;
        }
    }

    private static final Instant TIME = Instant.parse("2026-03-04T05:06:07.89Z");

    private static final List<Row> FIELDS = List.of(
            new Row("5.6.4 and 5.6.7, as safe as can be", c -> c, "c=v; Path=/; HttpOnly; SameSite=Lax"),
            new Row("4.1.1, an empty value", c -> c.value(""), "c=; Path=/; HttpOnly; SameSite=Lax"),
            new Row("4.1.2.4", c -> c.path("/a b/%C3%A9"), "c=v; Path=/a b/%C3%A9; HttpOnly; SameSite=Lax"),
            new Row(
                    "4.1.2.3",
                    c -> c.domain("Shop.example.com"),
                    "c=v; Path=/; Domain=Shop.example.com; HttpOnly; SameSite=Lax"),
            new Row(
                    "4.1.2.2",
                    c -> c.maxAge(Duration.ofMillis(1999)),
                    "c=v; Path=/; Max-Age=1; HttpOnly; SameSite=Lax"),
            new Row(
                    "4.1.2.1 and RFC 9110, 5.6.7",
                    c -> c.expires(TIME),
                    "c=v; Path=/; Expires=Wed, 04 Mar 2026 05:06:07 GMT; HttpOnly; SameSite=Lax"),
            new Row(
                    "4.1.2.2, both, of which browsers take the age",
                    c -> c.expires(TIME).maxAge(Duration.ofDays(1)),
                    "c=v; Path=/; Max-Age=86400; Expires=Wed, 04 Mar 2026 05:06:07 GMT; HttpOnly; SameSite=Lax"),
            new Row("4.1.2.5", c -> c.secure(true), "c=v; Path=/; Secure; HttpOnly; SameSite=Lax"),
            new Row("4.1.2.6", c -> c.httpOnly(false), "c=v; Path=/; SameSite=Lax"),
            new Row("4.1.2.7", c -> c.sameSite(Cookie.SameSite.STRICT), "c=v; Path=/; HttpOnly; SameSite=Strict"),
            new Row(
                    "5.7, step 18, None is Secure",
                    c -> c.sameSite(Cookie.SameSite.NONE),
                    "c=v; Path=/; Secure; HttpOnly; SameSite=None"),
            new Row(
                    "draft-cutler-httpbis-partitioned-cookies, 2.1",
                    c -> c.partitioned(true),
                    "c=v; Path=/; Secure; HttpOnly; SameSite=Lax; Partitioned"),
            new Row(
                    "5.7, step 22, an old time removes it",
                    c -> c.path("/a")
                            .domain("example.com")
                            .maxAge(Duration.ofDays(1))
                            .deleted(),
                    "c=; Path=/a; Domain=example.com; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax"),
            new Row(
                    "4.1.3.1",
                    c -> Cookie.of("__Secure-c", "v"),
                    "__Secure-c=v; Path=/; Secure; HttpOnly; SameSite=Lax"),
            new Row("4.1.3.2", c -> Cookie.of("__Host-c", "v"), "__Host-c=v; Path=/; Secure; HttpOnly; SameSite=Lax"),
            new Row(
                    "5.7, step 21, in any case",
                    c -> Cookie.of("__hOST-c", "v").path("/"),
                    "__hOST-c=v; Path=/; Secure; HttpOnly; SameSite=Lax"));

    private record Refused(String section, UnaryOperator<Cookie> attributes, String message) {

        @Override
        public String toString() {
            return section + ": " + message;
        }
    }

    private static final List<Refused> REFUSED = List.of(
            new Refused("4.1.1, av-octet", c -> c.path("/a;Domain=evil.example"), "cookie c: expected a path"),
            new Refused("4.1.1, av-octet", c -> c.path("/a\r\nX: y"), "cookie c: expected a path"),
            new Refused("4.1.1, av-octet", c -> c.path("/é"), "cookie c: expected a path"),
            new Refused("5.6.4, else the default path", c -> c.path("a"), "cookie c: expected a path"),
            new Refused("5.6, step 6", c -> c.path("/" + "a".repeat(1024)), "cookie c: expected a path"),
            new Refused("4.1.2.3", c -> c.domain(".example.com"), "cookie c: expected a host name"),
            new Refused("4.1.2.3", c -> c.domain("example..com"), "cookie c: expected a host name"),
            new Refused("4.1.2.3", c -> c.domain(""), "cookie c: expected a host name"),
            new Refused("RFC 1123, 2.1", c -> c.domain("-a.example"), "cookie c: expected a host name"),
            new Refused("RFC 1123, 2.1", c -> c.domain("a-.example"), "cookie c: expected a host name"),
            new Refused("RFC 1034, 3.1", c -> c.domain("a".repeat(64) + ".example"), "cookie c: expected a host name"),
            new Refused("RFC 1034, 3.1", c -> c.domain("a.".repeat(127) + "example"), "cookie c: expected a host name"),
            new Refused("4.1.2.3", c -> c.domain("a.example; Secure"), "cookie c: expected a host name"),
            new Refused("4.1.2.3, in Punycode", c -> c.domain("é.example"), "cookie c: expected a host name"),
            new Refused(
                    "4.1.1", c -> c.maxAge(Duration.ofMillis(999)), "cookie c: expected an age of a second or more"),
            new Refused("4.1.1", c -> c.maxAge(Duration.ofDays(-1)), "cookie c: expected an age of a second or more"),
            new Refused("5.1.1, step 5", c -> c.expires(Instant.MIN), "cookie c: expected a time of the years"),
            new Refused("4.1.1", c -> c.expires(Instant.MAX), "cookie c: expected a time of the years"),
            new Refused(
                    "5.7, step 18",
                    c -> c.sameSite(Cookie.SameSite.NONE).secure(false),
                    "cookie c: expected to be Secure"),
            new Refused(
                    "partitioned-cookies, 2.1",
                    c -> c.partitioned(true).secure(false),
                    "cookie c: expected to be Secure"),
            new Refused(
                    "4.1.3.1",
                    c -> Cookie.of("__Secure-c", "v").secure(false),
                    "cookie __Secure-c: expected to be Secure"),
            new Refused(
                    "4.1.3.2", c -> Cookie.of("__Host-c", "v").secure(false), "cookie __Host-c: expected to be Secure"),
            new Refused(
                    "4.1.3.2",
                    c -> Cookie.of("__host-c", "v").path("/a"),
                    "cookie __host-c: expected no domain, and no path"),
            new Refused(
                    "4.1.3.2",
                    c -> Cookie.of("__Host-c", "v").domain("a.example"),
                    "cookie __Host-c: expected no domain, and no path"),
            new Refused("5.7, step 4", c -> c.value("v".repeat(4096)), "cookie c: expected at most 4096 bytes"));

    private static List<String> set(View view) {
        App app = new App();
        app.get("/", view);
        return TestClient.of(app).get("/").headers().all("Set-Cookie");
    }

    /** Over https, as the stub says. */
    private static String setAt(StubExchange exchange, Cookie cookie) {
        App app = new App();
        app.get("/", (req, res) -> res.cookie(cookie).empty());
        app.start();
        return app.handle(exchange).join().headers().get("Set-Cookie");
    }

    @ParameterizedTest
    @FieldSource("FIELDS")
    void aCookieIsSetAsBrowsersReadIt(Row row) {
        Cookie cookie = row.attributes().apply(Cookie.of("c", "v"));
        assertThat(set((req, res) -> res.cookie(cookie).text("x"))).containsExactly(row.field());
    }

    @ParameterizedTest
    @FieldSource("REFUSED")
    void whatBrowsersWouldRefuseIsRefused(Refused row) {
        List<String> fields = set((req, res) -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> res.cookie(row.attributes().apply(Cookie.of("c", "v"))))
                    .withMessageStartingWith(row.message());
            return res.text("x");
        });
        assertThat(fields).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a b", "a=b", "a;b", "a,b", "a\"", "é", "a\n", "a\u0000", "(a)", "a/b", "[a]", "{a}"})
    void aNameThatIsNoTokenIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cookie.of(name, "v"))
                .withMessageStartingWith("cookie: expected a name that is a token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a;b",
                "a,b",
                "a\\b",
                "\"a\"",
                "é",
                "a\r\nX: y",
                "a\tb",
                "\u007F",
                "\u0000",
                "\u010A",
                "a; Path=/"
            })
    void aValueWithAnotherCharacterIsRefused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cookie.of("c", value))
                .withMessageStartingWith("cookie c: expected a value of visible ASCII characters");
    }

    @Property(tries = 300)
    void whatIsAcceptedIsReadAsItWasSet(
            @ForAll @AlphaChars @NotEmpty @StringLength(max = 20) String name,
            @ForAll @CharRange(from = ' ', to = '\u0100') @StringLength(max = 30) String value) {
        Cookie cookie;
        try {
            cookie = Cookie.of(name, value);
        } catch (IllegalArgumentException refused) {
            assertThat(value).matches("(?s).*[^\\x21\\x23-\\x2B\\x2D-\\x3A\\x3C-\\x5B\\x5D-\\x7E].*");
            return;
        }
        String field = set((req, res) -> res.cookie(cookie).text("x")).get(0);
        HttpCookie read = HttpCookie.parse("Set-Cookie: " + field).get(0);
        assertThat(read.getName()).isEqualTo(name);
        App app = new App();
        app.get("/", (req, res) -> res.text(req.cookie(name).value()));
        assertThat(TestClient.of(app)
                        .with("Cookie", field.substring(0, field.indexOf(';')))
                        .get("/")
                        .text())
                .isEqualTo(value);
    }

    @Test
    void theLargestCookieIsSet() {
        assertThat(set((req, res) ->
                        res.cookie(Cookie.of("c", "v".repeat(4095))).text("x")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"'', /", "/shop, /shop", "/shop;v=1, /"})
    void thePathIsThatOfTheApp(String base, String path) {
        assertThat(setAt(new StubExchange("GET", base, "/"), Cookie.of("c", "v")))
                .isEqualTo("c=v; Path=" + path + "; Secure; HttpOnly; SameSite=Lax");
    }

    @Test
    void aPathThatIsGivenStaysAsItIs() {
        assertThat(setAt(
                        new StubExchange("GET", "/shop", "/"),
                        Cookie.of("c", "v").path("/a")))
                .contains("; Path=/a;");
        assertThat(setAt(new StubExchange("GET", "/shop", "/"), Cookie.of("__Host-c", "v")))
                .contains("; Path=/;");
    }

    @Test
    void aCookieSetOverHttpsIsSecure() {
        assertThat(setAt(new StubExchange("GET", "", "/"), Cookie.of("c", "v"))).contains("; Secure;");
        assertThat(setAt(new StubExchange("GET", "", "/"), Cookie.of("c", "v").secure(false)))
                .doesNotContain("Secure");
    }

    @Test
    void attributesThatDoNotGoTogetherAreRefusedWhereTheyAreGiven() {
        Cookie cookie = Cookie.of("c", "v").secure(false);
        assertThatIllegalArgumentException().isThrownBy(() -> cookie.sameSite(Cookie.SameSite.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> cookie.partitioned(true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cookie.of("__Host-c", "v").domain("example.com"));
    }

    @Test
    void theLastOfOneCookieWins() {
        assertThat(set((req, res) -> res.cookie(Cookie.of("a", "1"))
                        .cookie(Cookie.of("b", "2"))
                        .cookie(Cookie.of("ab", "3"))
                        .cookie(Cookie.of("a", "4").deleted())
                        .cookie(Cookie.of("A", "5"))
                        .cookie(Cookie.of("a", "6"))
                        .text("x")))
                .extracting(field -> field.substring(0, field.indexOf(';')))
                .containsExactly("b=2", "ab=3", "A=5", "a=6");
    }

    /** Section 5.7, step 23, of RFC 6265bis: a browser keeps one for each name, domain, host-only flag and path. */
    @ParameterizedTest
    @CsvSource({
        "c=1; Path=/,                        true",
        "c=1; path=/; Secure; Max-Age=1,     true",
        "c=1; Path=/a; Path=/,               true", // 5.6: of two attributes the last one counts
        "' c =1 ; Path = /',                 true", // 5.6, white space around names and values
        "c=1,                                false", // 5.6.4: the path of the request, whatever that is
        "c=1; Path=x,                        false", // 5.6.4
        "c=1; Path=/a,                       false",
        "c=1; Path=/A,                       false",
        "c=1; Path=/; Domain=example.com,    false", // 5.7, steps 8 to 10: it is not for this host alone
        "c=1; Path=/; Domain=,               true", // 5.6.3
        "C=1; Path=/,                        false",
        "cc=1; Path=/,                       false",
        "c=1; Path=/; Partitioned,           false", // draft-cutler-httpbis-partitioned-cookies, 2
        "c; Path=/,                          false",
        "'',                                 false",
        ";,                                  false",
    })
    void aCookieTakesThePlaceOfTheSameOneAlone(String earlier, boolean isTheSame) {
        assertThat(set((req, res) -> {
                    res.headers().add("Set-Cookie", earlier);
                    return res.cookie(Cookie.of("c", "2")).text("x");
                }))
                .hasSize(isTheSame ? 1 : 2)
                .last()
                .isEqualTo("c=2; Path=/; HttpOnly; SameSite=Lax");
    }

    @ParameterizedTest
    @CsvSource({
        "Example.COM,  true",
        ".example.com, true",
        "a.example.com, false",
    })
    void domainsAreTheSameInAnyCaseAndWithADotBeforeThem(String domain, boolean isTheSame) {
        assertThat(set((req, res) -> {
                    res.headers().add("Set-Cookie", "c=1; Path=/; Domain=" + domain);
                    return res.cookie(Cookie.of("c", "2").domain("example.com")).text("x");
                }))
                .hasSize(isTheSame ? 1 : 2);
    }

    @Test
    void aCookieCanBeMovedToAnotherPath() {
        Cookie theme = Cookie.of("theme", "dark");
        assertThat(set((req, res) ->
                        res.cookie(theme.path("/app").deleted()).cookie(theme).text("x")))
                .containsExactly(
                        "theme=; Path=/app; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax",
                        "theme=dark; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void aCopyIsChangedAndNotTheCookie() {
        Cookie cookie = Cookie.of("c", "v");
        cookie.value("w").secure(true).deleted();
        assertThat(set((req, res) -> res.cookie(cookie).text("x")))
                .containsExactly("c=v; Path=/; HttpOnly; SameSite=Lax");
        assertThat(cookie).hasToString("c=v");
        assertThat(cookie.name()).isEqualTo("c");
    }

    @Test
    void anErrorTakesBackTheCookiesThatWereSetInside() {
        App app = new App();
        app.use((req, res, next) -> {
            res.cookie(Cookie.of("before", "1"));
            return next.handle(req, res).thenRun(() -> res.cookie(Cookie.of("after", "3")));
        });
        app.get("/", (req, res) -> {
            res.cookie(Cookie.of("inside", "2")).cookie(Cookie.of("before", "2"));
            throw new HttpError(409);
        });
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(409);
        assertThat(response.headers().all("Set-Cookie"))
                .extracting(field -> field.substring(0, field.indexOf(';')))
                .containsExactly("before=1", "after=3");
    }

    @Test
    void aRedirectKeepsItsCookies() {
        assertThat(set((req, res) -> res.cookie(Cookie.of("c", "v")).redirect("/")))
                .hasSize(1);
    }

    @Test
    void aCookieAfterTheAnswerIsRefused() {
        AtomicReference<Response> late = new AtomicReference<>();
        set((req, res) -> {
            late.set(res);
            return CompletableFuture.completedFuture(null);
        });
        assertThatIllegalStateException().isThrownBy(() -> late.get().cookie(Cookie.of("c", "v")));
    }
}
