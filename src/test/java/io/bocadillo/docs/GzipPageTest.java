package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.ContentCoding;
import io.bocadillo.Events;
import io.bocadillo.middleware.Gzip;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import org.junit.jupiter.api.Test;

class GzipPageTest {

    private static TestResponse zipped(App app, String path) {
        return TestClient.of(app).with("Accept-Encoding", "gzip").get(path);
    }

    @Test
    void use() {
        App app = new App();
        // #region use
        app.use(new Gzip());
        // #endregion use
        app.get("/", (req, res) -> res.text("x".repeat(5000)));
        assertThat(zipped(app, "/").header("Content-Encoding")).isEqualTo("gzip");
    }

    @Test
    void settings() {
        App app = new App();
        // #region settings
        app.use(new Gzip().minSize(500).level(9).types(type -> type.startsWith("text/")));
        // #endregion settings
        app.get("/", (req, res) -> res.text("x".repeat(600)));
        app.get("/json", (req, res) -> res.json("x".repeat(600)));
        assertThat(zipped(app, "/").header("Content-Encoding")).isEqualTo("gzip");
        assertThat(zipped(app, "/json").header("Content-Encoding")).isNull();
    }

    @Test
    void events() {
        App app = new App();
        // #region events
        app.use(new Gzip().types(type -> !type.startsWith("text/event-stream") && ContentCoding.isCompressible(type)));
        // #endregion events
        app.get("/", (req, res) -> res.text("x".repeat(5000)));
        app.get("/events", (req, res) -> res.events(Events::close));
        assertThat(zipped(app, "/").header("Content-Encoding")).isEqualTo("gzip");
        TestResponse events = zipped(app, "/events");
        assertThat(events.header("Content-Type")).startsWith("text/event-stream");
        assertThat(events.header("Content-Encoding")).isNull();
    }

    @Test
    void not() {
        App app = new App();
        app.use(new Gzip());
        // #region not
        app.get("/account", (req, res) -> res.html("x".repeat(5000)))
                .after((req, res) -> res.header("Cache-Control", "no-transform"));
        // #endregion not
        assertThat(zipped(app, "/account").header("Content-Encoding")).isNull();
    }
}
