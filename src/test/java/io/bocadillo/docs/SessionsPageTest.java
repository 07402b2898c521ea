package io.bocadillo.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bocadillo.App;
import io.bocadillo.Cookie;
import io.bocadillo.Session;
import io.bocadillo.middleware.MemorySessionStore;
import io.bocadillo.middleware.Sessions;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SessionsPageTest {

    private final String key = "a key that is used for nothing but tests";
    private final String newKey = "another key that is used for nothing else";

    record Login(String user, String password) {

        boolean isRight() {
            return password.equals("secret");
        }
    }

    @Test
    void sessions() {
        App app = new App();
        // #region sessions
        app.use(new Sessions(key)); // a secret of 32 bytes or more, from the environment

        app.post("/visits", (req, res) -> {
            Session session = req.session();
            session.put("visits", session.get("visits", 0) + 1);
            return res.json(session.values());
        });
        // #endregion sessions
        TestClient client = TestClient.of(app);
        assertThat(client.post("/visits").text()).isEqualTo("{\"visits\":1}");
        assertThat(client.post("/visits").text()).isEqualTo("{\"visits\":2}");
    }

    @Test
    void login() {
        App app = new App();
        app.use(new Sessions(key));
        // #region login
        app.post("/login", (req, res) -> {
            Login login = req.json(Login.class);
            if (!login.isRight()) {
                return res.status(401).empty();
            }
            req.session().rotate().put("user", login.user());
            return res.empty();
        });
        app.get("/me", (req, res) -> res.text(req.session().get("user", "nobody")));
        app.post("/logout", (req, res) -> {
            req.session().clear();
            return res.empty();
        });
        // #endregion login
        TestClient client = TestClient.of(app);
        assertThat(client.post("/login", new Login("Ada", "wrong")).header("Set-Cookie"))
                .isNull();
        client.post("/login", new Login("Ada", "secret"));
        assertThat(client.get("/me").text()).isEqualTo("Ada");
        assertThat(client.post("/logout").header("Set-Cookie")).contains("Max-Age=0");
        assertThat(client.get("/me").text()).isEqualTo("nobody");
    }

    @Test
    void settings() {
        App app = new App();
        // #region settings
        app.use(new Sessions(newKey, key) // the first one signs, both are good
                .encrypted()
                .maxAge(Duration.ofHours(8))
                .rolling()
                .cookie(Cookie.of("__Host-session", "").sameSite(Cookie.SameSite.STRICT)));
        // #endregion settings
        app.get("/", (req, res) -> {
            req.session().put("a", 1);
            return res.empty();
        });
        assertThat(TestClient.of(app).get("/").header("Set-Cookie"))
                .matches("__Host-session=[^;]*; Path=/; Max-Age=28800; Secure; HttpOnly; SameSite=Strict");
    }

    @Test
    void store() {
        App app = new App();
        // #region store
        app.use(new Sessions(key).store(new MemorySessionStore()));
        // #endregion store
        app.get("/", (req, res) -> {
            req.session().put("large", "x".repeat(10_000));
            return res.empty();
        });
        assertThat(TestClient.of(app).get("/").status()).isEqualTo(204);
    }

    @Test
    void late() {
        App app = new App();
        app.use(new Sessions(key));
        // #region late
        app.get("/export", (req, res) -> {
            String user = req.session().get("user", "nobody");
            return res.write(out -> export(user, out));
        });
        // #endregion late
        TestResponse response = TestClient.of(app).get("/export");
        assertThat(response.text()).isEqualTo("all of nobody");
        assertThat(response.header("Vary")).isEqualTo("Cookie");
    }

    private static void export(String user, OutputStream out) throws IOException {
        out.write(("all of " + user).getBytes(UTF_8));
    }

    @Test
    void shortKeys() {
        Throwable error = Objects.requireNonNull(catchThrowable(() -> new Sessions("secret")));
        Shown.text("SessionsPageTest#key", Objects.requireNonNull(error.getMessage()));
    }
}
