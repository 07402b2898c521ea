package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bocadillo.App;
import io.bocadillo.Middleware;
import io.bocadillo.Request;
import io.bocadillo.Settings;
import io.bocadillo.testing.TestClient;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

class RequestsPageTest {

    @Test
    void parameters() {
        App app = new App();
        // #region parameters
        app.get("/events/{day}", (req, res) -> {
            LocalDate day = req.param("day").as(LocalDate.class);
            int limit = req.query("limit").orElse(10);
            boolean past = req.query("past").orElse(false);
            List<String> tags = req.query("tag").values();
            String language = req.header("Accept-Language").orElse("en");
            String theme = req.cookie("theme").orElse("light");
            return res.text(String.join(" ", "" + day, "" + limit, "" + past, "" + tags, language, theme));
        });
        // #endregion parameters
        Shown.console("RequestsPageTest#parameters", app);
        assertThat(TestClient.of(app).get("/events/2024-12-01?limit=%zz").status())
                .isEqualTo(400);
        assertThat(TestClient.of(app).get("/events/2024-12-01?limit=%ff").status())
                .isEqualTo(400);
    }

    enum Size {
        SMALL,
        LARGE
    }

    @Test
    void conversions() {
        App app = new App();
        app.get("/{type}", (req, res) -> {
            Class<?> type = switch (req.param("type").value()) {
                case "int" -> int.class;
                case "boolean" -> boolean.class;
                case "decimal" -> BigDecimal.class;
                case "uuid" -> UUID.class;
                case "enum" -> Size.class;
                default -> LocalDate.class;
            };
            return res.text(String.valueOf(req.query("x").as(type)));
        });
        TestClient client = TestClient.of(app);
        assertThat(client.get("/int?x=12").text()).isEqualTo("12");
        assertThat(client.get("/int?x=3000000000").text()).contains("{\"x\":\"Must be a number.\"}");
        assertThat(client.get("/int?x=").status()).isEqualTo(400);
        assertThat(client.get("/int?x=%2B1").status()).isEqualTo(400);
        assertThat(client.get("/decimal?x=1e9").status()).isEqualTo(200);
        assertThat(client.get("/decimal?x=1e9999").status()).isEqualTo(400);
        assertThat(client.get("/int").text()).contains("{\"x\":\"Is required.\"}");
        assertThat(client.get("/boolean?x=On").text()).isEqualTo("true");
        assertThat(client.get("/boolean?x=maybe").text()).contains("Must be true or false.");
        assertThat(client.get("/decimal?x=1.50").text()).isEqualTo("1.50");
        assertThat(client.get("/uuid?x=1").text()).contains("Must be a UUID.");
        assertThat(client.get("/enum?x=SMALL").text()).isEqualTo("SMALL");
        assertThat(client.get("/enum?x=small").text()).contains("Must be one of SMALL, LARGE.");
        assertThat(client.get("/day?x=today").text()).contains("Must be an ISO 8601 LocalDate.");
    }

    // #region records
    record Line(String product, int quantity) {}

    record Order(String customer, List<Line> lines) {}
    // #endregion records

    private App shop(Settings settings) {
        App app = new App(settings);
        // #region json
        app.post("/orders", (req, res) -> {
            Order order = req.json(Order.class);
            return res.status(201).json(order);
        });
        // #endregion json
        return app;
    }

    @Test
    void json() {
        App app = shop(Settings.defaults());
        Shown.console("RequestsPageTest#json", app);
        TestClient client = TestClient.of(app).with("Content-Type", "application/json");
        assertThat(client.post("/orders", "{\"customer\": \"a\", \"customer\": \"b\"}")
                        .text())
                .contains("\"customer\":\"b\"");
        assertThat(client.post("/orders", "{\"unknown\": 1}").status()).isEqualTo(201);
        assertThat(client.post("/orders", "null").status()).isEqualTo(400);
        assertThat(client.post("/orders", "{} {}").status()).isEqualTo(400);
        TestClient vendor = TestClient.of(app).with("Content-Type", "application/vnd.shop+json");
        assertThat(vendor.post("/orders", "{}").status()).isEqualTo(201);
    }

    @Test
    void generics() {
        App app = new App();
        // #region generics
        Type lines = new TypeReference<List<Line>>() {}.getType();
        app.post("/lines", (req, res) -> {
            List<Line> all = req.json(lines);
            return res.text(all.size() + " lines");
        });
        // #endregion generics
        assertThat(TestClient.of(app)
                        .post("/lines", List.of(new Line("tea", 1), new Line("jam", 2)))
                        .text())
                .isEqualTo("2 lines");
    }

