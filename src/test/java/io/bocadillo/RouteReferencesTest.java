package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.middleware.Csrf;
import io.bocadillo.middleware.Sessions;
import io.bocadillo.templates.Templates;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that one part of an app has of another: in views, redirects, middleware and templates. */
class RouteReferencesTest {

    private static final View VIEW = (req, res) -> res.empty();
    private static final String KEY = "a key of exactly thirty-two byte";

    @TempDir
    Path folder;

    private final App app = new App();

    private void write(String name, String template) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), template);
    }

    /** Its links are all relative. */
    private static Recipe tacos() {
        Recipe tacos = new Recipe("tacos");
        tacos.get("/", (req, res) -> res.text(req.urlFor(":detail", Map.of("x", "beef")) + " " + req.urlFor("home")))
                .name("list");
        tacos.get("/to-list", (req, res) -> res.redirect(req.urlFor(":list")));
        tacos.redirect("/old/{x}", ":detail");
        Recipe drinks = new Recipe("drinks");
        drinks.get("/", VIEW).name("list");
        tacos.include(drinks);
        tacos.get("/drinks-link", (req, res) -> res.text("" + req.urlFor(":drinks:list")));
        tacos.get("/{x}", VIEW).name("detail");
        return tacos;
    }

    @ParameterizedTest
    @CsvSource({"'', /tacos", "/v1, /v1/tacos"})
    void aRecipeRefersToItsRoutesWhereverItIsIncluded(String prefix, String base) {
        app.get("/", VIEW).name("home");
        app.include(prefix, tacos());
        TestClient client = TestClient.of(app);
        assertThat(client.get(base + "/").text()).isEqualTo(base + "/beef /");
        assertThat(client.get(base + "/to-list").header("Location")).isEqualTo(base + "/");
        assertThat(client.get(base + "/old/7").header("Location")).isEqualTo(base + "/7");
        assertThat(client.get(base + "/drinks-link").text()).isEqualTo(base + "/drinks/");
    }

    @Test
    void aRecipeInARecipeAndInAMountedAppRefersToItsRoutesToo() {
        App inner = new App();
        Recipe menu = new Recipe("menu");
        menu.include(tacos());
        inner.include(Recipe.book("/book", menu));
        inner.get("/", VIEW).name("home");
        app.mount("/shop", inner).name("shop");
        app.use((req, res, next) -> {
            Route route = req.route();
            if (route != null && route.name() != null) {
                res.header("X-Detail", "" + req.urlFor(":detail", Map.of("x", 1)));
            }
            return next.handle(req, res);
        });
        TestClient client = TestClient.of(app);
        TestResponse list = client.get("/shop/book/menu/tacos/");
        assertThat(list.text()).isEqualTo("/shop/book/menu/tacos/beef /shop/");
        assertThat(list.header("X-Detail")).isEqualTo("/shop/book/menu/tacos/1");
        assertThat(client.get("/shop/book/menu/tacos/old/7").header("Location")).isEqualTo("/shop/book/menu/tacos/7");
    }

    @Test
    void inAnAppItselfAColonChangesNothing() {
        app.get("/", (req, res) -> res.text("" + req.urlFor(":home"))).name("home");
        app.redirect("/old", ":home");
        TestClient client = TestClient.of(app);
        assertThat(client.get("/").text()).isEqualTo("/");
        assertThat(client.get("/old").header("Location")).isEqualTo("/");
    }

    @Test
    void theNameOfTheCurrentRouteIsOneForUrlForEverywhere() {
        View self = (req, res) ->
                res.text("" + req.urlFor(String.valueOf(req.route().name()), Map.of("pk", 7)));
        App api = new App();
        api.get("/items/{pk}", self).name("item");
        App nameless = new App();
        nameless.get("/items/{pk}", self).name("item");
        Recipe recipe = new Recipe("tacos");
        recipe.get("/{pk}", self).name("detail");
        app.include(recipe);
        app.mount("/api", api).name("api");
        app.mount("/other", nameless);
        app.use((req, res, next) -> {
            Route route = req.route();
            String name = route == null ? null : route.name();
            res.header("X-Self", name == null ? "none" : "" + req.urlFor(name, Map.of("pk", 7)));
            return next.handle(req, res);
        });
        TestClient client = TestClient.of(app);
        for (String path : List.of("/tacos/7", "/api/items/7", "/other/items/7")) {
            assertThat(client.get(path).text()).isEqualTo(path);
        }
        assertThat(client.get("/api/items/7").header("X-Self")).isEqualTo("/api/items/7");
        assertThat(client.get("/other/items/7").header("X-Self")).isEqualTo("none");
    }

    @Test
    void withoutARouteThatAsksANameIsWhole() {
        app.get("/", VIEW).name("home");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> app.urlFor(":home"))
                .withMessage(
                        "urlFor: expected a whole name where no route asks, got ':home'. Write it as in 'tacos:detail'.");
        app.onError(HttpError.class, (req, res, error) -> res.text("" + req.urlFor(":home")));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(TestClient.of(app).get("/none").status()).isEqualTo(500);
            assertThat(log.text()).contains("urlFor: expected a whole name where no route asks");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectHasTheStatusThatItIsGiven(int status) {
        app.redirect("/old/{pk}", "item", status);
        app.get("/items/{pk}", VIEW).name("item");
        TestResponse response = TestClient.of(app).post("/old/7?a=1");
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("Location")).isEqualTo("/items/7?a=1");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 300, 304, 306, 309, 404})
    void aRedirectHasNoOtherStatus(int status) {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> app.redirect("/old", "new", status))
                .withMessageMatching("redirect '/old' \\(RouteReferencesTest.java:\\d+\\): expected 301, 302, 303, 307"
                        + " or 308, got '" + status + "'. Use 308 for a path that has moved.");
    }

    @Test
    void aRedirectToItselfStopsTheStart() {
        app.redirect("/old", "old").name("old");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessageMatching("redirect .* /old \\(RouteReferencesTest.java:\\d+\\): expected to lead to a view,"
                        + " got a circle of redirects by 'old'. Name the route that the path has moved to.");
    }

    @Test
    void aCircleOfRedirectsStopsTheStart() {
        app.redirect("/a", "b").name("a");
        Recipe recipe = new Recipe("r");
        recipe.redirect("/c", "a").name("c");
        app.redirect("/b", "r:c").name("b");
        app.include(recipe);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessageContaining("got a circle of redirects by 'b'");
    }

    @Test
    void aChainOfRedirectsThatEndsIsNone() {
        app.redirect("/a", "b").name("a");
        app.redirect("/b", "c").name("b");
        app.get("/c", VIEW).name("c");
        TestClient client = TestClient.of(app);
        assertThat(client.get("/a").header("Location")).isEqualTo("/b");
        assertThat(client.get("/b").header("Location")).isEqualTo("/c");
    }

    @Test
    void aRedirectToThePathItselfIsTheMethodsThatTheRouteHas() {
        App inner = new App();
        inner.get("/items/{pk}", VIEW).name("item");
        inner.redirect("/items/{pk}", "item");
        app.mount("/{tenant}/api", inner);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/acme/api/items/a%20b").status()).isEqualTo(204);
        TestResponse post = client.post("/acme/api/items/a%20b");
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        assertThat(post.header("Location")).isNull();
    }

    @Test
    void aMiddlewareThatRefersToNoNameStopsTheStart() {
        app.use(new Sessions(KEY));
        app.use(new Csrf().exempt("hook", "webhok"));
        app.post("/hook", VIEW).name("hook");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(app::start)
                .withMessageMatching(
                        "Csrf.exempt \\(RouteReferencesTest.java:\\d+\\): expected the name of a route, got"
                                + " 'webhok'. Give a route that name with name\\(...\\).");
    }

    @Test
    void soDoesOneOfARecipeOrARouteOrInAMountedApp() {
        App ofRecipe = new App();
        Recipe recipe = new Recipe("pay");
        recipe.use(new Csrf().exempt("hook"));
        recipe.post("/hook", VIEW).name("hook");
        ofRecipe.include(recipe);
        App ofRoute = new App();
        ofRoute.post("/hook", VIEW).use(new Csrf().exempt("hook"));
        App ofMounted = new App();
        App inner = new App();
        inner.use(new Csrf().exempt("hook"));
        ofMounted.post("/hook", VIEW).name("hook");
        ofMounted.mount("/api", inner).name("api");
        App aroundMount = new App();
        Recipe around = new Recipe("around");
        around.use(new Csrf().exempt("hook"));
        around.mount("/api", new App());
        aroundMount.include(around);
        for (App wrong : List.of(ofRecipe, ofRoute, ofMounted, aroundMount)) {
            assertThatExceptionOfType(StartupError.class)
                    .isThrownBy(wrong::start)
                    .withMessageContaining("got 'hook'");
        }
        App right = new App();
        App named = new App();
        named.post("/hook", VIEW).name("hook");
        right.mount("/api", named).name("api");
        right.use(new Csrf().exempt("api:hook"));
        right.start();
        right.stop();
    }

    private App with(Path templates) {
        App with = new App(Settings.defaults().templates(new Templates(templates.toString())));
        with.get("/", VIEW).name("home");
        with.include(tacos());
        return with;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@{route:home}",
                "@{ route:home }",
                "@{route:tacos:detail(x=${course.pk})}",
                "@{route::detail(x=1)}",
                "@{route:__${name}__}",
                "@{route:home__${name}__}",
                "@{route:${name}}",
                "@{${name}}",
                "@{/route:abuot}",
                "@{'route:' + ${name}}",
                "<!-- @{route:abuot} -->",
            })
    void whatATemplateRefersToIsKnownOrIsMadeWhenItIsRendered(String link) throws IOException {
        write("page.html", "<a th:href=\"" + link + "\">x</a>");
        App app = with(folder);
        app.start();
        app.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "page.html,       '<a th:href=\"@{route:abuot}\">x</a>',        abuot",
        "mail/page.txt,   '[(@{route:abuot(x=1)})]',                    abuot",
        "page.html,       '<!--/* */--><!--/*/ <a th:href=\"@{route:abuot}\"> /*/-->', abuot",
        "page.html,       '@{route:tacos:detial(x=${x})}',              tacos:detial",
        "page.html,       '@{route::detial}',                           :detial",
        "page.html,       '@{route:detail}',                            detail",
        "page.js,         'let a = [[@{ route:abuot }]]',               abuot",
    })
    void aTemplateThatRefersToNoNameStopsTheStart(String name, String text, String unknown) throws IOException {
        write("fine.html", "@{route:home}");
        write(name, "one\n<!-- two\nthree -->\n" + text);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(with(folder)::start)
                .withMessage("template " + name + ":4: expected the name of a route, got '" + unknown
                        + "'. Give a route that name with name(...).");
    }

    private App withItem(Settings settings) {
        App inner = new App(settings);
        inner.get("/item", VIEW).name("item");
        inner.get("/page", (req, res) -> res.render("page.html", Map.of()));
        return inner;
    }

    @Test
    void aTemplateMayReferToTheRoutesOfAMountedAppByTheNameOfItsMount() throws IOException {
        write("page.html", "[[@{route:api:item}]]");
        App outer = with(folder);
        outer.get("/page", (req, res) -> res.render("page.html", Map.of()));
        outer.mount("/api", withItem(Settings.defaults())).name("api");
        try (TestClient client = TestClient.of(outer)) {
            assertThat(client.get("/page").text()).isEqualTo("/api/item");
        }
    }

    @Test
    void aTemplateThatRefersToARouteOfAMountedAppAloneStopsTheStart() throws IOException {
        write("page.html", "[[@{route:item}]]");
        App outer = with(folder);
        outer.mount("/api", withItem(Settings.defaults())).name("api");
        App around = new App();
        around.get("/item", VIEW).name("item");
        around.mount("/inner", with(folder));
        for (App wrong : List.of(outer, around)) {
            assertThatExceptionOfType(StartupError.class)
                    .isThrownBy(wrong::start)
                    .withMessageStartingWith("template page.html:1: expected the name of a route, got 'item'.");
        }
    }

    @Test
    void templatesThatSeveralAppsShareMayReferToTheRoutesOfEachOfThem() throws IOException {
        write("page.html", "[[@{route:item}]]");
        write("home.html", "[[@{route:home}]]");
        Settings shared = Settings.defaults().templates(new Templates(folder.toString()));
        App outer = new App(shared);
        outer.get("/", (req, res) -> res.render("home.html", Map.of())).name("home");
        outer.mount("/api", withItem(shared));
        try (TestClient client = TestClient.of(outer)) {
            assertThat(client.get("/").text()).isEqualTo("/");
            assertThat(client.get("/api/page").text()).isEqualTo("/api/item");
        }
        write("more.html", "[[@{route:itme}]]");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(outer::start)
                .withMessageStartingWith("template more.html:1: expected the name of a route, got 'itme'.");
    }

    @Test
    void whatIsNoTemplateIsNotRead() throws IOException {
        write(".hidden/page.html", "@{route:abuot}");
        write("no-extension", "@{route:abuot}");
        with(folder).start();
        with(folder.resolve("none")).start();
    }

    @Test
    void templatesInAJarOfTheClassPathAreReadToo() throws Exception {
        Path jar = folder.resolve("templates.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("views/"));
            out.putNextEntry(new JarEntry("views/mail/page.html"));
            out.write("@{route:abuot}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.putNextEntry(new JarEntry("views-of-others/page.html"));
            out.write("@{route:other}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            assertThat(new Templates("views").routeNames()).isEqualTo(Map.of("abuot", "mail/page.html:1"));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void aNameThatIsNoneInTheStandardFolderIsAWarningForAnAppThatKnowsOthers() throws Exception {
        write("templates/page.html", "@{route:home}\n@{route:abuot}");
        App other = new App();
        other.get("/", VIEW).name("other");
        App without = new App();
        App partial = new App();
        partial.get("/", VIEW).name("home");
        App whole = new App();
        for (String name : List.of("home", "abuot")) {
            whole.get(name, VIEW).name(name);
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader platform = ClassLoader.getPlatformClassLoader(); // which has none of the templates of tests
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, platform)) {
            thread.setContextClassLoader(loader);
            assertThat(warningsOf(other)).isEmpty();
            assertThat(warningsOf(without)).isEmpty();
            assertThat(warningsOf(whole)).isEmpty();
            assertThat(warningsOf(partial))
                    .singleElement()
                    .asString()
                    .contains("template page.html:2: expected the name of a route, got 'abuot'.");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void soItIsForAnyNameIfTheFolderIsBesideTheApp() throws IOException {
        write("page.html", "@{route:abuot}");
        App app = new App(Settings.of(Map.of("templates.folder", folder.toString())));
        app.get("/", VIEW).name("home");
        App without = new App(app.settings());
        for (App wrong : List.of(app, without)) {
            assertThat(warningsOf(wrong))
                    .singleElement()
                    .asString()
                    .contains("template page.html:1: expected the name of a route, got 'abuot'.");
        }
        for (Settings settings : List.of(app.settings(), Settings.defaults())) {
            App around = new App(settings);
            around.get("/about", VIEW).name("abuot");
            around.mount("/inner", without);
            assertThat(warningsOf(around)).hasSize(settings == app.settings() ? 0 : 1);
        }
    }

    private static List<String> warningsOf(App app) {
        try (CapturedLog log = new CapturedLog()) {
            app.start();
            app.stop();
            return log.lines("WARN");
        }
    }
}
