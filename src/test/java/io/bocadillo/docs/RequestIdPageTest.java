package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.middleware.RequestId;
import io.bocadillo.testing.TestClient;
import org.junit.jupiter.api.Test;

class RequestIdPageTest {

    @Test
    void use() {
        App app = new App();
        // #region use
        app.use(new RequestId());
        app.get("/", (req, res) -> res.text("This is " + RequestId.of(req)));
        // #endregion use
        assertThat(TestClient.of(app).with("X-Request-ID", "7f3a").get("/").text())
                .isEqualTo("This is 7f3a");
    }
}
