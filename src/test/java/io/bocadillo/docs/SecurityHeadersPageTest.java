package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.CspNonce;
import io.bocadillo.middleware.ContentSecurityPolicy;
import io.bocadillo.middleware.SecurityHeaders;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import org.junit.jupiter.api.Test;

class SecurityHeadersPageTest {

    @Test
    void use() {
        App app = new App();
        // #region use
        app.use(new SecurityHeaders()
                .contentSecurityPolicy(ContentSecurityPolicy.defaultSrc("'self'")
                        .with("img-src", "'self'", "https://img.example")
                        .with("frame-ancestors", "'none'")));
        // #endregion use
        assertThat(TestClient.of(app).get("/").header("Content-Security-Policy"))
                .isEqualTo("default-src 'self'; img-src 'self' https://img.example; frame-ancestors 'none'");
    }

    @Test
    void nonce() {
        App app = new App();
        // #region nonce
        app.use(new SecurityHeaders()
                .contentSecurityPolicy(
                        ContentSecurityPolicy.defaultSrc("'self'").withNonce("script-src", "'self'")));
        app.get("/", (req, res) -> {
            String nonce = req.get(CspNonce.class).value();
            return res.html("<script nonce=\"" + nonce + "\">start()</script>");
        });
        // #endregion nonce
        TestResponse page = TestClient.of(app).get("/");
        String nonce = page.text().split("\"")[1];
        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo("default-src 'self'; script-src 'self' 'nonce-" + nonce + "'");
    }

    @Test
    void own() {
        App app = new App();
        app.use(new SecurityHeaders());
        // #region own
        app.get(
                "/widget",
                (req, res) -> res.header("X-Frame-Options", "SAMEORIGIN").html("<p>hi</p>"));
        // #endregion own
        assertThat(TestClient.of(app).get("/widget").headers().all("X-Frame-Options"))
                .containsExactly("SAMEORIGIN");
    }
}
