package io.bocadillo.docs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bocadillo.App;
import io.bocadillo.middleware.Sessions;
import io.bocadillo.testing.LiveServer;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import io.bocadillo.testing.TestStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TestingPageTest {

    record Item(int pk, String name) {}

    private static App shop() {
        App app = new App();
        app.get("/items/{pk}", (req, res) -> res.json(new Item(req.param("pk").asInt(), "tea")));
        app.post("/items", (req, res) -> res.status(201).json(req.json(Item.class)));
        app.any("/echo", (req, res) -> {
            req.headers().forEach((name, value) -> res.header("Got-" + name, value));
            return res.content(req.body(), "application/octet-stream");
        });
        app.get("/old", (req, res) -> res.redirect("/items/7"));
        app.get("/bug", (req, res) -> {
            throw new IllegalStateException();
        });
        return app;
    }

    @Test
    void client() {
        // #region client
        TestClient client = TestClient.of(shop());

        TestResponse response = client.get("/items/7");

        assertEquals(200, response.status());
        assertEquals("application/json", response.header("Content-Type"));
        assertEquals(new Item(7, "tea"), response.json(Item.class));
        // #endregion client
    }

    @Test
    void bodies() {
        TestClient client = TestClient.of(shop());
        // #region bodies
        client.post("/items", new Item(8, "jam")); // JSON
        client.post("/items", Map.of("pk", 8, "name", "jam")); // JSON
        client.post("/items", "{"); // text/plain: a 415
        client.with("Content-Type", "application/json").post("/items", "{"); // a 400
        client.post("/items", new byte[] {1, 2, 3}); // no Content-Type
        client.post("/items"); // no body
        // #endregion bodies
        assertEquals(201, client.post("/items", new Item(8, "jam")).status());
        assertEquals(201, client.post("/items", Map.of("pk", 8, "name", "jam")).status());
        assertEquals(415, client.post("/items", "{").status());
        assertEquals(415, client.post("/items").status());
        assertEquals(
                400,
                client.with("Content-Type", "application/json")
                        .post("/items", "{")
                        .status());
        assertNull(client.post("/echo", new byte[] {1}).header("Got-Content-Type"));
        assertArrayEquals(new byte[] {1}, client.post("/echo", new byte[] {1}).body());
    }

    @Test
    void stream() throws InterruptedException {
        App app = new App();
        app.get(
                "/ticks",
                (req, res) -> res.events(events -> {
                    events.send("tick");
                    events.send("tock");
                }));
        TestClient client = TestClient.of(app);
        // #region stream
        try (TestStream stream = client.stream("/ticks")) {
            assertEquals("data: tick\n\n", stream.next());
            assertEquals("data: tock\n\n", stream.next());
        }
        // #endregion stream
    }

    @Test
    void headers() {
        TestClient client = TestClient.of(shop());
        // #region with
        TestClient guido = client.with("Authorization", "Token knowntoken").with("Accept-Language", "nl");
        // #endregion with
        assertEquals("nl", guido.get("/echo").header("Got-Accept-Language"));
        assertNull(client.get("/echo").header("Got-Accept-Language"));
        assertEquals("localhost", client.get("/echo").header("Got-Host"));
    }

    @Test
    void cookies() {
        App app = shop();
        app.use(new Sessions("a key that is used for nothing but tests"));
        app.post("/login", (req, res) -> {
            req.session().rotate().put("user", req.text());
            return res.empty();
        });
        app.get("/me", (req, res) -> res.text(req.session().get("user", "nobody")));
        // #region cookies
        TestClient ada = TestClient.of(app);
        ada.post("/login", "Ada");
        assertEquals("Ada", ada.get("/me").text());

        TestClient somebody = TestClient.of(app); // another visitor of the same app
        assertEquals("nobody", somebody.get("/me").text());
        // #endregion cookies
    }

    @Test
    void whatItDoesNot() {
        TestClient client = TestClient.of(shop());
        assertEquals(302, client.get("/old").status());
        assertEquals(500, client.get("/bug").status());
        assertThrows(IllegalStateException.class, () -> client.get("/old").json(Item.class));
        assertEquals(new Item(0, null), client.get("/items/x").json(Item.class));
    }

    @Test
    void anAssertionInAViewBecomesAnAnswer() {
        App app = new App();
        app.get("/", (req, res) -> {
            assertEquals(1, 2);
            return res.text("");
        });
        assertEquals(500, TestClient.of(app).get("/").status());
    }

    @Test
    void closing() {
        AtomicInteger open = new AtomicInteger();
        App app = shop();
        app.onStartup(open::incrementAndGet);
        app.onShutdown(open::decrementAndGet);
        // #region closing
        try (TestClient client = TestClient.of(app)) {
            assertEquals(302, client.get("/old").status());
        } // shutdown events have run
        // #endregion closing
        assertEquals(0, open.get());
    }

    @Test
    void liveServer() throws Exception {
        // #region live
        try (LiveServer server = LiveServer.start(shop())) {
            HttpRequest request =
                    HttpRequest.newBuilder(server.url("/items/7?verbose=yes")).build();
            HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

            assertEquals("{\"pk\":7,\"name\":\"tea\"}", response.body());
        }
        // #endregion live
    }
}
