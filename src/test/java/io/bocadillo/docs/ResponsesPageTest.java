package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bocadillo.App;
import io.bocadillo.Hook;
import io.bocadillo.JacksonJson;
import io.bocadillo.Redirect;
import io.bocadillo.Settings;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class ResponsesPageTest {

    record Course(int pk, String name, LocalDate start) {}

    @Test
    void answers() {
        byte[] png = {1, 2, 3};
        App app = new App();
        // #region answers
        app.get("/text", (req, res) -> res.text("Hello"));
        app.get("/page", (req, res) -> res.html("<h1>Hello</h1>"));
        app.get("/json", (req, res) -> res.json(new Course(1, "Java", LocalDate.of(2024, 9, 2))));
        app.get("/logo", (req, res) -> res.content(png, "image/png"));
        app.get("/nothing", (req, res) -> res.empty());
        // #endregion answers
        Shown.console("ResponsesPageTest#answers", app);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/text").header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(client.get("/page").header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(client.get("/logo").body()).isEqualTo(png);
        assertThat(client.get("/nothing").status()).isEqualTo(204);
        assertThat(client.head("/text").header("Content-Length")).isEqualTo("5");
    }

    @Test
    void headers() {
        App app = new App();
        // #region headers
        app.get("/report", (req, res) -> {
            res.status(202).header("Retry-After", "30");
            res.headers().add("Link", "</style.css>; rel=preload; as=style");
            res.headers().add("Link", "</next>; rel=next");
            return res.text("We are working on it.");
        });
        // #endregion headers
        Shown.console("ResponsesPageTest#headers", app);
    }

    @Test
    void contentType() {
        App app = new App();
        // #region content-type
        app.get("/feed", (req, res) -> {
            res.header("Content-Type", "application/feed+json");
            return res.json(Map.of("version", "https://jsonfeed.org/version/1.1"));
        });
        // #endregion content-type
        Shown.console("ResponsesPageTest#type", app);
    }

    @Test
    void changes() {
        App app = new App();
        // #region changes
        Hook noStore = (req, res) -> res.header("Cache-Control", "no-store");
        app.get("/secret", (req, res) -> res.text("12345")).after(noStore);
        // #endregion changes
        assertThat(TestClient.of(app).get("/secret").header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void redirects() {
        App app = new App();
        // #region redirects
        app.get("/old", (req, res) -> res.redirect("/new?from=old")); // 302 Found
        app.get("/moved", (req, res) -> res.status(301).redirect("/new"));
        app.get("/elsewhere", (req, res) -> res.redirect("https://example.org/"));
        app.post("/save", (req, res) -> {
            throw new Redirect(303, "/saved"); // from anywhere
        });
        // #endregion redirects
        Shown.console("ResponsesPageTest#redirects", app);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/moved").status()).isEqualTo(301);
        assertThat(client.get("/elsewhere").header("Location")).isEqualTo("https://example.org/");
        assertThat(client.post("/save").status()).isEqualTo(303);
    }

    @Test
    void relativeRedirectsGoOutAsTheyAre() {
        App app = new App();
        app.get("/courses/", (req, res) -> res.redirect("7?page=2"));
        assertThat(TestClient.of(app).get("/courses/").header("Location")).isEqualTo("7?page=2");
    }

    @Test
    void redirectsStayHere() {
        AtomicReference<Throwable> refused = new AtomicReference<>();
        App app = new App();
        app.get("/", (req, res) -> {
            refused.set(catchThrowable(() -> res.redirect("//evil.example")));
            return res.redirect("/café au lait");
        });
        assertThat(TestClient.of(app).get("/").header("Location")).isEqualTo("/caf%C3%A9%20au%20lait");
        Shown.text("ResponsesPageTest#evil", refused.get().getMessage());
    }

    @Test
    void splitHeadersAreRefused() {
        AtomicReference<Throwable> refused = new AtomicReference<>();
        App app = new App();
        app.get("/", (req, res) -> {
            refused.set(catchThrowable(() -> res.header("X-Name", "a\r\nSet-Cookie: b")));
            return res.empty();
        });
        assertThat(TestClient.of(app).get("/").status()).isEqualTo(204);
        Shown.text("ResponsesPageTest#split", refused.get().getMessage());
    }

    @Test
    void statusAndBody() {
        App app = new App();
        app.get("/not-modified", (req, res) -> res.status(304).text("not sent"));
        app.get("/bad", (req, res) -> res.status(700).empty());
        app.get("/length", (req, res) -> res.header("Content-Length", "999").text("four"));
        app.get("/replaced", (req, res) -> {
            res.redirect("/elsewhere");
            return res.text("x");
        });
        TestClient client = TestClient.of(app);
        assertThat(client.get("/not-modified").body()).isEmpty();
        assertThat(client.get("/bad").status()).isEqualTo(500);
        assertThat(client.get("/length").header("Content-Length")).isEqualTo("4");
        assertThat(client.get("/replaced").status()).isEqualTo(200);
        assertThat(client.get("/replaced").header("Location")).isNull();
    }

    record Reading(Instant takenAt) {}

    @Test
    void codec() {
        // #region codec
        JsonMapper mapper = JacksonJson.standardMapper()
                .rebuild()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        App app = new App(Settings.defaults().json(new JacksonJson(mapper)));
        // #endregion codec
        app.get("/", (req, res) -> res.json(new Reading(Instant.EPOCH)));
        app.post("/", (req, res) -> res.json(req.json(Reading.class)));
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.text()).isEqualTo("{\"taken_at\":\"1970-01-01T00:00:00Z\"}");
        TestClient client = TestClient.of(app).with("Content-Type", "application/json");
        assertThat(client.post("/", response.text()).text()).isEqualTo(response.text());
        assertThat(client.post("/", "{").status()).isEqualTo(400);
    }

    @Test
    void unwritable() {
        App app = new App();
        app.get(
                "/",
                (req, res) -> res.json(new Object() {
                    @SuppressWarnings("unused")
                    public int getBroken() {
                        throw new IllegalStateException();
                    }
                }));
        assertThat(TestClient.of(app).get("/").status()).isEqualTo(500);
    }
}
