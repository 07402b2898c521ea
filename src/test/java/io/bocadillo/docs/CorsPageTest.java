package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.middleware.Cors;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CorsPageTest {

    private static TestResponse preflight(App app, String origin, String path) {
        return TestClient.of(app)
                .with("Origin", origin)
                .with("Access-Control-Request-Method", "PUT")
                .options(path);
    }

    @Test
    void use() {
        App app = new App();
        // #region use
        app.use(Cors.allow("https://app.example")
                .methods("GET", "PUT")
                .headers("X-Token")
                .credentials());
        // #endregion use
        assertThat(preflight(app, "https://app.example", "/").status()).isEqualTo(204);
        assertThat(preflight(app, "https://evil.example", "/").status()).isEqualTo(400);
    }

    @Test
    void pattern() {
        App app = new App();
        // #region pattern
        app.use(Cors.allow(Pattern.compile("https://[a-z0-9-]+\\.app\\.example"))
                .methods("PUT"));
        // #endregion pattern
        assertThat(preflight(app, "https://a.app.example", "/").status()).isEqualTo(204);
        assertThat(preflight(app, "https://app.example", "/").status()).isEqualTo(400);
    }

    @Test
    void part() {
        App app = new App();
        // #region part
        Cors cors = Cors.allow("*").methods("GET", "PUT");
        app.use((req, res, next) ->
                req.path().startsWith("/api/") ? cors.handle(req, res, next) : next.handle(req, res));
        // #endregion part
        assertThat(preflight(app, "https://any.example", "/api/x").status()).isEqualTo(204);
        assertThat(preflight(app, "https://any.example", "/x").status()).isEqualTo(404);
    }
}
