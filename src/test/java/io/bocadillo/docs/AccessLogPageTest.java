package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.CapturedLog;
import io.bocadillo.middleware.AccessLog;
import io.bocadillo.middleware.ForwardedHeaders;
import io.bocadillo.middleware.RequestId;
import io.bocadillo.testing.TestClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessLogPageTest {

    @Test
    void use() {
        App app = new App();
        // #region use
        app.use(ForwardedHeaders.xForwarded("127.0.0.1")); // before it: who asks
        app.use(new RequestId()); // before it: under which name
        app.use(new AccessLog());
        // #endregion use
        app.get("/items/{pk}", (req, res) -> res.text("item " + req.param("pk") + " of nine"));
        try (CapturedLog log = new CapturedLog()) {
            TestClient.of(app)
                    .with("X-Forwarded-For", "192.0.2.1")
                    .with("X-Request-ID", "7f3a")
                    .get("/items/7");
            String line = log.lines("INFO").get(0);
            String entry = line.substring(line.indexOf("method=")).replaceAll("ms=[0-9.]+", "ms=1.204");
            Shown.text("AccessLogPageTest#use", entry);
        }
    }

    @Test
    void own() {
        List<String> lines = new ArrayList<>();
        App app = new App();
        // #region own
        app.use((req, res, next) -> {
            req.onEnd(outcome -> lines.add(req + " " + outcome.status() + " " + outcome.bytes()));
            return next.handle(req, res);
        });
        // #endregion own
        app.get("/", (req, res) -> res.text("hi"));
        TestClient.of(app).get("/");
        assertThat(lines).containsExactly("GET / 200 2");
    }
}