    @Test
    void text() {
        App app = new App();
        app.post("/", (req, res) -> res.text(req.text()));
        TestClient client = TestClient.of(app);
        byte[] e = {(byte) 0xE9};
        assertThat(client.with("Content-Type", "text/plain; charset=iso-8859-1")
                        .post("/", e)
                        .text())
                .isEqualTo("é");
        assertThat(client.post("/", e).status()).isEqualTo(400);
        assertThat(client.with("Content-Type", "text/plain; charset=klingon")
                        .post("/", e)
                        .status())
                .isEqualTo(415);
    }

    @Test
    void limit() {
        App app = new App(Settings.defaults().maxBody(64));
        app.post("/notes", (req, res) -> res.text(req.text()));
        app.post("/uploads", (req, res) -> res.text(req.body().length + " bytes"))
                .maxBody(1024);
        Shown.console("RequestsPageTest#limit", app);
        TestClient client = TestClient.of(app);
        assertThat(client.post("/uploads", "x".repeat(1024)).status()).isEqualTo(200);
        assertThat(client.with("Content-Encoding", "gzip").post("/notes", "x").header("Accept-Encoding"))
                .isEqualTo("identity");
    }

    @Test
    void bodyInMiddleware() {
        App app = new App();
        // #region when-body
        Middleware audit = (req, res, next) -> req.whenBody().thenCompose(body -> {
            res.header("Audited-Bytes", String.valueOf(body.length));
            return next.handle(req, res);
        });
        // #endregion when-body
        app.use(audit);
        app.post("/", (req, res) -> res.text(req.text()));
        assertThat(TestClient.of(app).post("/", "four").header("Audited-Bytes")).isEqualTo("4");
    }

    @Test
    void bodyTooEarly() {
        App app = new App();
        app.use((req, res, next) -> res.text("" + req.body().length));
        assertThat(TestClient.of(app).post("/", "four").status()).isEqualTo(500);
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("0");
    }

    record User(String name) {}

    @Test
    void values() {
        App app = new App();
        // #region values
        app.use((req, res, next) -> {
            req.put(User.class, new User("guido"));
            return next.handle(req, res);
        });
        app.get("/me", (req, res) -> res.json(req.get(User.class)));
        // #endregion values
        assertThat(TestClient.of(app).get("/me").text()).isEqualTo("{\"name\":\"guido\"}");
        App anonymous = new App();
        greet(anonymous);
        assertThat(TestClient.of(anonymous).get("/hello").text()).isEqualTo("Hello, stranger");
    }

    private static void greet(App app) {
        // #region find
        app.get("/hello", (req, res) -> {
            String name = req.find(User.class).map(User::name).orElse("stranger");
            return res.text("Hello, " + name);
        });
        // #endregion find
    }

    @Test
    void queryAndRouteForLogs() {
        App app = new App();
        app.use((req, res, next) -> {
            res.header("X-Query", String.valueOf(req.rawQuery()));
            res.header("X-Route", req.route() == null ? "none" : req.route().pattern());
            return next.handle(req, res);
        });
        app.get("/{x}", (req, res) -> res.text(""));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/a?b=%20c").header("X-Query")).isEqualTo("b=%20c");
        assertThat(client.get("/a").header("X-Query")).isEqualTo("null");
        assertThat(client.get("/a").header("X-Route")).isEqualTo("/{x}");
        assertThat(client.get("/a/b").header("X-Route")).isEqualTo("none");
    }

    @Test
    void afterTheEnd() {
        AtomicReference<Request> kept = new AtomicReference<>();
        App app = new App();
        app.get("/{x}", (req, res) -> {
            kept.set(req);
            return res.text("");
        });
        TestClient.of(app).get("/x?y=1");
        Request req = kept.get();
        assertThat(req.method() + req.path() + req.param("x")).isEqualTo("GET/xx");
        assertThat(catchThrowable(() -> req.query("y"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatJacksonTakes() {
        TestClient client = TestClient.of(shop(Settings.defaults())).with("Content-Type", "application/json");
        assertThat(client.post("/orders", "{\"lines\": [{}]}").text())
                .isEqualTo("{\"customer\":null,\"lines\":[{\"product\":null,\"quantity\":0}]}");
        assertThat(client.post("/orders", "{\"lines\": [{\"quantity\": null}]}").status())
                .isEqualTo(400);
        assertThat(client.post("/orders", "{\"lines\": [{\"quantity\": 3.7}]}").status())
                .isEqualTo(400);
        assertThat(client.post("/orders", "{\"lines\": [{\"quantity\": \"3\"}]}")
                        .status())
                .isEqualTo(400);
        assertThat(client.post("/orders", "").status()).isEqualTo(400);
        assertThat(client.post("/orders", "{\"customer\": 5}").text()).contains("{\"customer\":\"Must be text.\"}");
    }
}
