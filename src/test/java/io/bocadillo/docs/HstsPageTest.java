package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.middleware.AllowedHosts;
import io.bocadillo.middleware.ForwardedHeaders;
import io.bocadillo.middleware.Hsts;
import io.bocadillo.testing.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HstsPageTest {

    @Test
    void use() {
        App app = new App();
        // #region use
        app.use(ForwardedHeaders.xForwarded("10.0.0.0/8")); // if a proxy ends TLS
        app.use(new AllowedHosts("app.example"));
        app.use(new Hsts().maxAge(Duration.ofDays(365)));
        // #endregion use
        app.get("/", (req, res) -> res.text("hi"));
        Shown.console("HstsPageTest#use", app);
        assertThat(TestClient.of(app).with("Host", "evil.example").get("/").status())
                .isEqualTo(400);
    }
}
