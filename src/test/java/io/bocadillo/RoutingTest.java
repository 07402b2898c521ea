package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {

    private static final byte[] NO_BODY = {};

    private final App app = new App();

    private static View says(String text) {
        return (req, res) -> res.text(text);
    }

    private static View echoes(String param) {
        return (req, res) -> res.text(req.param(param).value());
    }

    @Test
    void theFirstRegisteredRouteWins() {
        app.get("/items/{pk}", says("by key"));
        app.get("/{kind}/new", says("new"));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/items/new").text()).isEqualTo("by key");
        assertThat(client.get("/orders/new").text()).isEqualTo("new");
    }

    @Test
    void aLiteralBeforeAParameterTakesItsPath() {
        app.get("/items/new", says("new"));
        app.get("/items/{pk}", says("by key"));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/items/new").text()).isEqualTo("new");
        assertThat(client.get("/items/7").text()).isEqualTo("by key");
    }

    @Test
    void eachVerbReachesItsRoute() {
        app.get("/", says("get"));
        app.post("/", says("post"));
        app.put("/", says("put"));
        app.patch("/", says("patch"));
        app.delete("/", says("delete"));
        app.options("/", says("options"));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/").text()).isEqualTo("get");
        assertThat(client.post("/", "").text()).isEqualTo("post");
        assertThat(client.put("/", "").text()).isEqualTo("put");
        assertThat(client.patch("/", "").text()).isEqualTo("patch");
        assertThat(client.delete("/").text()).isEqualTo("delete");
        assertThat(client.options("/").text()).isEqualTo("options");
    }

    @Test
    void aPathThatMatchesWithAnotherMethodDoesNotEndTheSearch() {
        app.get("/items/{pk}", says("show"));
        app.post("/items/import", says("import"));
        assertThat(TestClient.of(app).post("/items/import", "").text()).isEqualTo("import");
    }

    @Test
    void aRouteTakesTheMethodsItNames() {
        app.route("/items", (req, res) -> res.text(req.method()), "GET", "POST", "PROPFIND");
        TestClient client = TestClient.of(app);
        assertThat(client.get("/items").text()).isEqualTo("GET");
        assertThat(client.post("/items", "").text()).isEqualTo("POST");
        assertThat(client.request("PROPFIND", "/items", NO_BODY).text()).isEqualTo("PROPFIND");
        assertThat(client.delete("/items").status()).isEqualTo(405);
    }

    @Test
    void aMethodNamedTwiceCountsOnce() {
        app.route("/items", says("items"), "GET", "GET");
        assertThat(TestClient.of(app).get("/items").text()).isEqualTo("items");
    }

    @Test
    void methodsAreCaseSensitive() {
        app.get("/", says("root"));
        assertThat(TestClient.of(app).request("get", "/", NO_BODY).status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void anyTakesEveryUsualMethod(String method) {
        app.any("/x", (req, res) -> res.text(req.method()));
        assertThat(TestClient.of(app).request(method, "/x", NO_BODY).text()).isEqualTo(method);
    }

    @Test
    void anyTakesHeadAndRefusesWhatIsUnusual() {
        app.any("/x", (req, res) -> res.header("X-Method", req.method()).text("x"));
        TestClient client = TestClient.of(app);
        assertThat(client.head("/x").header("X-Method")).isEqualTo("HEAD");
        TestResponse unusual = client.request("PURGE", "/x", NO_BODY);
        assertThat(unusual.status()).isEqualTo(405);
        assertThat(unusual.header("Allow")).isEqualTo("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    }

    @ParameterizedTest
    @CsvSource({"/items/7, 7", "/items/caf%C3%A9, café", "/items/a%20b, a b", "/items/%257B, %7B"})
    void aParameterIsOneDecodedSegment(String target, String value) {
        app.get("/items/{pk}", echoes("pk"));
        assertThat(TestClient.of(app).get(target).text()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/items/", "/items/a/b", "/items"})
    void aParameterIsNeitherEmptyNorSeveralSegments(String target) {
        app.get("/items/{pk}", echoes("pk"));
        assertThat(TestClient.of(app).get(target).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"/items/7, 200", "/items/-7, 200", "/items/x, 404", "/items/7x, 404", "/items/%D9%A3, 404"})
    void anIntParameterTakesWholeNumbersAlone(String target, int status) {
        app.get("/items/{pk:int}", echoes("pk"));
        assertThat(TestClient.of(app).get(target).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"/images/a.png, a.png", "/images/2026/a%20b.png, 2026/a b.png", "/images/a/, a/", "/images/, ''"})
    void aPathParameterTakesTheRest(String target, String value) {
        app.get("/images/{location:path}", echoes("location"));
        assertThat(TestClient.of(app).get(target).text()).isEqualTo(value);
    }

    @Test
    void theAnonymousWildcardTakesWhatIsLeft() {
        app.get("/known", says("known"));
        app.get("/foo/{}-bar", says("mixed"));
        app.get("{}", says("anything"));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/known").text()).isEqualTo("known");
        assertThat(client.get("/foo/x-bar").text()).isEqualTo("mixed");
        assertThat(client.get("/foo/x-baz").text()).isEqualTo("anything");
        assertThat(client.get("/").text()).isEqualTo("anything");
    }

    @Test
    void parametersStandBesideText() {
        app.get("/{year:int}-{month:int}.html", (req, res) -> res.text(req.param("month") + "/" + req.param("year")));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/2026-11.html").text()).isEqualTo("11/2026");
        assertThat(client.get("/2026-11xhtml").status()).isEqualTo(404);
    }

    @Test
    void aMissingLeadingSlashIsAdded() {
        app.get("items/{pk}", echoes("pk"));
        assertThat(TestClient.of(app).get("/items/7").text()).isEqualTo("7");
    }

    @Test
    void anUnknownPathGets404AsJson() {
        TestResponse response = TestClient.of(app).get("/nowhere");
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.text()).isEqualTo("{\"error\":\"404 Not Found\",\"status\":404}");
    }

    @Test
    void unknownMethodGets405WithAllowOfEveryRouteOnThePath() {
        app.get("/items/{pk:int}", says("show"));
        app.delete("/items/{pk}", says("delete"));
        app.post("/{kind}/7", says("act"));
        app.put("/elsewhere", says("no"));
        TestResponse response = TestClient.of(app).patch("/items/7", "");
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("Allow")).isEqualTo("GET, HEAD, POST, DELETE, OPTIONS");
        assertThat(response.text()).isEqualTo("{\"error\":\"405 Method Not Allowed\",\"status\":405}");
    }

    @Test
    void headAnswersLikeGetWithoutTheBody() {
        app.get("/x", (req, res) -> res.header("X-Method", req.method()).text("hello"));
        TestResponse head = TestClient.of(app).head("/x");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("X-Method")).isEqualTo("HEAD");
        assertThat(head.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(head.header("Content-Length")).isEqualTo("5");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void aHeadRouteBeforeTheGetRouteAnswersHead() {
        app.head("/x", (req, res) -> res.header("X-Cheap", "yes").empty());
        app.get("/x", says("expensive"));
        TestClient client = TestClient.of(app);
        assertThat(client.head("/x").header("X-Cheap")).isEqualTo("yes");
        assertThat(client.get("/x").text()).isEqualTo("expensive");
    }

    @Test
    void aHeadRouteAloneDoesNotAnswerGet() {
        app.head("/x", (req, res) -> res.empty());
        TestResponse response = TestClient.of(app).get("/x");
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("Allow")).isEqualTo("HEAD, OPTIONS");
    }

    @Test
    void optionsAnswers204WithAllow() {
        app.get("/x", says("x"));
        app.put("/x", says("x"));
        TestResponse response = TestClient.of(app).options("/x");
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.header("Allow")).isEqualTo("GET, HEAD, PUT, OPTIONS");
        assertThat(response.header("Content-Type")).isNull();
        assertThat(response.body()).isEmpty();
    }

    @Test
    void anOptionsRouteAnswersInThePlaceOfTheAutomaticOne() {
        app.get("/x", says("x"));
        app.options("/x", (req, res) -> res.status(200).text("mine"));
        TestResponse response = TestClient.of(app).options("/x");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("mine");
    }

    @Test
    void optionsOfAnUnknownPathGets404() {
        app.get("/x", says("x"));
        assertThat(TestClient.of(app).options("/y").status()).isEqualTo(404);
    }

    @Test
    void aMissingTrailingSlashIsRedirectedWithTheQuery() {
        app.get("/caf\u00e9/", says("café"));
        TestResponse response = TestClient.of(app).get("/caf%c3%a9?a=%2F&b");
        assertThat(response.status()).isEqualTo(308);
        assertThat(response.header("Location")).isEqualTo("/caf%C3%A9/?a=%2F&b");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void theRedirectToTheTrailingSlashIsForEveryMethodWithABody() {
        app.post("/items/", says("created"));
        TestResponse response = TestClient.of(app).post("/items", "x");
        assertThat(response.status()).isEqualTo(308);
        assertThat(response.header("Location")).isEqualTo("/items/");
    }

    @Test
    void theRedirectToTheTrailingSlashLeadsToThe405OfAnotherMethod() {
        app.post("/items/", says("created"));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/items").status()).isEqualTo(308);
        assertThat(client.get("/items").header("Location")).isEqualTo("/items/");
        TestResponse response = client.get("/items/");
        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("Allow")).isEqualTo("POST, OPTIONS");
    }

    @Test
    void theRedirectToTheTrailingSlashKeepsWhereTheAppIsServed() {
        app.get("/items/", says("items"));
        app.start();
        Response response =
                app.handle(new StubExchange("GET", "/shop/api", "/items")).join();
        assertThat(response.status()).isEqualTo(308);
        assertThat(response.headers().get("Location")).isEqualTo("/shop/api/items/");
    }

    @Test
    void aPreflightIsNotRedirected() {
        app.get("/items/", says("items"));
        TestResponse response = TestClient.of(app).options("/items");
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.header("Location")).isNull();
    }

    @Test
    void aRouteWithoutTheSlashIsNotRedirected() {
        app.get("/items", says("without"));
        app.get("/items/", says("with"));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/items").text()).isEqualTo("without");
        assertThat(client.get("/items/").text()).isEqualTo("with");
    }

    @Test
    void aTrailingSlashTooManyIsNotRedirected() {
        app.get("/items", says("items"));
        assertThat(TestClient.of(app).get("/items/").status()).isEqualTo(404);
    }

    @Test
    void theRedirectToTheTrailingSlashCanBeSwitchedOff() {
        App strict = new App(Settings.defaults().redirectTrailingSlash(false));
        strict.get("/items/", says("items"));
        assertThat(TestClient.of(strict).get("/items").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/a//b",
                "/./a",
                "/a/../b",
                "/%2e%2e/a",
                "/a%2Fb",
                "/a%5Cb",
                "/a%00",
                "/%zz",
                "/%FF",
                "*",
                "http://host/a"
            })
    void whatIsNoCanonicalPathIsRefusedBeforeAnythingElseSeesIt(String target) {
        app.use((req, res, next) -> {
            assertThat(req.path()).isEqualTo("/");
            return next.handle(req, res);
        });
        app.before((req, res) -> {
            throw new AssertionError("hook saw " + req);
        });
        app.get("{rest:path}", says("anything"));
        TestResponse response = TestClient.of(app).get(target);
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text())
                .startsWith("{\"error\":\"400 Bad Request\",\"status\":400,\"detail\":\"path: expected ");
    }

    @Test
    void anAppListsItsRoutesInTheOrderOfTheirRegistration() {
        Route first = app.route("items", says("items"), "POST", "GET");
        Route second = app.get("/items/{pk}", says("item"));
        assertThat(app.routes()).containsExactly(first, second);
        assertThat(first.pattern()).isEqualTo("/items");
        assertThat(first.methods()).containsExactly("GET", "POST");
        assertThat(second).asString().matches("GET /items/\\{pk} \\(RoutingTest\\.java:\\d+\\)");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> app.routes().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> first.methods().clear());
    }

    @Test
    void aThousandRoutesAreToldApart() {
        for (int i = 0; i < 1000; i++) {
            app.get("/r" + i + "/{x}", says("route " + i));
        }
        TestClient client = TestClient.of(app);
        for (int i : List.of(0, 1, 10, 100, 999)) {
            assertThat(client.get("/r" + i + "/x").text()).isEqualTo("route " + i);
        }
    }
}
