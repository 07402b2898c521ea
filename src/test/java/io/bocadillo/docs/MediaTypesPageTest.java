package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.MediaHandler;
import io.bocadillo.testing.TestClient;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

class MediaTypesPageTest {

    record Course(int pk, String title) {}

    @Test
    void media() {
        App app = new App();
        // #region media
        app.get(
                "/courses/{pk}",
                (req, res) -> res.media(new Course(req.param("pk").asInt(), "Tacos")));
        // #endregion media
        Shown.console("MediaTypesPageTest#media", app);
    }

    @Test
    void yaml() {
        App app = new App();
        // #region yaml
        YAMLMapper yaml = new YAMLMapper();
        app.mediaType("application/yaml", yaml::writeValueAsBytes);
        app.get(
                "/courses/{pk}",
                (req, res) -> res.media(new Course(req.param("pk").asInt(), "Tacos")));
        // #endregion yaml
        Shown.console("MediaTypesPageTest#yaml", app);
    }

    @Test
    void standard() {
        App app = new App();
        // #region standard
        app.mediaType("text/plain");
        app.get("/", (req, res) -> res.media(Map.of("hello", "world")));
        // #endregion standard
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("{hello=world}");
    }

    @Test
    void text() {
        App app = new App();
        // #region text
        app.mediaType("text/plain", MediaHandler.text());
        // #endregion text
        app.get("/", (req, res) -> res.media(new TreeMap<>(Map.of("a", 1))));
        assertThat(TestClient.of(app).with("Accept", "text/plain").get("/").text())
                .isEqualTo("{a=1}");
    }

    @Test
    void set() {
        App app = new App();
        app.mediaType("application/yaml", new YAMLMapper()::writeValueAsBytes);
        // #region set
        app.get(
                "/openapi.yaml",
                (req, res) -> res.header("Content-Type", "application/yaml").media(Map.of("openapi", "3.1.0")));
        // #endregion set
        assertThat(TestClient.of(app)
                        .with("Accept", "application/json")
                        .get("/openapi.yaml")
                        .text())
                .contains("openapi: \"3.1.0\"");
    }
}
