package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bocadillo.testing.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipesTest {

    private static final View VIEW = (req, res) -> res.empty();
    private static final View WHERE = (req, res) -> res.text(req.route().pattern());

    private final App app = new App();
    private final Recipe tacos = new Recipe("tacos");
    private final List<String> seen = new ArrayList<>();

    private Middleware logs(String name) {
        return (req, res, next) -> {
            seen.add(name + " in");
            return next.handle(req, res).thenRun(() -> seen.add(name + " out"));
        };
    }

    private Hook notes(String name) {
        return (req, res) -> seen.add(name);
    }

    private static ErrorHandler<Throwable> says(String text) {
        return (req, res, error) -> res.status(418).text(text);
    }

    private static View failing(Exception error) {
        return (req, res) -> {
            throw error;
        };
    }

    @Test
    void thePrefixIsInferredFromTheName() {
        tacos.get("/{ingredient}", (req, res) -> res.text("taco with " + req.param("ingredient")));
        app.include(tacos);
        assertThat(TestClient.of(app).get("/tacos/beef").text()).isEqualTo("taco with beef");
    }

    @ParameterizedTest
    @CsvSource({
        "/t,     /x,   /t/x",
        "t/,     x,    /t/x",
        "/t,     '',   /t",
        "/t,     /,    /t/",
        "'',     /x,   /x",
        "/,      '',   /",
        "/,      /,    /",
        "/{a}/t, /{b}, /1/t/2",
        "/a/b,   /{x:path}, /a/b/c/d",
    })
    void thePrefixStandsBeforeThePattern(String prefix, String pattern, String path) {
        Recipe recipe = new Recipe("r", prefix);
        recipe.get(pattern, WHERE);
        app.include(recipe);
        assertThat(TestClient.of(app).get(path).status()).isEqualTo(200);
    }

    @Test
    void thePrefixOfTheIncludeStandsBeforeThatOfTheRecipe() {
        tacos.get("/{x}", WHERE);
        app.include("/v1/", tacos);
        assertThat(TestClient.of(app).get("/v1/tacos/beef").text()).isEqualTo("/v1/tacos/{x}");
        assertThat(TestClient.of(app).get("/tacos/beef").status()).isEqualTo(404);
    }

    @Test
    void parametersOfThePrefixAreThoseOfTheRequest() {
        Recipe orders = new Recipe("orders", "/{tenant}/orders");
        orders.get("/{pk:int}", (req, res) -> res.text(req.param("tenant") + " " + req.param("pk")));
        app.include("/{region}", orders);
        assertThat(TestClient.of(app).get("/eu/acme/orders/7").text()).isEqualTo("acme 7");
    }

    @Test
    void aRestInThePrefixMayStandBeforeAPattern() {
        Recipe history = new Recipe("history", "/{file:path}/history");
        history.get("/{version}", (req, res) -> res.text(req.param("file") + "@" + req.param("version")));
        app.include(history);
        assertThat(TestClient.of(app).get("/src/a.txt/history/3").text()).isEqualTo("src/a.txt@3");
    }

    @Test
    void verbsAreThoseOfTheApp() {
        tacos.post("", VIEW);
        tacos.route("/search", VIEW, "PROPFIND");
        app.include(tacos);
        TestClient client = TestClient.of(app);
        assertThat(client.post("/tacos", "").status()).isEqualTo(204);
        assertThat(client.get("/tacos").header("Allow")).isEqualTo("POST, OPTIONS");
        assertThat(client.request("PROPFIND", "/tacos/search", "").status()).isEqualTo(204);
    }

    @Test
    void aMissingSlashIsAddedBelowThePrefix() {
        tacos.get("/", VIEW);
        app.include("/v1", tacos);
        assertThat(TestClient.of(app).get("/v1/tacos?x=1").header("Location")).isEqualTo("/v1/tacos/?x=1");
    }

    @Test
    void routesOfARecipeAreTriedInItsPlace() {
        tacos.get("/{x}", (req, res) -> res.text("recipe"));
        app.get("/tacos/first", (req, res) -> res.text("first"));
        app.include(tacos);
        app.get("/{a}/{b}", (req, res) -> res.text("last"));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/tacos/first").text()).isEqualTo("first");
        assertThat(client.get("/tacos/other").text()).isEqualTo("recipe");
        assertThat(client.get("/burritos/other").text()).isEqualTo("last");
    }

    @Test
    void whatIsRegisteredAfterTheIncludeCounts() {
        app.include(tacos);
        tacos.get("/{x}", WHERE).name("detail");
        tacos.onError(IllegalStateException.class, says("recipe"));
        tacos.get("/x/bug", failing(new IllegalStateException()));
        assertThat(app.urlFor("tacos:detail", Map.of("x", "y"))).isEqualTo("/tacos/y");
        assertThat(TestClient.of(app).get("/tacos/x/bug").text()).isEqualTo("recipe");
    }

    @Test
    void aFallbackTakesWhatNoOtherRouteOfTheRecipeTakes() {
        tacos.get("/{x}", (req, res) -> res.text("route"));
        tacos.any("/{}", (req, res) -> res.status(404).text("no such taco"));
        app.include(tacos);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/tacos/beef").text()).isEqualTo("route");
        assertThat(client.get("/tacos/").text()).isEqualTo("no such taco");
        assertThat(client.get("/tacos/a/b/").text()).isEqualTo("no such taco");
        assertThat(client.get("/tacos").status()).isEqualTo(308);
        assertThat(client.get("/burritos").text()).startsWith("{");
    }

    @Test
    void aNamedRestIsAFallbackTooAndKnowsWhatItTook() {
        tacos.any("/{rest:path}", (req, res) -> res.text("'" + req.param("rest") + "'"));
        app.include(tacos);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/tacos/").text()).isEqualTo("''");
        assertThat(client.get("/tacos/a/b/").text()).isEqualTo("'a/b/'");
    }

    @Test
    void middlewareOfARecipeIsInsideThatOfTheAppAndOutsideThatOfTheRoute() {
        Recipe outer = new Recipe("outer");
        app.use(logs("app"));
        outer.use(logs("outer"));
        tacos.use(logs("tacos 1"));
        tacos.use(logs("tacos 2"));
        tacos.get("/", VIEW).use(logs("route"));
        outer.include(tacos);
        app.include(outer);
        TestClient.of(app).get("/outer/tacos/");
        assertThat(seen)
                .containsExactly(
                        "app in",
                        "outer in",
                        "tacos 1 in",
                        "tacos 2 in",
                        "route in",
                        "route out",
                        "tacos 2 out",
                        "tacos 1 out",
                        "outer out",
                        "app out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/other", "/tacos/none/at/all", "/tacos/x/y/"})
    void middlewareOfARecipeDoesNotRunForPathsOfNoneOfItsRoutes(String path) {
        tacos.use(logs("tacos"));
        tacos.before(notes("before"));
        tacos.get("/{x}/y", VIEW);
        app.include(tacos);
        app.get("/other", VIEW);
        TestClient.of(app).get(path);
        assertThat(seen).isEmpty();
    }

    @Test
    void anotherMethodOnAPathOfARecipeIsAnsweredInsideOfIt() {
        Recipe burritos = new Recipe("burritos", "/tacos");
        tacos.use(logs("tacos"));
        tacos.before(notes("before"));
        tacos.onError(HttpError.class, says("no"));
        tacos.post("/x", VIEW);
        burritos.use(logs("burritos"));
        burritos.delete("/{x}", VIEW);
        app.include(tacos);
        app.include(burritos);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/tacos/x").text()).isEqualTo("no");
        assertThat(client.get("/tacos/x").header("Allow")).isEqualTo("POST, DELETE, OPTIONS");
        assertThat(client.options("/tacos/x").status()).isEqualTo(204);
        assertThat(seen).containsOnly("tacos in", "tacos out").hasSize(6);
        seen.clear();
        assertThat(client.get("/tacos/y").status()).isEqualTo(405);
        assertThat(seen).containsExactly("burritos in", "burritos out");
    }

    @Test
    void hooksOfAppAndRecipeAreAroundThoseOfTheRoute() {
        app.before(notes("app before"));
        app.after(notes("app after"));
        tacos.before(notes("tacos before"));
        tacos.after(notes("tacos after"));
        tacos.get("/", (req, res) -> {
                    seen.add("view");
                    return res.empty();
                })
                .before(notes("route before"))
                .after(notes("route after"));
        app.include(tacos);
        app.get("/", VIEW);
        TestClient client = TestClient.of(app);
        client.get("/tacos/");
        assertThat(seen)
                .containsExactly(
                        "app before",
                        "tacos before",
                        "route before",
                        "view",
                        "route after",
                        "tacos after",
                        "app after");
        seen.clear();
        client.get("/");
        assertThat(seen).containsExactly("app before", "app after");
        seen.clear();
        client.get("/none");
        assertThat(seen).isEmpty();
    }

    @Test
    void aHookOfARecipeHasTheBodyAndMayRefuse() {
        tacos.before((req, res) -> {
            if (req.text().equals("bad")) {
                throw new HttpError(422);
            }
        });
        tacos.post("/", (req, res) -> res.text(req.text()));
        app.include(tacos);
        TestClient client = TestClient.of(app);
        assertThat(client.post("/tacos/", "good").text()).isEqualTo("good");
        assertThat(client.post("/tacos/", "bad").status()).isEqualTo(422);
    }

    @Test
    void errorHandlersOfARecipeComeBeforeThoseOfTheApp() {
        app.onError(IllegalStateException.class, says("app"));
        tacos.onError(RuntimeException.class, says("tacos"));
        tacos.get("/", failing(new IllegalStateException()));
        app.include(tacos);
        app.get("/", failing(new IllegalStateException()));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/tacos/").text()).isEqualTo("tacos");
        assertThat(client.get("/").text()).isEqualTo("app");
    }

    @Test
    void theMostSpecificHandlerOfARecipeWins() {
        tacos.onError(Exception.class, says("exception"));
        tacos.onError(IllegalArgumentException.class, says("argument"));
        tacos.get("/argument", failing(new NumberFormatException()));
        tacos.get("/state", failing(new IllegalStateException()));
        app.include(tacos);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/tacos/argument").text()).isEqualTo("argument");
        assertThat(client.get("/tacos/state").text()).isEqualTo("exception");
    }

    @Test
    void whatARecipeHasNoHandlerForIsHandedOnOutward() {
        Recipe outer = new Recipe("outer");
        outer.onError(IllegalStateException.class, says("outer"));
        tacos.onError(IllegalArgumentException.class, says("tacos"));
        tacos.get("/argument", failing(new IllegalArgumentException()));
        tacos.get("/state", failing(new IllegalStateException()));
        tacos.get("/http", failing(new HttpError(403, "Nope!")));
        tacos.get("/bug", failing(new ArithmeticException()));
        outer.include(tacos);
        app.include(outer);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/outer/tacos/argument").text()).isEqualTo("tacos");
        assertThat(client.get("/outer/tacos/state").text()).isEqualTo("outer");
        assertThat(client.get("/outer/tacos/http").text())
                .isEqualTo("{\"error\":\"403 Forbidden\",\"status\":403,\"detail\":\"Nope!\"}");
        assertThat(client.get("/outer/tacos/bug").status()).isEqualTo(500);
    }

    @Test
    void anErrorThrownAgainGoesToTheNextSuperclassThenOutward() {
        app.onError(IllegalStateException.class, says("app"));
        ErrorHandler<Exception> again = (req, res, error) -> {
            seen.add("again");
            throw error;
        };
        tacos.onError(IllegalStateException.class, again);
        tacos.onError(Exception.class, again);
        tacos.get("/", failing(new IllegalStateException()));
        app.include(tacos);
        assertThat(TestClient.of(app).get("/tacos/").text()).isEqualTo("app");
        assertThat(seen).containsExactly("again", "again");
    }

    @Test
    void handlersThatThrowErrorsForOneAnotherComeToAnEnd() {
        app.onError(IllegalStateException.class, (req, res, error) -> {
            throw new IllegalArgumentException();
        });
        app.onError(IllegalArgumentException.class, (req, res, error) -> {
            seen.add("app");
            throw new IllegalStateException();
        });
        tacos.onError(ArithmeticException.class, (req, res, error) -> {
            throw new IllegalStateException();
        });
        tacos.get("/", failing(new ArithmeticException()));
        app.include(tacos);
        assertThat(TestClient.of(app).get("/tacos/").status()).isEqualTo(500);
        assertThat(seen).hasSizeLessThan(8);
    }

    @Test
    void errorsOfMiddlewareGoToTheHandlersOfWhoeverUsesIt() {
        app.onError(IllegalStateException.class, says("app"));
        tacos.onError(IllegalStateException.class, says("tacos"));
        Middleware failing = (req, res, next) -> {
            throw new IllegalStateException();
        };
        tacos.use((req, res, next) ->
                req.query("fail").isPresent() ? failing.handle(req, res, next) : next.handle(req, res));
        app.use((req, res, next) ->
                req.query("app").isPresent() ? failing.handle(req, res, next) : next.handle(req, res));
        tacos.get("/", VIEW);
        tacos.get("/route", VIEW).use(failing);
        app.include(tacos);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/tacos/?fail").text()).isEqualTo("tacos");
        assertThat(client.get("/tacos/route").text()).isEqualTo("tacos");
        assertThat(client.get("/tacos/?app").text()).isEqualTo("app");
    }

    @Test
    void aRedirectIsNoErrorThatAHandlerForAllErrorsTakes() {
        tacos.onError(Throwable.class, says("tacos"));
        tacos.get("/", failing(new Redirect("/home")));
        app.include(tacos);
        assertThat(TestClient.of(app).get("/tacos/").header("Location")).isEqualTo("/home");
    }

    @Test
    void aRecipeMayHandleRedirectsItself() {
        tacos.onError(Redirect.class, (req, res, redirect) -> res.status(401).text("log in at " + redirect.location()));
        tacos.get("/", failing(new Redirect("/login")));
        app.include(tacos);
        assertThat(TestClient.of(app).get("/tacos/").text()).isEqualTo("log in at /login");
    }

    @Test
    void aBugIsAnsweredInTheFormOfTheRecipe() {
        tacos.onError(HttpError.class, ErrorHandlers.problem());
        tacos.get("/", failing(new IllegalStateException()));
        tacos.get(
                "/stream",
                (req, res) -> res.stream(Stream.generate(() -> {
                    throw new IllegalStateException();
                })));
        app.include(tacos);
        TestClient client = TestClient.of(app);
        for (String path : new String[] {"/tacos/", "/tacos/stream"}) {
            assertThat(client.get(path).text()).isEqualTo("{\"title\":\"Internal Server Error\",\"status\":500}");
        }
        assertThat(client.get("/tacos/none").header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void aBookGroupsRecipesAndHasNoName() {
        Recipe people = new Recipe("people");
        people.get("/{pk}", WHERE).name("detail");
        Recipe companies = new Recipe("companies");
        companies.get("/{pk}", WHERE).name("detail");
        Recipe book = Recipe.book("/entities", people, companies);
        book.use(logs("book"));
        app.include(book);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/entities/people/7").text()).isEqualTo("/entities/people/{pk}");
        assertThat(client.get("/entities/companies/7").text()).isEqualTo("/entities/companies/{pk}");
        assertThat(app.urlFor("people:detail", Map.of("pk", 7))).isEqualTo("/entities/people/7");
        assertThat(seen).hasSize(4);
        assertThat(book.name()).isNull();
        assertThat(book.prefix()).isEqualTo("/entities");
    }

    @Test
    void namesOfNestedRecipesFollowOneAnother() {
        Recipe menu = new Recipe("menu", "/");
        tacos.get("/{x}", WHERE).name("detail");
        menu.include(tacos);
        menu.get("", WHERE).name("home");
        app.include(menu);
        assertThat(app.urlFor("menu:tacos:detail", Map.of("x", "beef"))).isEqualTo("/tacos/beef");
        assertThat(app.urlFor("menu:home")).isEqualTo("/");
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("/");
    }

    @Test
    void aRequestKnowsItsRouteWithPrefixAndName() {
        tacos.get("/{x}", (req, res) -> res.text(req.route().name() + " " + req.route()))
                .name("detail");
        app.include("/v1", tacos);
        assertThat(TestClient.of(app).get("/v1/tacos/beef").text())
                .matches(
                        "tacos:detail GET /v1/tacos/\\{x} \\(RecipesTest.java:\\d+, included at RecipesTest.java:\\d+\\)");
    }

    @Test
    void routesListsThoseOfRecipesInTheirPlace() {
        app.get("/a", VIEW);
        tacos.get("/{x}", VIEW).name("detail");
        app.include(tacos);
        app.get("/z", VIEW);
        assertThat(app.routes()).extracting(Route::pattern).containsExactly("/a", "/tacos/{x}", "/z");
        assertThat(app.routes()).extracting(Route::name).containsExactly(null, "tacos:detail", null);
    }

    @Test
    void anOptionOfARouteCountsWhereverItIsSet() {
        tacos.post("/", (req, res) -> res.text(req.text()));
        app.include(tacos);
        app.routes().get(0).maxBody(2).name("create");
        assertThat(app.urlFor("tacos:create")).isEqualTo("/tacos/");
        assertThat(TestClient.of(app).post("/tacos/", "long").status()).isEqualTo(413);
    }

    @Test
    void aRecipeWithoutNamesMayBeIncludedTwice() {
        tacos.get("/{x}", WHERE).before((req, res) -> res.header("X-Hook", "yes"));
        app.include("/v1", tacos);
        app.include("/v2", tacos);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/v1/tacos/a").text()).isEqualTo("/v1/tacos/{x}");
        assertThat(client.get("/v2/tacos/a").text()).isEqualTo("/v2/tacos/{x}");
        assertThat(client.get("/v2/tacos/a").headers().all("X-Hook")).containsExactly("yes");
    }

    @Test
    void eachPlaceOfARecipeHasTheErrorHandlersAroundIt() {
        Recipe first = new Recipe("first");
        Recipe second = new Recipe("second");
        first.onError(IllegalStateException.class, says("first"));
        second.onError(IllegalStateException.class, says("second"));
        tacos.onError(IllegalArgumentException.class, says("tacos"));
        tacos.get("/", failing(new IllegalStateException()));
        first.include(tacos);
        second.include(tacos);
        app.include(first);
        app.include(second);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/first/tacos/").text()).isEqualTo("first");
        assertThat(client.get("/second/tacos/").text()).isEqualTo("second");
    }

    @Test
    void twoRoutesOfOneNameAreAnErrorThatNamesBothPlaces() {
        tacos.get("/{x}", VIEW).name("detail");
        app.include("/v1", tacos);
        app.include("/v2", tacos);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessageMatching("route GET /v2/tacos/\\{x} \\(RecipesTest.java:(\\d+), included at"
                        + " RecipesTest.java:\\d+\\): expected a name of its own, got 'tacos:detail', the name of GET"
                        + " /v1/tacos/\\{x} \\(RecipesTest.java:\\1, included at RecipesTest.java:\\d+\\). Rename one"
                        + " of them.");
    }

    @Test
    void aNameMayCollideWithOneOfAMount() {
        App api = new App();
        api.get("/x", VIEW).name("detail");
        app.mount("/api", api).name("tacos");
        tacos.get("/{x}", VIEW).name("detail");
        app.include(tacos);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessageContaining("got 'tacos:detail', the name of GET /api/x (");
    }

    @Test
    void aShadowedRouteOfARecipeNamesAllPlaces() {
        tacos.get("/{x}", VIEW);
        app.include(tacos);
        app.get("/tacos/new", VIEW);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessageMatching(
                        "route GET /tacos/new \\(RecipesTest.java:\\d+\\): expected requests that no earlier"
                                + " route takes, got all taken by 'GET /tacos/\\{x} \\(RecipesTest.java:\\d+, included at"
                                + " RecipesTest.java:\\d+\\)'. Register it before them, or remove it.");
    }

    @Test
    void aParameterOfPrefixAndPatternIsAnErrorThatNamesThePlaces() {
        int line = new Throwable().getStackTrace()[0].getLineNumber();
        Recipe orders = new Recipe("orders", "/{pk}/orders");
        orders.get("/{pk}", VIEW);
        app.include(orders);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessage(
                        "route '/{pk}/orders/{pk}': expected each parameter once, got 'pk'. Give the second one another"
                                + " name. (RecipesTest.java:%d, included at RecipesTest.java:%d, in the recipe of"
                                + " RecipesTest.java:%d)",
                        line + 2, line + 3, line + 1);
    }

    @Test
    void aParameterOfBothPrefixesIsAnErrorAtOnceWithBothPlaces() {
        Recipe orders = new Recipe("orders", "/{pk}/orders");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> app.include("/{pk}", orders))
                .withMessageMatching("recipe '/\\{pk}/\\{pk}/orders': expected each parameter once, got 'pk'. Give the"
                        + " second one another name. \\(RecipesTest.java:\\d+, included at RecipesTest.java:\\d+\\)");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> app.include("/{x:path}", new Recipe("files", "/{y:path}/files")))
                .withMessageMatching("recipe '/\\{x:path}/\\{y:path}/files': expected one \\{x:path} or \\{} at most,.+"
                        + " \\(RecipesTest.java:\\d+, included at RecipesTest.java:\\d+\\)");
        app.start();
    }

    @Test
    void aParameterOfTheRecipeAroundIsAnErrorWithAllPlaces() {
        int line = new Throwable().getStackTrace()[0].getLineNumber();
        Recipe orders = new Recipe("orders", "/{pk}/orders");
        Recipe people = new Recipe("people", "/people/{pk}");
        people.include(orders);
        app.include(people);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessage(
                        "recipe '/people/{pk}/{pk}/orders': expected each parameter once, got 'pk'. Give the second one"
                                + " another name. (RecipesTest.java:%d, included at RecipesTest.java:%d, included at"
                                + " RecipesTest.java:%d, in the recipe of RecipesTest.java:%d)",
                        line + 1, line + 3, line + 4, line + 2);
    }

    @Test
    void aParameterOfTheMountAroundIsAnError() {
        Recipe people = new Recipe("people", "/people/{pk}");
        people.mount("/{pk}/api", new App());
        app.include(people);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessageMatching(
                        "mount '/people/\\{pk}/\\{pk}/api': expected each parameter once, got 'pk'. Give the"
                                + " second one another name. \\(RecipesTest.java:\\d+, included at RecipesTest.java:\\d+,"
                                + " in the recipe of RecipesTest.java:\\d+\\)");
    }

    @Test
    void twoRestsInPrefixAndPatternAreAnError() {
        Recipe files = new Recipe("files", "/{folder:path}/files");
        files.get("/{x:path}", VIEW);
        app.include(files);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessageContaining("expected one {x:path} or {} at most");
    }

    @ParameterizedTest
    @CsvSource({"'', /x", "a:b, /x", "a, //x", "a, /{x", "'a/{b', "})
    void aMistakeInNameOrPrefixIsAnErrorAtOnce(String name, String prefix) {
        assertThat(catchThrowable(() -> {
                    Recipe ignored = prefix == null ? new Recipe(name) : new Recipe(name, prefix);
                }))
                .isInstanceOf(StartupError.class)
                .hasMessageContaining("(RecipesTest.java:");
    }

    @Test
    void aRecipeIsNoPartOfItself() {
        Recipe outer = new Recipe("outer");
        outer.include(tacos);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> tacos.include(outer))
                .withMessageStartingWith("recipe '/outer' (RecipesTest.java:");
        assertThatExceptionOfType(StartupError.class).isThrownBy(() -> tacos.include(tacos));
    }

    @Test
    void aRecipeIsFrozenWithItsApp() {
        Recipe outer = new Recipe("outer");
        outer.include(tacos);
        app.include(outer);
        Route route = tacos.get("/", VIEW);
        app.start();
        assertThatIllegalStateException().isThrownBy(() -> tacos.get("/late", VIEW));
        assertThatIllegalStateException().isThrownBy(() -> tacos.use((req, res, next) -> next.handle(req, res)));
        assertThatIllegalStateException().isThrownBy(() -> tacos.before((req, res) -> {}));
        assertThatIllegalStateException().isThrownBy(() -> tacos.after((req, res) -> {}));
        assertThatIllegalStateException().isThrownBy(() -> tacos.onError(Exception.class, says("late")));
        assertThatIllegalStateException().isThrownBy(() -> outer.include(new Recipe("late")));
        assertThatIllegalStateException().isThrownBy(() -> outer.mount("/late", new App()));
        assertThatIllegalStateException().isThrownBy(() -> route.name("late"));
    }
}
