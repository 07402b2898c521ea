package io.bocadillo.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.App;
import io.bocadillo.Cookie;
import io.bocadillo.ErrorHandlers;
import io.bocadillo.HttpError;
import io.bocadillo.StartupError;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestClientTest {

    private record Item(int pk) {}

    private final App app = new App();

    @BeforeEach
    void echo() {
        app.any("/echo", (req, res) -> {
            res.header("X-Method", req.method());
            res.header("X-Type", req.header("Content-Type").toString());
            res.header("X-Query", req.query("q").toString());
            return res.text(req.text());
        });
    }

    @Test
    void everyVerbIsSent() {
        TestClient client = TestClient.of(app);
        assertThat(client.get("/echo?q=caf%C3%A9").header("X-Query")).isEqualTo("café");
        assertThat(client.get("/echo").header("X-Method")).isEqualTo("GET");
        assertThat(client.head("/echo").header("X-Method")).isEqualTo("HEAD");
        assertThat(client.options("/echo").header("X-Method")).isEqualTo("OPTIONS");
        assertThat(client.delete("/echo").header("X-Method")).isEqualTo("DELETE");
        assertThat(client.post("/echo", "a").header("X-Method")).isEqualTo("POST");
        assertThat(client.put("/echo", "a").header("X-Method")).isEqualTo("PUT");
        assertThat(client.patch("/echo", "a").header("X-Method")).isEqualTo("PATCH");
    }

    @Test
    void aStringIsSentAsText() {
        TestResponse response = TestClient.of(app).post("/echo", "café");
        assertThat(response.text()).isEqualTo("café");
        assertThat(response.header("X-Type")).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void bytesAreSentAsTheyAre() {
        TestResponse response = TestClient.of(app).post("/echo", "café".getBytes(UTF_8));
        assertThat(response.text()).isEqualTo("café");
        assertThat(response.header("X-Type")).isEmpty();
    }

    @Test
    void anythingElseIsSentAsJson() {
        TestClient client = TestClient.of(app);
        assertThat(client.post("/echo", new Item(7)).text()).isEqualTo("{\"pk\":7}");
        assertThat(client.post("/echo", List.of(1, 2)).text()).isEqualTo("[1,2]");
        assertThat(client.post("/echo", Map.of()).header("X-Type")).isEqualTo("application/json");
    }

    @Test
    void withSendsAHeaderWithEveryRequest() {
        app.get("/token", (req, res) -> res.json(req.header("X-Token").values()));
        TestClient client = TestClient.of(app);
        TestClient authorized = client.with("X-Token", "a");
        assertThat(authorized.get("/token").text()).isEqualTo("[\"a\"]");
        assertThat(authorized.get("/token").text()).isEqualTo("[\"a\"]");
        assertThat(authorized.with("x-token", "b").get("/token").text()).isEqualTo("[\"b\"]");
        assertThat(client.get("/token").text()).isEqualTo("[]");
    }

    @Test
    void aContentTypeOfOnesOwnStays() {
        TestClient client = TestClient.of(app).with("Content-Type", "application/merge-patch+json");
        assertThat(client.patch("/echo", Map.of()).header("X-Type")).isEqualTo("application/merge-patch+json");
        assertThat(client.patch("/echo", "{}").header("X-Type")).isEqualTo("application/merge-patch+json");
    }

    @Test
    void aHeaderWithALineBreakIsRefused() {
        TestClient client = TestClient.of(app);
        assertThatIllegalArgumentException().isThrownBy(() -> client.with("X-Token", "a\r\nb"));
    }

    @Test
    void theAnswerIsReadAsJson() {
        app.get(
                "/items/{pk:int}",
                (req, res) -> res.json(new Item(req.param("pk").asInt())));
        app.get("/items", (req, res) -> res.json(List.of(new Item(1), new Item(2))));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/items/7").json(Item.class).pk()).isEqualTo(7);
        Type items = Item[].class;
        assertThat(client.get("/items").<Item[]>json(items)).containsExactly(new Item(1), new Item(2));
    }

    @Test
    void anAnswerThatIsNotJsonIsShown() {
        app.get("/text", (req, res) -> res.text("not json"));
        TestResponse response = TestClient.of(app).get("/text");
        assertThatIllegalStateException()
                .isThrownBy(() -> response.json(Item.class))
                .withMessageStartingWith("json: expected an answer in JSON, got '200\n")
                .withMessageContaining("not json");
    }

    @Test
    void anAnswerOfAnotherShapeSaysSo() {
        app.get("/list", (req, res) -> res.json(List.of()));
        TestResponse response = TestClient.of(app).get("/list");
        assertThatExceptionOfType(HttpError.class).isThrownBy(() -> response.json(Item.class));
    }

    @Test
    void theAnswerIsTheOneOverASocket() {
        app.get("/text", (req, res) -> res.status(203).text("café"));
        TestResponse response = TestClient.of(app).get("/text");
        assertThat(response.status()).isEqualTo(203);
        assertThat(response.header("content-length")).isEqualTo("5");
        assertThat(response.headers().all("Content-Type")).containsExactly("text/plain; charset=utf-8");
        assertThat(response.body()).isEqualTo("café".getBytes(UTF_8));
        assertThat(response).hasToString("203\nContent-Type: text/plain; charset=utf-8\nContent-Length: 5\n\ncafé");
    }

    @Test
    void theBodyOfAnAnswerCannotBeChanged() {
        app.get("/text", (req, res) -> res.text("x"));
        TestResponse response = TestClient.of(app).get("/text");
        response.body()[0] = 'y';
        assertThat(response.text()).isEqualTo("x");
    }

    @Test
    void redirectsAreNotFollowed() {
        app.get("/old", (req, res) -> res.redirect("/echo"));
        TestResponse response = TestClient.of(app).get("/old");
        assertThat(response.status()).isEqualTo(302);
        assertThat(response.header("Location")).isEqualTo("/echo");
    }

    @Test
    void schemeAndAddressAreThoseOfThisMachine() {
        app.get("/where", (req, res) -> res.text(req.scheme() + " " + req.remoteAddress() + "|" + req.basePath()));
        assertThat(TestClient.of(app).get("/where").text()).isEqualTo("http 127.0.0.1|");
    }

    @Test
    void anAppWithAMistakeDoesNotStart() {
        app.get("/echo", (req, res) -> res.empty());
        assertThatExceptionOfType(StartupError.class).isThrownBy(() -> TestClient.of(app));
    }

    @Test
    void closingStopsTheApp() {
        AtomicInteger stops = new AtomicInteger();
        app.onShutdown(stops::incrementAndGet);
        TestClient client = TestClient.of(app);
        client.close();
        assertThat(stops).hasValue(1);
        assertThatIllegalStateException().isThrownBy(() -> client.get("/echo"));
    }

    @Test
    void closingAClientTwiceStopsTheAppOnce() {
        TestClient first = TestClient.of(app);
        TestClient second = TestClient.of(app);
        first.close();
        first.close();
        assertThat(second.get("/echo").status()).isEqualTo(200);
    }

    @Test
    void severalThreadsMayUseIt() {
        TestClient client = TestClient.of(app);
        List<String> answers = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> client.post("/echo", "" + i).text())
                .toList();
        assertThat(answers)
                .isEqualTo(IntStream.range(0, 200).mapToObj(i -> "" + i).toList());
    }

    @Test
    void aPostWithoutABodySendsNeitherBodyNorType() {
        app.post(
                "/plain",
                (req, res) -> res.json(List.of(
                        req.body().length,
                        req.header("Content-Type").isPresent(),
                        req.header("X-Token").toString())));
        TestClient client = TestClient.of(app);
        assertThat(client.post("/plain").text()).isEqualTo("[0,false,\"\"]");
        assertThat(client.with("X-Token", "a").post("/plain").text()).isEqualTo("[0,false,\"a\"]");
        assertThat(client.post("/echo?q=1").header("X-Method")).isEqualTo("POST");
    }

    @Test
    void anAnswerWithoutATypeIsNotJsonEither() {
        app.get("/empty", (req, res) -> res.empty());
        app.get("/html", (req, res) -> res.html("{}"));
        TestClient client = TestClient.of(app);
        TestResponse empty = client.get("/empty");
        assertThatIllegalStateException()
                .isThrownBy(() -> empty.json(Item.class))
                .withMessageStartingWith("json: expected an answer in JSON, got '204\n");
        TestResponse html = client.get("/html");
        assertThatIllegalStateException()
                .isThrownBy(() -> html.json(Item.class))
                .withMessageContaining("Content-Type: text/html");
    }

    @Test
    void anAnswerOfATypeBuiltOnJsonIsJson() {
        app.onError(HttpError.class, ErrorHandlers.problem());
        assertThat(TestClient.of(app).get("/nowhere").<Map<String, Object>>json((Type) Map.class))
                .containsEntry("title", "Not Found");
    }

    @Test
    void aBodyIsAnnounced() {
        app.any("/length", (req, res) -> res.json(req.header("Content-Length").values()));
        TestClient client = TestClient.of(app);
        assertThat(client.post("/length", "café").text()).isEqualTo("[\"5\"]");
        assertThat(client.post("/length").text()).isEqualTo("[]");
        assertThat(client.with("Content-Length", "7").post("/length", "café").text())
                .isEqualTo("[\"7\"]");
        assertThat(client.with("Transfer-Encoding", "chunked")
                        .post("/length", "café")
                        .text())
                .isEqualTo("[]");
    }

    @Test
    void aCharacterThatAPieceCutsIsWhole() throws InterruptedException {
        String text = "x" + "é🌮".repeat(20_000);
        app.get("/pieces", (req, res) -> res.write(out -> out.write(text.getBytes(UTF_8))));
        app.get("/cut", (req, res) -> res.write(out -> out.write(new byte[] {'a', (byte) 0xC3})));
        assertThat(taken("/pieces")).isEqualTo(text);
        assertThat(taken("/cut")).isEqualTo("a\uFFFD");
    }

    private String taken(String target) throws InterruptedException {
        StringBuilder all = new StringBuilder();
        try (TestStream stream = TestClient.of(app).stream(target)) {
            for (String piece = stream.next(); piece != null; piece = stream.next()) {
                assertThat(piece).isNotEmpty();
                all.append(piece);
            }
            assertThat(stream.next()).isNull();
        }
        return all.toString();
    }

    @Test
    void aFormHasTheLineBreaksOfABrowser() {
        app.post("/fields", (req, res) -> res.json(req.form().fields()));
        TestForm form = new TestForm().field("a\nb", "1\n2\r3\r\n4");
        String seen = "{\"a\\r\\nb\":[\"1\\r\\n2\\r\\n3\\r\\n4\"]}";
        TestClient client = TestClient.of(app);
        assertThat(client.post("/fields", form).text()).isEqualTo(seen);
        assertThat(client.post("/fields", form.file("f", "f", "text/plain", "\n".getBytes(UTF_8)))
                        .text())
                .isEqualTo(seen);
    }

    private TestClient visitor() {
        app.get("/in", (req, res) -> res.cookie(Cookie.of("user", "ada")).text("in"));
        app.get(
                "/out",
                (req, res) -> res.cookie(Cookie.of("user", "").deleted()).text("out"));
        app.get("/who", (req, res) -> res.text(req.cookie("user").orElse("nobody")));
        app.get("/seen", (req, res) -> res.cookie(Cookie.of("user", "streamed")).stream(Stream.of("a", "b")));
        return TestClient.of(app);
    }

    @Test
    void cookiesAreKeptFromOneRequestToTheNext() {
        TestClient client = visitor();
        assertThat(client.get("/who").text()).isEqualTo("nobody");
        client.get("/in");
        assertThat(client.get("/who").text()).isEqualTo("ada");
        assertThat(client.with("X-Other", "x").get("/who").text()).isEqualTo("ada");
        client.with("X-Other", "x").get("/out");
        assertThat(client.get("/who").text()).isEqualTo("nobody");
        try (TestStream stream = client.stream("/seen")) {
            assertThat(client.get("/who").text()).isEqualTo("streamed");
        }
    }

    @Test
    void eachClientOfAnAppIsAnotherVisitor() {
        TestClient ada = visitor();
        ada.get("/in");
        assertThat(TestClient.of(app).get("/who").text()).isEqualTo("nobody");
        assertThat(ada.with("Host", "other.example").get("/who").text()).isEqualTo("nobody");
        assertThat(ada.get("/who").text()).isEqualTo("ada");
    }

    @Test
    void aCookieHeaderOfTheTestIsSentAloneAndNothingIsKeptThen() {
        TestClient client = visitor();
        TestClient byHand = client.with("Cookie", "user=eve");
        assertThat(byHand.get("/who").text()).isEqualTo("eve");
        byHand.get("/in");
        assertThat(byHand.get("/who").text()).isEqualTo("eve");
        assertThat(client.get("/who").text()).isEqualTo("nobody");
        client.get("/in");
        assertThat(byHand.get("/who").text()).isEqualTo("eve");
        assertThat(client.with("Cookie", "").get("/who").text()).isEqualTo("nobody");
    }
}
