package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bocadillo.App;
import io.bocadillo.Hook;
import io.bocadillo.HttpError;
import io.bocadillo.Middleware;
import io.bocadillo.Recipe;
import io.bocadillo.Settings;
import io.bocadillo.View;
import io.bocadillo.middleware.RequestId;
import io.bocadillo.testing.LiveServer;
import io.bocadillo.testing.TestClient;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipesPageTest {

    private static final View VIEW = (req, res) -> res.text(req.route().pattern());

    static final class SoldOut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static final class LegacyServlet extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest req, HttpServletResponse resp) throws IOException {
            resp.getWriter().write(req.getServletPath() + " " + req.getPathInfo());
        }
    }

    @Test
    void recipe() {
        App app = new App();
        // #region recipe
        Recipe tacos = new Recipe("tacos"); // below /tacos
        tacos.get("", (req, res) -> res.text("all tacos"));
        tacos.get("/{ingredient}", (req, res) -> res.text("taco with " + req.param("ingredient")))
                .name("detail");
        app.include(tacos);
        // #endregion recipe
        Shown.console("RecipesPageTest#recipe", app);
        // #region recipe-name
        String path = app.urlFor("tacos:detail", Map.of("ingredient", "beef")); // "/tacos/beef"
        // #endregion recipe-name
        assertThat(path).isEqualTo("/tacos/beef");
    }

    @Test
    void namesInside() {
        App app = new App();
        // #region names-inside
        Recipe tacos = new Recipe("tacos");
        tacos.get("/today", (req, res) -> res.redirect(req.urlFor(":detail", Map.of("ingredient", "beef"))));
        tacos.get("/{ingredient}", (req, res) -> res.text("taco with " + req.param("ingredient")))
                .name("detail");
        tacos.redirect("/old/{ingredient}", ":detail");
        app.include("/v1", tacos);
        // #endregion names-inside
        Shown.console("RecipesPageTest#names-inside", app);
        assertThat(TestClient.of(app).get("/v1/tacos/today").header("Location")).isEqualTo("/v1/tacos/beef");
    }

    @Test
    void prefixes() {
        App app = new App();
        // #region prefixes
        Recipe orders = new Recipe("orders", "/{tenant}/orders");
        orders.get("/{pk:int}", (req, res) -> res.text(req.param("tenant") + " has order " + req.param("pk")));
        app.include("/v1", orders);
        // #endregion prefixes
        Shown.console("RecipesPageTest#prefixes", app);
    }

    @Test
    void around() {
        App app = new App();
        Middleware timing = (req, res, next) -> next.handle(req, res);
        Hook isLoggedIn = (req, res) -> {
            if (!req.header("Authorization").isPresent()) {
                throw new HttpError(401);
            }
        };
        Hook noStore = (req, res) -> res.header("Cache-Control", "no-store");
        View order = (req, res) -> {
            throw new SoldOut();
        };
        // #region around
        Recipe tacos = new Recipe("tacos");
        tacos.use(timing);
        tacos.before(isLoggedIn);
        tacos.after(noStore);
        tacos.onError(SoldOut.class, (req, res, error) -> res.status(409).text("no tacos left"));
        tacos.post("/{ingredient}", order);
        // #endregion around
        app.include(tacos);
        TestClient client = TestClient.of(app);
        assertThat(client.post("/tacos/beef", "").status()).isEqualTo(401);
        assertThat(client.with("Authorization", "me").post("/tacos/beef", "").text())
                .isEqualTo("no tacos left");
    }

    @Test
    void book() {
        App app = new App();
        // #region book
        Recipe people = new Recipe("people");
        people.get("/{pk}", (req, res) -> res.text("person " + req.param("pk"))).name("detail");
        Recipe companies = new Recipe("companies");
        companies
                .get("/{pk}", (req, res) -> res.text("company " + req.param("pk")))
                .name("detail");
        app.include(Recipe.book("/entities", people, companies));
        // #endregion book
        Shown.console("RecipesPageTest#book", app);
        assertThat(app.urlFor("people:detail", Map.of("pk", 7))).isEqualTo("/entities/people/7");
    }

    @Test
    void fallback() {
        App app = new App();
        // #region fallback
        Recipe tacos = new Recipe("tacos");
        tacos.get("/{ingredient}", (req, res) -> res.text("taco with " + req.param("ingredient")));
        tacos.any("/{}", (req, res) -> res.status(404).text("no such taco"));
        app.include(tacos);
        // #endregion fallback
        Shown.console("RecipesPageTest#fallback", app);
    }

    @Test
    void mount() {
        // #region mount
        App api = new App(Settings.defaults().maxBody(64 * 1024));
        api.onError(
                HttpError.class, (req, res, error) -> res.status(error.status()).text("api: " + error.title()));
        api.get("/items/{pk}", (req, res) -> res.text(req.path() + " below " + req.mountPath()))
                .name("item");

        App app = new App();
        app.mount("/api", api).name("api");
        // #endregion mount
        Shown.console("RecipesPageTest#mount", app);
        assertThat(app.urlFor("api:item", Map.of("pk", 7))).isEqualTo("/api/items/7");
        assertThat(api.urlFor("item", Map.of("pk", 7))).isEqualTo("/items/7");
    }

    @Test
    void servlet() throws Exception {
        // #region servlet
        App app = new App();
        app.use(new RequestId());
        app.get("/legacy/health", (req, res) -> res.text("fine")); // registered earlier, so it wins
        app.mount("/legacy", new LegacyServlet());
        // #endregion servlet
        try (LiveServer server = LiveServer.start(app)) {
            assertThat(get(server, "/legacy/health").body()).isEqualTo("fine");
            HttpResponse<String> answer = get(server, "/legacy/old/page");
            assertThat(answer.body()).isEqualTo("/legacy /old/page");
            assertThat(answer.headers().firstValue("X-Request-ID")).isPresent();
        }
    }

    private static HttpResponse<String> get(LiveServer server, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.url(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void mistakes() {
        App app = new App();
        Throwable twice = catchThrowable(() -> {
            // #region twice
            Recipe tacos = new Recipe("tacos");
            tacos.get("/{x}", VIEW).name("detail");
            app.include("/v1", tacos);
            app.include("/v2", tacos);
            app.start();
            // #endregion twice
        });
        Shown.text("RecipesPageTest#twice", twice.getMessage());
    }
}
