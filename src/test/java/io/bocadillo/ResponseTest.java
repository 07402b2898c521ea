package io.bocadillo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTest {

    private record Item(int pk, String name, LocalDate due) {}

    private final App app = new App();

    private TestResponse answerOf(View view) {
        app.any("/", view);
        return TestClient.of(app).get("/");
    }

    private String location(String location) {
        return answerOf((req, res) -> res.redirect(location)).header("Location");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 299, 404, 500, 599})
    void theStatusIsTheOneSet(int status) {
        TestResponse response = answerOf((req, res) -> {
            assertThat(res.status(status).status()).isEqualTo(status);
            return res.text("x");
        });
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.text()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 99, 100, 101, 199, 600, 1000})
    void aStatusThatIsNoAnswerIsRefused(int status) {
        TestResponse response = answerOf((req, res) -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> res.status(status))
                    .withMessage("status: expected a code from 200 to 599, got '" + status
                            + "'. Give a final one (RFC 9110, section 15).");
            return res.text("x");
        });
        assertThat(response.text()).isEqualTo("x");
    }

    @Test
    void theStatusIs200UnlessSet() {
        TestResponse response = answerOf((req, res) -> {
            assertThat(res.status()).isEqualTo(200);
            return res.text("x");
        });
        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    void aHeaderReplacesThoseOfItsName() {
        TestResponse response = answerOf((req, res) -> {
            res.headers().add("X-A", "1").add("x-a", "2");
            return res.header("X-A", "3").text("x");
        });
        assertThat(response.headers().all("X-A")).containsExactly("3");
    }

    @Test
    void severalFieldsOfANameAreAdded() {
        TestResponse response = answerOf((req, res) -> {
            res.headers().add("Link", "</a>").add("Link", "</b>");
            return res.text("x");
        });
        assertThat(response.headers().all("Link")).containsExactly("</a>", "</b>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: a=1", "a\n", "\r", "caf\u010A"})
    void aHeaderWithALineBreakIsRefused(String value) {
        TestResponse response = answerOf((req, res) -> {
            assertThatIllegalArgumentException().isThrownBy(() -> res.header("X-A", value));
            assertThatIllegalArgumentException().isThrownBy(() -> res.header("X-A" + value, "x"));
            return res.text("x");
        });
        assertThat(response.text()).isEqualTo("x");
        assertThat(response.headers().toString()).doesNotContain("X-A").doesNotContain("Set-Cookie");
    }

    @Test
    void textIsUtf8() {
        TestResponse response = answerOf((req, res) -> res.text("café 🌮"));
        assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(response.body()).isEqualTo("café 🌮".getBytes(UTF_8));
        assertThat(response.header("Content-Length")).isEqualTo("10");
    }

    @Test
    void htmlIsUtf8AndAsGiven() {
        TestResponse response = answerOf((req, res) -> res.html("<p>é & \"x\"</p>"));
        assertThat(response.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(response.text()).isEqualTo("<p>é & \"x\"</p>");
    }

    @Test
    void jsonIsWrittenFromRecordsAndDates() {
        TestResponse response = answerOf((req, res) -> res.json(new Item(7, "Taco", LocalDate.of(2026, 11, 22))));
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.text()).isEqualTo("{\"pk\":7,\"name\":\"Taco\",\"due\":\"2026-11-22\"}");
    }

    @Test
    void jsonIsWrittenFromMapsInstantsAndNull() {
        app.get("/instant", (req, res) -> res.json(Map.of("at", Instant.EPOCH)));
        app.get("/null", (req, res) -> res.json(null));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/instant").text()).isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\"}");
        assertThat(client.get("/null").text()).isEqualTo("null");
    }

    @Test
    void contentIsBytesOfTheirType() {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', 0};
        TestResponse response = answerOf((req, res) -> res.content(png, "image/png"));
        assertThat(response.header("Content-Type")).isEqualTo("image/png");
        assertThat(response.body()).isEqualTo(png);
    }

    @Test
    void emptyIs204() {
        TestResponse response = answerOf((req, res) -> res.empty());
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.header("Content-Length")).isNull();
        assertThat(response.header("Content-Type")).isNull();
        assertThat(response.body()).isEmpty();
    }

    @Test
    void emptyKeepsTheStatusThatIsSet() {
        TestResponse response = answerOf((req, res) -> res.status(202).empty());
        assertThat(response.status()).isEqualTo(202);
        assertThat(response.header("Content-Length")).isEqualTo("0");
    }

    @Test
    void emptyTakesBackAnEarlierAnswer() {
        TestResponse response = answerOf((req, res) -> {
            res.text("x");
            return res.empty();
        });
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.header("Content-Type")).isNull();
        assertThat(response.body()).isEmpty();
    }

    @Test
    void anAnswerAfterEmptyIsA200Again() {
        TestResponse response = answerOf((req, res) -> {
            res.empty();
            return res.text("x");
        });
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("x");
    }

    @Test
    void anAnswerAfterRedirectIsNoRedirect() {
        TestResponse response = answerOf((req, res) -> {
            res.redirect("/home");
            return res.text("x");
        });
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Location")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "303", "307", "308"})
    void redirectKeepsAStatusOfRedirection(int status) {
        TestResponse response = answerOf((req, res) -> res.status(status).redirect("/home"));
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("Location")).isEqualTo("/home");
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 404})
    void redirectIs302InThePlaceOfAnyOtherStatus(int status) {
        assertThat(answerOf((req, res) -> res.status(status).redirect("/home")).status())
                .isEqualTo(302);
    }

    @Test
    void redirectIs302UnlessSet() {
        assertThat(answerOf((req, res) -> res.redirect("/home")).status()).isEqualTo(302);
    }

    @Test
    void redirectToAPathIsInsideTheApp() {
        app.get("/path", (req, res) -> res.redirect("/home?x=1#top"));
        app.get("/url", (req, res) -> res.redirect("https://example.org/home"));
        app.get("/relative", (req, res) -> res.redirect("home"));
        app.start();
        assertThat(app.handle(new StubExchange("GET", "/shop/api", "/path"))
                        .join()
                        .headers()
                        .get("Location"))
                .isEqualTo("/shop/api/home?x=1#top");
        assertThat(app.handle(new StubExchange("GET", "/shop/api", "/url"))
                        .join()
                        .headers()
                        .get("Location"))
                .isEqualTo("https://example.org/home");
        assertThat(app.handle(new StubExchange("GET", "/shop/api", "/relative"))
                        .join()
                        .headers()
                        .get("Location"))
                .isEqualTo("home");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "///evil.example", "//"})
    void redirectToAnotherHostHasToNameItsScheme(String location) {
        TestResponse response = answerOf((req, res) -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> res.redirect(location))
                    .withMessage("redirect: expected a path or a URL with its scheme, got '" + location
                            + "'. Write https://... to leave this host.");
            return res.empty();
        });
        assertThat(response.status()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/caf\u00e9|/caf%C3%A9",
                "/a b|/a%20b",
                "/a%20b?c=%2F|/a%20b?c=%2F",
                "/\\evil.example|/%5Cevil.example",
                "\\\\evil.example|%5C%5Cevil.example",
                "/<\"'>|/%3C%22'%3E",
                "https://example.org/\u00e9?a=[1]&b=c|https://example.org/%C3%A9?a=%5B1%5D&b=c",
                "/a[1]?b[]=2#[c]|/a%5B1%5D?b%5B%5D=2#%5Bc%5D",
                "a[1]|a%5B1%5D",
                "http://[2001:db8::7]:8000/a[1]|http://[2001:db8::7]:8000/a%5B1%5D",
                "http://[::1]?a[]=1|http://[::1]?a%5B%5D=1",
                "/a://[b]|/a://%5Bb%5D",
                "/100%|/100%25",
                "/%zz%4g%41%4|/%25zz%254g%41%254",
            })
    void whatMayNotStandInALocationIsEncoded(String location, String encoded) {
        assertThat(location(location)).isEqualTo(encoded);
    }

    @ParameterizedTest
    @CsvSource({"/a\\r\\nSet-Cookie: a=1\\0, /a%0D%0ASet-Cookie:%20a=1%00", "/\\t/evil.example, /%09/evil.example"})
    void controlCharactersInALocationAreEncoded(String escaped, String encoded) {
        assertThat(location(escaped.translateEscapes())).isEqualTo(encoded);
    }

    @Property(tries = 500)
    void anyLocationIsEncodedOnceToUriCharacters(@ForAll String text) {
        App redirecting = new App();
        redirecting.post("/", (req, res) -> res.redirect("/x" + req.text()));
        TestClient client = TestClient.of(redirecting);
        String encoded = client.post("/", text).header("Location");
        assertThat(encoded).matches("/x(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*");
        assertThat(client.post("/", encoded.substring(2)).header("Location")).isEqualTo(encoded);
    }

    @Test
    void aContentTypeSetByTheUserStays() {
        TestResponse response =
                answerOf((req, res) -> res.header("content-type", "text/csv").text("a,b"));
        assertThat(response.headers().all("Content-Type")).containsExactly("text/csv");
    }

    @Test
    void aContentTypeSetByTheUserAfterTheAnswerStays() {
        TestResponse response = answerOf((req, res) -> {
            res.text("a,b");
            res.header("Content-Type", "text/csv");
            return res.text("c,d");
        });
        assertThat(response.headers().all("Content-Type")).containsExactly("text/csv");
    }

    @Test
    void aContentTypeSetThroughTheHeadersStays() {
        TestResponse response = answerOf((req, res) -> {
            res.text("a,b");
            res.headers().set("Content-Type", "text/csv");
            return res.text("c,d");
        });
        assertThat(response.headers().all("Content-Type")).containsExactly("text/csv");
    }

    @Test
    void theTypeOfAnAnswerIsReplacedByThatOfTheLast() {
        TestResponse response = answerOf((req, res) -> {
            res.json(1);
            res.html("<p>");
            return res.text("x");
        });
        assertThat(response.headers().all("Content-Type")).containsExactly("text/plain; charset=utf-8");
    }

    @Test
    void headDeclaresTheLengthOfGetAndSendsNothing() {
        app.get("/", (req, res) -> res.text("hello"));
        TestResponse response = TestClient.of(app).head("/");
        assertThat(response.header("Content-Length")).isEqualTo("5");
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "204, ", "304, ", "205, 0", // RFC 9112, section 6.3: without a length, its end is that of the connection
    })
    void bodylessStatusesSendNoBodyAndNoLengthUnlessItHasToBeZero(int status, String length) {
        TestResponse response = answerOf((req, res) -> res.status(status).text("hello"));
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("Content-Length")).isEqualTo(length);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void lengthAndFramingAreTheBusinessOfTheServer() {
        TestResponse response = answerOf((req, res) -> res.header("Content-Length", "999")
                .header("Transfer-Encoding", "chunked")
                .text("hello"));
        assertThat(response.headers().all("Content-Length")).containsExactly("5");
        assertThat(response.header("Transfer-Encoding")).isNull();
    }

    @Test
    void theBodyAsItStandsCanBeRead() {
        TestResponse response = answerOf((req, res) -> {
            String before = new String(res.body(), UTF_8);
            res.text("first");
            return res.text(before + "|" + new String(res.body(), UTF_8));
        });
        assertThat(response.text()).isEqualTo("|first");
    }

    @Test
    void theHeadersAreFinalAfterTheEnd() {
        AtomicReference<Headers> held = new AtomicReference<>();
        answerOf((req, res) -> {
            held.set(res.headers());
            return res.header("X-A", "a").text("x");
        });
        Headers headers = held.get();
        assertThatIllegalStateException().isThrownBy(() -> headers.set("X-A", "b"));
        assertThatIllegalStateException().isThrownBy(() -> headers.add("X-A", "b"));
        assertThatIllegalStateException().isThrownBy(() -> headers.remove("X-A"));
        assertThat(headers.all("X-A")).containsExactly("a");
    }
}
