package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bocadillo.App;
import io.bocadillo.Cookie;
import io.bocadillo.testing.TestClient;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CookiesPageTest {

    @Test
    void cookies() {
        App app = new App();
        // #region cookies
        app.post("/theme", (req, res) -> {
            String theme = req.form().field("theme").value();
            return res.cookie(Cookie.of("theme", theme).maxAge(Duration.ofDays(365)))
                    .redirect("/");
        });
        app.get("/", (req, res) -> res.text("theme: " + req.cookie("theme").orElse("light")));
        // #endregion cookies
        Shown.console("CookiesPageTest#cookies", app);
    }

    @Test
    void delete() {
        App app = new App();
        Cookie theme = Cookie.of("theme", "");
        // #region delete
        app.post("/reset", (req, res) -> res.cookie(theme.deleted()).redirect("/"));
        // #endregion delete
        assertThat(TestClient.of(app).post("/reset").header("Set-Cookie"))
                .startsWith("theme=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT;");
    }

    @Test
    void move() {
        App app = new App();
        Cookie theme = Cookie.of("theme", "");
        // #region move
        app.post("/theme", (req, res) -> {
            res.cookie(theme.path("/app").deleted());
            return res.cookie(theme.value("dark")).redirect("/");
        });
        // #endregion move
        assertThat(TestClient.of(app).post("/theme").headers().all("Set-Cookie"))
                .extracting(field -> field.replaceAll("; (Max-Age|HttpOnly).*", ""))
                .containsExactly("theme=; Path=/app", "theme=dark; Path=/");
    }

    @Test
    void refused() {
        Throwable error = Objects.requireNonNull(catchThrowable(() -> Cookie.of("theme", "dark; Domain=example.com")));
        Shown.text("CookiesPageTest#refused", Objects.requireNonNull(error.getMessage()));
    }
}
