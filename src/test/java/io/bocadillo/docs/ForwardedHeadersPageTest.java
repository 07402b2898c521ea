package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.Forwarded;
import io.bocadillo.middleware.ForwardedHeaders;
import io.bocadillo.testing.TestClient;
import org.junit.jupiter.api.Test;

class ForwardedHeadersPageTest {

    @Test
    void use() {
        App app = new App();
        // #region use
        app.use(ForwardedHeaders.xForwarded("127.0.0.1", "10.0.0.0/8"));
        app.get("/", (req, res) -> res.text(req.remoteAddress() + " by " + req.scheme()));
        // #endregion use
        assertThat(TestClient.of(app)
                        .with("X-Forwarded-For", "192.0.2.7, 10.0.0.9")
                        .with("X-Forwarded-Proto", "https")
                        .get("/")
                        .text())
                .isEqualTo("192.0.2.7 by https");
    }

    @Test
    void standard() {
        App app = new App();
        // #region standard
        app.use(ForwardedHeaders.rfc7239("127.0.0.1").host());
        // #endregion standard
        app.get("/", (req, res) -> res.text(req.remoteAddress() + " " + req.host()));
        assertThat(TestClient.of(app)
                        .with("Forwarded", "for=192.0.2.7;host=app.example")
                        .get("/")
                        .text())
                .isEqualTo("192.0.2.7 app.example");
    }

    @Test
    void own() {
        App app = new App();
        // #region own
        app.use((req, res, next) -> {
            String address = req.firstHeader("CF-Connecting-IP"); // whoever may set it, must be checked here
            if (address != null) {
                req.put(Forwarded.class, new Forwarded(address, "https", null, ""));
            }
            return next.handle(req, res);
        });
        // #endregion own
        app.get("/", (req, res) -> res.text(req.remoteAddress()));
        assertThat(TestClient.of(app)
                        .with("CF-Connecting-IP", "192.0.2.7")
                        .get("/")
                        .text())
                .isEqualTo("192.0.2.7");
    }
}
