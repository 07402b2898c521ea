package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.CsrfToken;
import io.bocadillo.middleware.Csrf;
import io.bocadillo.middleware.Sessions;
import io.bocadillo.testing.TestClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsrfPageTest {

    private final String key = "a key that is used for nothing but tests";

    @Test
    void csrf() {
        App app = new App();
        // #region csrf
        app.use(new Sessions(key));
        app.use(new Csrf());
        // #endregion csrf
        app.post("/", (req, res) -> res.empty());
        Shown.console("CsrfPageTest#refused", app);
    }

    @Test
    void token() {
        App app = new App();
        app.use(new Sessions(key));
        app.use(new Csrf());
        // #region token
        app.get(
                "/csrf",
                (req, res) -> res.json(Map.of("token", req.get(CsrfToken.class).value())));
        // #endregion token
        app.post("/", (req, res) -> res.text("done"));
        TestClient client = TestClient.of(app);
        // #region test
        String token = (String) client.get("/csrf").json(Map.class).get("token");
        assertThat(client.with("X-CSRF-Token", token).post("/").status()).isEqualTo(200);
        // #endregion test
        assertThat(client.post("/").status()).isEqualTo(403);
    }

    @Test
    void settings() {
        App app = new App();
        app.use(new Sessions(key));
        // #region settings
        app.use(new Csrf().trust("https://admin.example").exempt("payment-hook"));
        app.post("/payments", (req, res) -> res.empty()).name("payment-hook");
        // #endregion settings
        assertThat(TestClient.of(app).post("/payments").status()).isEqualTo(204);
    }
}
