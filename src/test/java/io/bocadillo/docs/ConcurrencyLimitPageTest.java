package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.View;
import io.bocadillo.middleware.ConcurrencyLimit;
import io.bocadillo.testing.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitPageTest {

    @Test
    void use() {
        View report = (req, res) -> res.text("report");
        App app = new App();
        // #region use
        app.use(new ConcurrencyLimit(500));
        app.get("/report", report).use(new ConcurrencyLimit(4).retryAfter(Duration.ofSeconds(30)));
        // #endregion use
        assertThat(TestClient.of(app).get("/report").text()).isEqualTo("report");
    }
}
