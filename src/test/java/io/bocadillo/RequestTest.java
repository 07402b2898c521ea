package io.bocadillo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

    private final App app = new App();

    private TestClient answering(View view) {
        app.any("{}", view);
        return TestClient.of(app);
    }

    private static String detail(String detail) {
        return "{\"error\":\"400 Bad Request\",\"status\":400,\"detail\":" + detail + "}";
    }

    @Test
    void methodAndPathAreThoseOfTheRequest() {
        TestClient client = answering((req, res) -> res.text(req.method() + " " + req.path() + " " + req));
        assertThat(client.delete("/caf%c3%a9;v=1/a%20b?x=1").text())
                .isEqualTo("DELETE /café/a b DELETE /caf%C3%A9/a%20b");
    }

    @Test
    void schemeAddressAndBasePathAreThoseOfTheServer() {
        app.get(
                "/x",
                (req, res) -> res.text(req.scheme() + " " + req.remoteAddress() + " " + req.basePath() + req.path()));
        app.start();
        Response response =
                app.handle(new StubExchange("GET", "/shop/api", "/x")).join();
        assertThat(response.body()).asString(UTF_8).isEqualTo("https 192.0.2.1 /shop/api/x");
    }

    @Test
    void aParameterThatTheRouteDoesNotHaveIsAMistakeOfTheApp() {
        app.get("/items/{pk}", (req, res) -> res.text(req.param("id").value()));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(TestClient.of(app).get("/items/7").status()).isEqualTo(500);
            assertThat(log.text())
                    .contains("param: expected a parameter of the route, got 'id'. Write {id} in its pattern.");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/?n=5, 5",
        "/?n=, ''",
        "/?n, ''",
        "/?a=1&n=2&n=3, 2",
        "/?&&n=1&, 1",
        "/?n=a+b%20c, a b c",
        "/?n=caf%C3%A9, café",
        "/?n=a=b, a=b",
        "/?%6E=5, 5",
    })
    void aQueryParameterIsDecoded(String target, String value) {
        TestClient client = answering((req, res) -> res.text(req.query("n").value()));
        assertThat(client.get(target).text()).isEqualTo(value);
    }

    @Test
    void aRepeatedQueryParameterHasAllItsValues() {
        TestClient client = answering((req, res) -> res.json(req.query("tag").values()));
        assertThat(client.get("/?tag=a&x=1&tag=b&tag=").text()).isEqualTo("[\"a\",\"b\",\"\"]");
        assertThat(client.get("/").text()).isEqualTo("[]");
    }

    @Test
    void queriesAreInTheirOrderAndUnmodifiable() {
        TestClient client = answering((req, res) -> {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> req.queries().get("b").add("x"));
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> req.queries().remove("b"));
            return res.json(req.queries());
        });
        assertThat(client.get("/?b=1&a=2&b=3").text()).isEqualTo("{\"b\":[\"1\",\"3\"],\"a\":[\"2\"]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?n=%", "/?n=%2", "/?n=%zz", "/?%=1", "/?a=1&b=%u0041", "/?n=%FF", "/?n=%C3"})
    void aMalformedQueryIsA400(String target) {
        TestResponse response =
                answering((req, res) -> res.text(req.query("n").toString())).get(target);
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("\"detail\":\"query: expected percent-encoded UTF-8, got '");
    }

    @Property
    void queriesSurviveEncodingAndParsing(@ForAll("pairs") List<Tuple2<String, String>> pairs) {
        StringBuilder query = new StringBuilder();
        Map<String, List<String>> expected = new LinkedHashMap<>();
        for (Tuple2<String, String> pair : pairs) {
            query.append('&').append(URLEncoder.encode(pair.get1(), UTF_8));
            query.append('=').append(URLEncoder.encode(pair.get2(), UTF_8));
            expected.computeIfAbsent(pair.get1(), name -> new ArrayList<>()).add(pair.get2());
        }
        Map<String, List<String>> parsed = UrlEncoded.parse(query.toString());
        assertThat(parsed).isEqualTo(expected);
        assertThat(parsed.keySet()).containsExactlyElementsOf(expected.keySet());
    }

    @Property
    void anyQueryIsParsedOrRefused(@ForAll("garbage") String query) {
        try {
            assertThat(UrlEncoded.parse(query).values())
                    .allSatisfy(values -> assertThat(values).isNotEmpty());
        } catch (HttpError refused) {
            assertThat(refused.status()).isEqualTo(400);
        }
    }

    @Provide
    Arbitrary<List<Tuple2<String, String>>> pairs() {
        Arbitrary<String> texts = Arbitraries.strings()
                .ofMaxLength(8)
                .filter(text -> UTF_8.newEncoder().canEncode(text));
        return texts.flatMap(name -> texts.map(value -> Tuple.of(name, value)))
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> garbage() {
        return Arbitraries.of("&", "=", "%", "+", "a", "%41", "%4", "%zz", "\u00e9", ";", "#", "\0")
                .list()
                .ofMaxSize(12)
                .map(pieces -> String.join("", pieces));
    }

    @Test
    void aHeaderIsFoundWithoutRegardToCase() {
        TestClient client =
                answering((req, res) -> res.text(req.header("x-token").value()));
        assertThat(client.with("X-Token", "abc").get("/").text()).isEqualTo("abc");
    }

    @Test
    void aMissingHeaderIsNotPresent() {
        TestClient client =
                answering((req, res) -> res.text("" + req.header("X-Token").isPresent()));
        assertThat(client.get("/").text()).isEqualTo("false");
    }

    @Test
    void theHeadersOfARequestNeverChange() {
        TestClient client = answering((req, res) -> {
            assertThatIllegalStateException().isThrownBy(() -> req.headers().set("X-Token", "mine"));
            return res.text(req.headers().get("X-Token"));
        });
        assertThat(client.with("X-Token", "theirs").get("/").text()).isEqualTo("theirs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1; b=2|2",
                "b=2|2",
                "b=\"2\"|2",
                "b=a=b|a=b",
                "a; b=2; =3|2",
                "  b = 2 |2",
                "b=\"|\"",
                "b=|''",
                "b=1; b=2|1",
                "b=%41|%41",
            })
    void aCookieIsFoundByName(String header, String value) {
        TestClient client = answering((req, res) -> res.text(req.cookie("b").value()));
        assertThat(client.with("Cookie", header).get("/").text()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1", "b", "", ";;;", "=b", "B=1"})
    void aCookieThatIsNotThereIsNotPresent(String header) {
        TestClient client =
                answering((req, res) -> res.text("" + req.cookie("b").isPresent()));
        assertThat(client.with("Cookie", header).get("/").text()).isEqualTo("false");
    }

    @Test
    void allCookiesAreKnownByName() {
        TestClient client = answering((req, res) -> res.json(req.cookies()));
        assertThat(client.with("Cookie", "b=1; a=\"2\"; c; =3; b=; A=4")
                        .get("/")
                        .text())
                .isEqualTo("{\"b\":[\"1\",\"\"],\"a\":[\"2\"],\"A\":[\"4\"]}");
        assertThat(client.get("/").text()).isEqualTo("{}");
    }

    @Property
    void anyCookieHeaderIsRead(@ForAll("cookieHeaders") String header) {
        assertThat(Cookies.named("a", List.of(header)))
                .allSatisfy(value -> assertThat(value).doesNotContain(";"));
    }

    @Provide
    Arbitrary<String> cookieHeaders() {
        return Arbitraries.of("a", "b", "=", ";", " ", "\"", ",", "\u00e9", "a=1")
                .list()
                .ofMaxSize(10)
                .map(pieces -> String.join("", pieces));
    }

    @Test
    void theBodyIsTheBytesAsTheyCameAsOftenAsOneLikes() {
        byte[] bytes = {0, 1, (byte) 0xFF, '\n'};
        TestClient client = answering((req, res) -> {
            assertThat(req.body()).isSameAs(req.body());
            return res.content(req.body(), "application/octet-stream");
        });
        assertThat(client.post("/", bytes).body()).isEqualTo(bytes);
    }

    @Test
    void withoutABodyBodyAndTextAreEmpty() {
        TestClient client = answering((req, res) -> res.text(req.body().length + "|" + req.text() + "|"));
        assertThat(client.get("/").text()).isEqualTo("0||");
    }

    @Test
    void textIsUtf8UnlessTheContentTypeSaysOtherwise() {
        TestClient client = answering((req, res) -> res.text(req.text()));
        assertThat(client.post("/", "café 🌮").text()).isEqualTo("café 🌮");
        assertThat(client.post("/", "café".getBytes(UTF_8)).text()).isEqualTo("café");
        assertThat(client.with("Content-Type", "text/plain; charset=iso-8859-1")
                        .post("/", "café".getBytes(ISO_8859_1))
                        .text())
                .isEqualTo("café");
        assertThat(client.with("Content-Type", "text/plain;format=flowed;Charset=\"UTF-16\"")
                        .post("/", "café".getBytes(UTF_16))
                        .text())
                .isEqualTo("café");
    }

    @Test
    void textThatIsNotInItsCharsetIsA400() {
        TestClient client = answering((req, res) -> res.text(req.text()));
        byte[] cut = Arrays.copyOf("🌮".getBytes(UTF_8), 3);
        assertThat(client.post("/", cut).text())
                .isEqualTo(detail("\"body: expected UTF-8 text, got bytes that are none.\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain; charset=klingon", "text/plain; charset=", "text/plain; charset=a/b"})
    void anUnknownCharsetIsA415(String contentType) {
        TestClient client = answering((req, res) -> res.text(req.text()));
        TestResponse response = client.with("Content-Type", contentType).post("/", "x");
        assertThat(response.status()).isEqualTo(415);
        assertThat(response.text()).contains("Content-Type: expected a known charset, got '");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "GZIP", "identity, gzip"})
    void aContentEncodingIsA415ThatSaysWhatWouldDo(String encoding) {
        TestClient client = answering((req, res) -> res.text(req.text()));
        TestResponse response = client.with("Content-Encoding", encoding).post("/", "x");
        assertThat(response.status()).isEqualTo(415);
        assertThat(response.header("Accept-Encoding")).isEqualTo("identity");
        assertThat(response.text())
                .contains("Content-Encoding: expected none, got '" + encoding + "'. Send the body plain.");
    }

    @Test
    void theIdentityEncodingIsNone() {
        TestClient client = answering((req, res) -> res.text(req.text()));
        assertThat(client.with("Content-Encoding", "Identity").post("/", "x").text())
                .isEqualTo("x");
    }

    @Test
    void aBodyBeyondTheLimitOfTheAppIsA413() {
        App small = new App(Settings.defaults().maxBody(4));
        small.post("/", (req, res) -> res.text(req.text()));
        TestClient client = TestClient.of(small);
        assertThat(client.post("/", "1234").text()).isEqualTo("1234");
        TestResponse refused = client.post("/", "12345");
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.header("Connection")).isEqualTo("close");
        assertThat(refused.text())
                .isEqualTo("{\"error\":\"413 Content Too Large\",\"status\":413,"
                        + "\"detail\":\"body: expected at most 4 bytes, got more.\"}");
    }

    @Test
    void aRouteHasALimitOfItsOwn() {
        App small = new App(Settings.defaults().maxBody(4));
        small.post("/large", (req, res) -> res.text(req.text())).maxBody(6);
        small.post("/none", (req, res) -> res.text(req.text())).maxBody(0);
        TestClient client = TestClient.of(small);
        assertThat(client.post("/large", "123456").status()).isEqualTo(200);
        assertThat(client.post("/large", "1234567").status()).isEqualTo(413);
        assertThat(client.post("/none", new byte[0]).status()).isEqualTo(200);
        assertThat(client.post("/none", "1").status()).isEqualTo(413);
    }

    @Test
    void theStandardLimitIsOneMebibyte() {
        TestClient client = answering((req, res) -> res.text("" + req.body().length));
        assertThat(client.post("/", new byte[1 << 20]).text()).isEqualTo("1048576");
        assertThat(client.post("/", new byte[(1 << 20) + 1]).status()).isEqualTo(413);
    }

    @Test
    void whatMiddlewareFindsOutTravelsByType() {
        app.use((req, res, next) -> {
            req.put(CharSequence.class, "Ada").put(Integer.class, 7);
            return next.handle(req, res);
        });
        TestClient client =
                answering((req, res) -> res.text(req.get(CharSequence.class) + " " + req.get(Integer.class)));
        assertThat(client.get("/").text()).isEqualTo("Ada 7");
    }

    @Test
    void aValueThatNobodyPutIsAMistakeOfTheApp() {
        try (CapturedLog log = new CapturedLog()) {
            TestClient client = answering((req, res) -> res.text(req.get(String.class)));
            assertThat(client.get("/").status()).isEqualTo(500);
            assertThat(log.text())
                    .contains("request: expected a value of java.lang.String, got none."
                            + " Let a middleware call req.put(String.class, ...), and ask before the answer is there.");
        }
    }

    @Test
    void theObjectsOfTheServerAreFoundByTypeToo() {
        app.get("/", (req, res) -> res.text("" + (req.get(StubExchange.class) != null)));
        app.start();
        assertThat(app.handle(new StubExchange("GET", "", "/")).join().body())
                .asString(UTF_8)
                .isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource({"/, null", "/?, ''", "/?a=%zz&b=caf%C3%A9+?, a=%zz&b=caf%C3%A9+?", "/a%3Fb, null"})
    void theRawQueryIsAsItWasSent(String target, String rawQuery) {
        TestClient client = answering((req, res) -> res.text("" + req.rawQuery()));
        assertThat(client.get(target).text()).isEqualTo(rawQuery);
    }

    @Test
    void theRouteThatAnswersIsKnownToEverybody() {
        List<String> seen = new ArrayList<>();
        app.use((req, res, next) -> {
            Route route = req.route();
            seen.add(route == null ? "none" : route.pattern() + " " + route.name());
            return next.handle(req, res);
        });
        Route item =
                app.get("/items/{pk}", (req, res) -> res.text("" + req.route())).name("item");
        app.get("/list/", (req, res) -> res.empty());
        TestClient client = TestClient.of(app);
        assertThat(client.get("/items/7").text()).isEqualTo(item.toString());
        client.head("/items/7");
        client.get("/nowhere");
        client.post("/items/7");
        client.options("/items/7");
        client.get("/list");
        client.get("/list/");
        assertThat(seen)
                .containsExactly("/items/{pk} item", "/items/{pk} item", "none", "none", "none", "none", "/list/ null");
    }

    @Test
    void whatMayBeMissingCanBeAskedFor() {
        app.use((req, res, next) -> {
            if (req.query("user").isPresent()) {
                req.put(String.class, req.query("user").value());
            }
            return next.handle(req, res);
        });
        TestClient client =
                answering((req, res) -> res.text(req.find(String.class).orElse("nobody")));
        assertThat(client.get("/").text()).isEqualTo("nobody");
        assertThat(client.get("/?user=Ada").text()).isEqualTo("Ada");
    }

    @Test
    void findKnowsTheObjectsOfTheServerToo() {
        app.get("/", (req, res) -> res.text("" + req.find(StubExchange.class).isPresent()));
        app.start();
        assertThat(app.handle(new StubExchange("GET", "", "/")).join().body())
                .asString(UTF_8)
                .isEqualTo("true");
    }

    @Test
    @SuppressWarnings({"NullAway", "unchecked", "rawtypes"})
    void aValueThatIsNoneOfItsClassIsRefusedWhereItIsPut() {
        TestClient client = answering((req, res) -> {
            assertThatNullPointerException().isThrownBy(() -> req.put(String.class, null));
            assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> req.put((Class) String.class, 7));
            return res.text("" + req.find(String.class).isPresent());
        });
        assertThat(client.get("/").text()).isEqualTo("false");
    }
}
