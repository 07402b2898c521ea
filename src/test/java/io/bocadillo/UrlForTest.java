package io.bocadillo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.io.File;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class UrlForTest {

    private static final View VIEW = (req, res) -> res.empty();

    private static final List<Object> HOLDERS = List.of(
            Optional.of("me"),
            List.of("me"),
            Map.of("a", "me"),
            Arguments.of((Object) new String[] {"me"}),
            new int[] {1},
            Set.of());

    private final App app = new App();

    @Test
    void aParameterIsFilledIn() {
        app.get("/about/{who}", VIEW).name("about");
        assertThat(app.urlFor("about", Map.of("who", "me"))).isEqualTo("/about/me");
    }

    @Test
    void aValueOfAnyTypeIsWrittenAsText() {
        app.get("/items/{pk:int}", VIEW).name("item");
        assertThat(app.urlFor("item", Map.of("pk", 7))).isEqualTo("/items/7");
    }

    @Test
    void whatMayNotStandInAPathIsPercentEncoded() {
        app.get("/about/{who}", VIEW).name("about");
        assertThat(app.urlFor("about", Map.of("who", "café & co?#%"))).isEqualTo("/about/caf%C3%A9%20&%20co%3F%23%25");
    }

    @Test
    void aPathParameterKeepsItsSlashes() {
        app.get("/images/{location:path}", VIEW).name("image");
        assertThat(app.urlFor("image", Map.of("location", "2026/a b.png"))).isEqualTo("/images/2026/a%20b.png");
    }

    @Test
    void aRouteWithoutParametersNeedsNone() {
        app.get("courses", VIEW).name("courses");
        assertThat(app.urlFor("courses")).isEqualTo("/courses");
    }

    @Test
    void theUrlLeadsBackToTheRoute() {
        app.get("/{kind}/{name}.html", (req, res) -> res.text(req.param("kind") + "|" + req.param("name")))
                .name("page");
        TestClient client = TestClient.of(app);
        String url = app.urlFor("page", Map.of("kind", "ü;%", "name", "a.b"));
        assertThat(client.get(url).text()).isEqualTo("ü;%|a.b");
    }

    @Test
    void aViewCanAskForIt() {
        app.get("/", (req, res) -> res.redirect(app.urlFor("about", Map.of("who", "you"))));
        app.get("/about/{who}", VIEW).name("about");
        assertThat(TestClient.of(app).get("/").header("Location")).isEqualTo("/about/you");
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> app.urlFor("nowhere"))
                .withMessage(
                        "urlFor: expected the name of a route, got 'nowhere'. Give a route that name with name(...).");
    }

    @Test
    void aMissingParameterIsRefused() {
        app.get("/about/{who}", VIEW).name("about");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> app.urlFor("about"))
                .withMessageStartingWith("route '/about/{who}': expected a value for each of [who], got '[]'.");
    }

    @Test
    void aParameterThatTheRouteDoesNotHaveIsRefused() {
        app.get("/about/{who}", VIEW).name("about");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> app.urlFor("about", Map.of("who", "me", "what", "else")))
                .withMessageContaining("expected one of [who], got 'what'");
    }

    @Test
    void aValueThatTheRouteWouldNotMatchIsRefused() {
        app.get("/items/{pk:int}", VIEW).name("item");
        app.get("/about/{who}", VIEW).name("about");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> app.urlFor("item", Map.of("pk", "seven")))
                .withMessageContaining("for parameter 'pk', got 'seven'");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> app.urlFor("about", Map.of("who", "a/b")))
                .withMessageContaining("for parameter 'who', got 'a/b'");
    }

    @Test
    void theQueryIsPercentEncodedInTheOrderOfTheMap() {
        app.get("/search", VIEW).name("search");
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("q", "café & co?#+");
        query.put("tag", List.of("a", "b/c"));
        query.put("page", 2);
        query.put("none", List.of());
        assertThat(app.urlFor("search", Map.of(), query))
                .isEqualTo("/search?q=caf%C3%A9%20%26%20co%3F%23%2B&tag=a&tag=b%2Fc&page=2");
        assertThat(app.urlFor("search", Map.of(), Map.of())).isEqualTo("/search");
    }

    @Test
    void theQueryIsReadBack() {
        app.get("/search", (req, res) -> res.json(req.queries())).name("search");
        String url = app.urlFor("search", Map.of(), Map.of("a b&=;+%", List.of("ü=&;+%\n", "")));
        assertThat(TestClient.of(app).get(url).text()).isEqualTo("{\"a b&=;+%\":[\"ü=&;+%\\n\",\"\"]}");
    }

    @Test
    void aNullInTheQueryIsRefused() {
        app.get("/search", VIEW).name("search");
        Map<String, Object> query = new HashMap<>();
        query.put("page", null);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> app.urlFor("search", Map.of(), query))
                .withMessage("urlFor: expected a value for 'page' of the query, got 'null'. Leave it out.");
    }

    @Test
    void whatHoldsSeveralValuesGivesEachOfThem() {
        app.get("/search", VIEW).name("search");
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("tag", new String[] {"a b", "c"});
        query.put("year", new int[] {2025, 2026});
        query.put("sort", Optional.of("name"));
        query.put("page", Optional.empty());
        query.put("none", new Object[0]);
        query.put("flag", List.of(Optional.of(true), Optional.empty()));
        query.put("file", java.nio.file.Path.of("a", "b"));
        assertThat(app.urlFor("search", Map.of(), query))
                .isEqualTo("/search?tag=a%20b&tag=c&year=2025&year=2026&sort=name&flag=true&file=a"
                        + (File.separatorChar == '/' ? "%2F" : "%5C") + "b");
    }

    @Test
    void aMapInTheQueryIsRefused() {
        app.get("/search", VIEW).name("search");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> app.urlFor("search", Map.of(), Map.of("q", Map.of("a", 1))))
                .withMessage("urlFor: expected a value, or several, for 'q' of the query, got a map."
                        + " Write each of its entries under a name of its own.");
    }

    @ParameterizedTest
    @FieldSource("HOLDERS")
    void whatHoldsValuesIsNoneForAPath(Object holder) {
        app.get("/about/{who}", VIEW).name("about");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> app.urlFor("about", Map.of("who", holder)))
                .withMessage("route '/about/{who}': expected one value for parameter 'who', got '"
                        + holder.getClass().getSimpleName() + "'. Pass what is in it.");
    }

    @Test
    void namesOfAMountedAppFollowTheNameOfTheMount() {
        App inner = new App();
        Recipe items = new Recipe("items");
        items.get("/{pk}", VIEW).name("detail");
        inner.include(items);
        App outer = new App();
        outer.mount("/v1", inner).name("v1");
        app.mount("/{tenant}/api", outer).name("api");
        Map<String, ?> params = Map.of("tenant", "acme", "pk", 7);
        assertThat(app.urlFor("api:v1:items:detail", params)).isEqualTo("/acme/api/v1/items/7");
        assertThat(outer.urlFor("v1:items:detail", Map.of("pk", 7))).isEqualTo("/v1/items/7");
        assertThat(inner.urlFor("items:detail", Map.of("pk", 7))).isEqualTo("/items/7");
        app.start();
        assertThat(app.urlFor("api:v1:items:detail", params)).isEqualTo("/acme/api/v1/items/7");
    }

    @Test
    void namesOfAMountWithoutANameAreItsOwn() {
        App inner = new App();
        inner.get("/", VIEW).name("home");
        app.mount("/api", inner);
        app.get("/", VIEW).name("home");
        assertThat(app.urlFor("home")).isEqualTo("/");
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> app.urlFor("api:home"));
    }

    @Test
    void twoMountsOfOneNameCollide() {
        App inner = new App();
        inner.get("/", VIEW).name("home");
        app.mount("/a", inner).name("api");
        app.mount("/b", inner).name("api");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessageMatching(
                        "route GET /b/ \\(UrlForTest.java:\\d+, mounted at UrlForTest.java:\\d+\\): expected"
                                + " a name of its own, got 'api:home', the name of GET /a/ \\(.*, mounted at .*\\).*");
    }

    private Response ask(String path) {
        return app.handle(new StubExchange("GET", "/shop/caf%C3%A9", path)).join();
    }

    @Test
    void aRequestGivesTheLinkUnderTheBasePath() {
        app.get("/{x}", (req, res) -> res.text("" + req.urlFor("item", Map.of("x", "a b"), Map.of("q", 1))))
                .name("item");
        app.start();
        assertThat(new String(ask("/1").body(), UTF_8)).isEqualTo("/shop/caf%C3%A9/a%20b?q=1");
    }

    @Test
    void aRequestGivesTheLinkOfTheAppThatAsks() {
        App inner = new App();
        inner.get("/", (req, res) -> res.text(req.urlFor("home") + " " + req.urlFor("item", Map.of("pk", 7))))
                .name("home");
        inner.get("/{pk}", VIEW).name("item");
        app.mount("/{tenant}/api", inner);
        app.get("/", VIEW).name("home");
        app.use((req, res, next) -> {
            res.header("X-Home", req.urlFor("home").toString());
            return next.handle(req, res);
        });
        app.start();
        Response response = ask("/a%26%C3%BC/api/");
        String root = "/shop/caf%C3%A9/a&%C3%BC/api";
        assertThat(new String(response.body(), UTF_8)).isEqualTo(root + "/ " + root + "/7");
        assertThat(response.headers().get("X-Home")).isEqualTo("/shop/caf%C3%A9/");
    }

    @Test
    void aRedirectToALinkIsNotCompletedOnceMore() {
        app.get("/", VIEW).name("home");
        app.get("/recorded", (req, res) -> res.redirect(req.urlFor("home")));
        app.get("/thrown", (req, res) -> {
            throw new Redirect(303, req.urlFor("home"));
        });
        app.get("/plain", (req, res) -> res.redirect(app.urlFor("home")));
        app.start();
        for (String path : new String[] {"/recorded", "/thrown", "/plain"}) {
            assertThat(ask(path).headers().get("Location")).as(path).isEqualTo("/shop/caf%C3%A9/");
        }
        assertThat(ask("/recorded").status()).isEqualTo(302);
        assertThat(ask("/thrown").status()).isEqualTo(303);
    }

    @Test
    void aRedirectToAUriDoesNotNameAnotherHostByAccident() {
        app.get("/other", (req, res) -> res.redirect(URI.create("https://other.example/é")));
        app.get("/evil", (req, res) -> res.redirect(URI.create(req.rawQuery())));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/other").header("Location")).isEqualTo("https://other.example/%C3%A9");
        for (String evil : new String[] {"//evil.example", "///evil.example", "////evil.example/x"}) {
            assertThat(client.get("/evil?" + evil).status()).as(evil).isEqualTo(500);
        }
        assertThat(client.get("/evil?/good").header("Location")).isEqualTo("/good");
    }

    @Test
    void aMovedRouteIsRedirectedForEverWithItsParametersAndItsQuery() {
        app.redirect("/courses/{pk}/old/{rest:path}", "course");
        app.get("/courses/{pk:int}", VIEW).name("course");
        TestClient client = TestClient.of(app);
        for (String method : new String[] {"GET", "POST", "DELETE"}) {
            TestResponse response = client.request(method, "/courses/7/old/x?a={b}&c=%20", "");
            assertThat(response.status()).isEqualTo(308);
            assertThat(response.header("Location")).isEqualTo("/courses/7?a=%7Bb%7D&c=%20");
        }
        assertThat(client.get("/courses/seven/old/").status()).isEqualTo(404);
        assertThat(client.options("/courses/7/old/").status()).isEqualTo(204);
        assertThat(client.post("/courses/7/old/", "x".repeat(2_000_000)).status())
                .isEqualTo(308);
    }

    @Test
    void aMovedRouteKeepsToItsAppAndItsPrefix() {
        App inner = new App();
        Recipe items = new Recipe("items");
        items.redirect("/old/{pk}", "items:detail");
        items.get("/{pk}", VIEW).name("detail");
        inner.include(items);
        app.mount("/api", inner).name("api");
        app.redirect("/legacy/{pk}", "api:items:detail");
        app.start();
        assertThat(ask("/api/items/old/7").headers().get("Location")).isEqualTo("/shop/caf%C3%A9/api/items/7");
        assertThat(ask("/legacy/7").headers().get("Location")).isEqualTo("/shop/caf%C3%A9/api/items/7");
    }

    @Test
    void aRedirectToNoNameStopsTheStart() {
        app.redirect("/old", "new");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessageMatching(
                        "redirect DELETE,GET,HEAD,PATCH,POST,PUT /old \\(UrlForTest.java:\\d+\\): expected the"
                                + " name of a route, got 'new'. Give a route that name with name\\(...\\).");
    }

    @Test
    void aRedirectInAMountedAppToNoNameStopsTheStartToo() {
        App inner = new App();
        inner.redirect("/old", "home");
        app.get("/", VIEW).name("home");
        app.mount("/api", inner).name("api");
        assertThatExceptionOfType(StartupError.class).isThrownBy(app::start).withMessageContaining("got 'home'");
    }

    @Test
    void aRedirectWithoutAParameterOfItsTargetStopsTheStart() {
        app.redirect("/old/{id}", "item");
        app.get("/items/{pk}", VIEW).name("item");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessageContaining("redirect ")
                .withMessageContaining("expected the parameters of GET /items/{pk} (UrlForTest.java:")
                .withMessageContaining("got none named 'pk'. Add {pk} to its pattern.");
    }
}
