package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bocadillo.App;
import io.bocadillo.Hook;
import io.bocadillo.HttpError;
import io.bocadillo.Middleware;
import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import io.bocadillo.View;
import io.bocadillo.testing.TestClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutingPageTest {

    private static final View VIEW = (req, res) -> res.text(req.path());

    @Test
    void verbs() {
        View list = VIEW;
        View create = VIEW;
        View search = VIEW;
        View echo = VIEW;
        App app = new App();
        // #region verbs
        app.get("/items", list);
        app.post("/items", create);
        app.route("/search", search, "GET", "POST");
        app.any("/echo", echo);
        // #endregion verbs
        TestClient client = TestClient.of(app);
        assertThat(client.head("/items").status()).isEqualTo(200);
        assertThat(client.post("/items", "").status()).isEqualTo(200);
        assertThat(client.post("/search", "").status()).isEqualTo(200);
        assertThat(client.put("/search", "").status()).isEqualTo(405);
        assertThat(client.options("/echo").status()).isEqualTo(200);
    }

    @Test
    void parameters() {
        App app = new App();
        // #region parameters
        app.get("/items/{pk}", (req, res) -> res.text("item " + req.param("pk")));
        app.get("/images/{location:path}", (req, res) -> res.text("image " + req.param("location")));
        app.get("/{year:int}-{month:int}.html", (req, res) -> res.text("month " + req.param("month")));
        app.get("/old/{}", (req, res) -> res.status(410).text("gone"));
        // #endregion parameters
        Shown.console("RoutingPageTest#parameters", app);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/items/").status()).isEqualTo(404);
        assertThat(client.get("/items/a/b").status()).isEqualTo(404);
        assertThat(client.get("/images/").text()).isEqualTo("image ");
        assertThat(client.get("/images").status()).isEqualTo(308);
        assertThat(client.get("/old/").status()).isEqualTo(404);
        assertThat(client.get("/old/a/b/").status()).isEqualTo(410);
        assertThat(client.get("/2024-x.html").status()).isEqualTo(404);
    }

    @Test
    void placesOfParameters() {
        assertThat(matches("/{}", "/")).isTrue();
        assertThat(matches("/{}", "/a/b/")).isTrue();
        assertThat(matches("/a/{x:path}/edit", "/a/b/c/edit")).isTrue();
        assertThat(matches("/a/{x:path}/edit", "/a/edit")).isFalse();
        assertThat(matches("/foo/{}-bar", "/foo/x-bar")).isTrue();
        assertThat(matches("/foo/{}-bar", "/foo/x/y-bar")).isFalse();
        assertThat(matches("/{n:int}", "/-7")).isTrue();
        assertThat(matches("/{n:int}", "/7.5")).isFalse();
        assertThat(matches("items", "/items")).isTrue();
        assertThat(matches("/café", "/caf%C3%A9")).isTrue();
        assertThat(matches("/a.b", "/aXb")).isFalse();
        App app = new App();
        app.get("/{a}-{b}", (req, res) -> res.text(req.param("a") + " and " + req.param("b")));
        assertThat(TestClient.of(app).get("/x-y-z").text()).isEqualTo("x-y and z");
    }

    private static boolean matches(String pattern, String path) {
        App app = new App();
        app.get(pattern, VIEW);
        return TestClient.of(app).get(path).status() == 200;
    }

    @Test
    void order() {
        App app = new App();
        // #region order
        app.get("/items/new", (req, res) -> res.text("a form"));
        app.get("/items/{pk}", (req, res) -> res.text("item " + req.param("pk")));
        app.delete("/items/{pk}", (req, res) -> res.empty());
        // #endregion order
        Shown.console("RoutingPageTest#order", app);
    }

    @Test
    void trailingSlash() {
        App app = new App();
        // #region trailing-slash
        app.get("/docs/", (req, res) -> res.text("the documents"));
        // #endregion trailing-slash
        Shown.console("RoutingPageTest#slash", app);
        TestClient client = TestClient.of(app);
        assertThat(client.post("/docs", "").status()).isEqualTo(308);
        assertThat(client.options("/docs").status()).isEqualTo(404);
        App strict = new App(Settings.defaults().redirectTrailingSlash(false));
        strict.get("/docs/", VIEW);
        assertThat(TestClient.of(strict).get("/docs").status()).isEqualTo(404);
        App without = new App();
        without.get("/docs", VIEW);
        assertThat(TestClient.of(without).get("/docs/").status()).isEqualTo(404);
    }

    @Test
    void canonicalPaths() {
        App app = new App();
        app.get("/{x:path}", (req, res) -> res.text(req.path()));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/a;v=1/b%20c").text()).isEqualTo("/a/b c");
        for (String path :
                new String[] {"/a//b", "/a/../b", "/a/%2e%2e/b", "/a%2Fb", "/a%5Cb", "/a%00b", "/%zz", "/%ff"}) {
            assertThat(client.get(path).status()).as(path).isEqualTo(400);
        }
        Shown.console("RoutingPageTest#canonical", app);
    }

    @Test
    void names() {
        App app = new App();
        View about = (req, res) -> res.text("about " + req.param("who"));
        // #region names
        app.get("/about/{who}", about).name("about");
        String path = app.urlFor("about", Map.of("who", "José")); // "/about/Jos%C3%A9"
        // #endregion names
        assertThat(path).isEqualTo("/about/Jos%C3%A9");
        Shown.text("RoutingPageTest#noname", message(() -> app.urlFor("abuot")));
        Shown.text("RoutingPageTest#nopair", message(() -> app.urlFor("about", Map.of("who", "a/b"))));
    }

    @Test
    void query() {
        App app = new App();
        app.get("/search", VIEW).name("search");
        // #region query
        String page = app.urlFor("search", Map.of(), Map.of("tag", List.of("hot", "new"))); // "/search?tag=hot&tag=new"
        // #endregion query
        assertThat(page).isEqualTo("/search?tag=hot&tag=new");
    }

    @Test
    void links() {
        App app = new App();
        app.get("/about/{who}", VIEW).name("about");
        // #region links
        app.get("/me", (req, res) -> res.redirect(req.urlFor("about", Map.of("who", "me"))));
        app.get("/links", (req, res) -> res.json(Map.of("about", req.urlFor("about", Map.of("who", "you")))));
        // #endregion links
        TestClient client = TestClient.of(app);
        assertThat(client.get("/me").header("Location")).isEqualTo("/about/me");
        assertThat(client.get("/links").text()).isEqualTo("{\"about\":\"/about/you\"}");
    }

    @Test
    void absoluteLinks() {
        App app = new App();
        app.get("/confirm/{token}", VIEW).name("confirm");
        // #region absolute
        app.post("/sign-up", (req, res) -> {
            URI link = req.url().resolve(req.urlFor("confirm", Map.of("token", "x1y2")));
            return res.status(202).json(Map.of("mailed", link));
        });
        // #endregion absolute
        Shown.console("RoutingPageTest#absolute", app);
    }

    @Test
    void namesThatCodeAsksForAtStartup() {
        App app = new App();
        app.onStartup(() -> app.urlFor("home"));
        assertThat(catchThrowable(app::start)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void moved() {
        View post = VIEW;
        App app = new App();
        // #region moved
        app.get("/posts/{pk}", post).name("post");
        app.redirect("/blog/{pk}", "post");
        // #endregion moved
        Shown.console("RoutingPageTest#moved", app);
    }

    @Test
    void movedNowhere() {
        App app = new App();
        // #region nomove
        app.redirect("/blog/{pk}", "pots");
        // #endregion nomove
        Shown.text("RoutingPageTest#nomove", message(app::start));
    }

    @Test
    void options() {
        App app = new App();
        View upload = VIEW;
        Hook isLoggedIn = (req, res) -> {
            throw new HttpError(401);
        };
        Hook noStore = (req, res) -> res.header("Cache-Control", "no-store");
        Middleware timing = (req, res, next) -> next.handle(req, res);
        // #region options
        app.post("/upload", upload)
                .name("upload")
                .before(isLoggedIn)
                .after(noStore)
                .use(timing)
                .maxBody(10 * 1024 * 1024);
        // #endregion options
        assertThat(TestClient.of(app).post("/upload", "").status()).isEqualTo(401);
    }

    @Test
    void shadowed() {
        App app = new App();
        // #region shadowed
        app.get("/items/{pk}", (req, res) -> res.text("item " + req.param("pk")));
        app.get("/items/new", (req, res) -> res.text("a form")); // too late
        // #endregion shadowed
        Shown.text("RoutingPageTest#shadowed", message(app::start));
        App lenient = new App(Settings.defaults().allowShadowedRoutes(true));
        lenient.get("/{x}", VIEW);
        lenient.get("/y", VIEW);
        lenient.start();
    }

    @Test
    void duplicateName() {
        View list = VIEW;
        View team = VIEW;
        App app = new App();
        Throwable mistake = catchThrowable(() -> {
            // #region duplicate
            app.get("/members", list).name("people");
            app.get("/team", team).name("people");
            // #endregion duplicate
            app.start();
        });
        Shown.text("RoutingPageTest#duplicate", mistake.getMessage());
    }

    @Test
    void malformedPatterns() {
        StringBuilder text = new StringBuilder();
        for (String pattern : new String[] {
            "/items/{pk", "/items/{pk:float}", "/{a}/{a}", "/{first-name}", "/{a}{b}", "/{a:path}/x/{b:path}", "/a//b"
        }) {
            String message = message(() -> new App().get(pattern, VIEW));
            text.append(message.replaceAll(" \\(RoutingPageTest.java:\\d+\\)", ""))
                    .append('\n');
        }
        Shown.text("RoutingPageTest#malformed", text.toString());
    }

    @Test
    void frozen() {
        App app = new App();
        app.get("/", VIEW);
        app.start();
        Throwable mistake = catchThrowable(() -> {
            // #region frozen
            app.get("/late", (req, res) -> res.text("too late"));
            // #endregion frozen
        });
        Shown.text("RoutingPageTest#frozen", mistake.getMessage());
    }

    private static String message(Runnable mistake) {
        return String.valueOf(catchThrowable(mistake::run).getMessage());
    }

    @Test
    void mistakesThatTheRegistrationTells() {
        App app = new App();
        assertThat(catchThrowable(
                        () -> app.get("/x", (req, res) -> res.empty()).name("a").name("b")))
                .isInstanceOf(StartupError.class);
        assertThat(catchThrowable(() -> app.get("/y", null)))
                .isInstanceOf(StartupError.class)
                .hasMessageContaining("RoutingPageTest.java:");
    }
}
