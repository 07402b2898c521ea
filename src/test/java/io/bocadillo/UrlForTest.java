package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.testing.TestClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UrlForTest {

    private static final View VIEW = (req, res) -> res.empty();

    private final App app = new App();

    @Test
    void aParameterIsFilledIn() {
        app.get("/about/{who}", VIEW).name("about");
        assertThat(app.urlFor("about", Map.of("who", "me"))).isEqualTo("/about/me");
    }

    @Test
    void aValueOfAnyTypeIsWrittenAsText() {
        app.get("/items/{pk:int}", VIEW).name("item");
        assertThat(app.urlFor("item", Map.of("pk", 7))).isEqualTo("/items/7");
    }

    @Test
    void whatMayNotStandInAPathIsPercentEncoded() {
        app.get("/about/{who}", VIEW).name("about");
        assertThat(app.urlFor("about", Map.of("who", "café & co?#%"))).isEqualTo("/about/caf%C3%A9%20&%20co%3F%23%25");
    }

    @Test
    void aPathParameterKeepsItsSlashes() {
        app.get("/images/{location:path}", VIEW).name("image");
        assertThat(app.urlFor("image", Map.of("location", "2026/a b.png"))).isEqualTo("/images/2026/a%20b.png");
    }

    @Test
    void aRouteWithoutParametersNeedsNone() {
        app.get("courses", VIEW).name("courses");
        assertThat(app.urlFor("courses")).isEqualTo("/courses");
    }

    @Test
    void theUrlLeadsBackToTheRoute() {
        app.get("/{kind}/{name}.html", (req, res) -> res.text(req.param("kind") + "|" + req.param("name")))
                .name("page");
        TestClient client = TestClient.of(app);
        String url = app.urlFor("page", Map.of("kind", "ü;%", "name", "a.b"));
        assertThat(client.get(url).text()).isEqualTo("ü;%|a.b");
    }

    @Test
    void aViewCanAskForIt() {
        app.get("/", (req, res) -> res.redirect(app.urlFor("about", Map.of("who", "you"))));
        app.get("/about/{who}", VIEW).name("about");
        assertThat(TestClient.of(app).get("/").header("Location")).isEqualTo("/about/you");
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> app.urlFor("nowhere"))
                .withMessage(
                        "urlFor: expected the name of a route, got 'nowhere'. Give a route that name with name(...).");
    }

    @Test
    void aMissingParameterIsRefused() {
        app.get("/about/{who}", VIEW).name("about");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> app.urlFor("about"))
                .withMessageStartingWith("route '/about/{who}': expected a value for each of [who], got '[]'.");
    }

    @Test
    void aParameterThatTheRouteDoesNotHaveIsRefused() {
        app.get("/about/{who}", VIEW).name("about");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> app.urlFor("about", Map.of("who", "me", "what", "else")))
                .withMessageContaining("expected one of [who], got 'what'");
    }

    @Test
    void aValueThatTheRouteWouldNotMatchIsRefused() {
        app.get("/items/{pk:int}", VIEW).name("item");
        app.get("/about/{who}", VIEW).name("about");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> app.urlFor("item", Map.of("pk", "seven")))
                .withMessageContaining("for parameter 'pk', got 'seven'");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> app.urlFor("about", Map.of("who", "a/b")))
                .withMessageContaining("for parameter 'who', got 'a/b'");
    }
}
