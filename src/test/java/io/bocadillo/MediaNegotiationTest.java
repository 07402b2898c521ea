package io.bocadillo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaNegotiationTest {

    private static final Map<String, Integer> VALUE = Map.of("pk", 7);

    private final App app = new App();

    private TestClient client() {
        app.any("/", (req, res) -> res.media(VALUE));
        return TestClient.of(app);
    }

    private static MediaHandler prefixed(String prefix) {
        return value -> (prefix + value).getBytes(UTF_8);
    }

    @Test
    void aValueIsJsonUnlessTheAppSaysOtherwise() {
        TestResponse answer = client().get("/");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text()).isEqualTo("{\"pk\":7}");
        assertThat(answer.header("Vary")).isEqualTo("Accept");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, text/plain; charset=utf-8, {pk=7}",
        "text/html, text/html; charset=utf-8, {pk=7}",
        "TEXT/HTML, text/html; charset=utf-8, {pk=7}",
        "application/json, application/json, {\"pk\":7}",
        "application/hal+json, application/hal+json, {\"pk\":7}"
    })
    void theAppsOwnTypeIsWhatItSays(String type, String sent, String body) {
        app.mediaType(type);
        TestResponse answer = client().get("/");
        assertThat(answer.header("Content-Type")).isEqualTo(sent);
        assertThat(answer.text()).isEqualTo(body);
    }

    @Test
    void aHandlerReplacesTheOneThatIsThere() {
        app.mediaType("application/json", prefixed("own "));
        assertThat(client().get("/").text()).isEqualTo("own {pk=7}");
    }

    @Test
    void theCodecOfTheSettingsWritesJson() {
        App own = new App(Settings.defaults().json(new Json() {
            @Override
            public byte[] encode(Object value) {
                return "codec".getBytes(UTF_8);
            }

            @Override
            public <T> T decode(byte[] json, Type type) {
                throw new AssertionError();
            }
        }));
        own.get("/", (req, res) -> res.media(VALUE));
        assertThat(TestClient.of(own).get("/").text()).isEqualTo("codec");
    }

    /** RFC 9110, section 12.5.1; the table of all cases is that of the parser. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                                              | application/json
            */*                                             | application/json
            application/yaml                                | application/yaml
            application/yaml, application/json              | application/json
            application/yaml, application/json;q=0.9        | application/yaml
            application/*                                   | application/json
            application/json;q=0, */*                       | application/yaml
            text/csv;q=0.5, application/yaml;q=0.4          | text/csv;header=present
            text/csv;header=present                         | text/csv;header=present
            text/html, */*;q=0.1                            | application/json
            utter nonsense                                  | application/json
            application/json;q=nonsense, application/yaml   | application/yaml
            """)
    void theClientChoosesAmongThoseRegistered(String accept, String type) {
        app.mediaType("application/yaml", prefixed("yaml "));
        app.mediaType("text/csv;header=present", prefixed("csv "));
        TestResponse answer = client().with("Accept", accept).get("/");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(type);
        assertThat(answer.header("Vary")).isEqualTo("Accept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/plain", "image/*", "application/json;q=0", "*/*;q=0"})
    void whatNobodyHasRegisteredIsA406(String accept) {
        TestResponse answer = client().with("Accept", accept).get("/");
        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.header("Vary")).isEqualTo("Accept");
        assertThat(answer.text())
                .isEqualTo("{\"error\":\"406 Not Acceptable\",\"status\":406,"
                        + "\"detail\":\"Accept: expected one of application/json, got none of them.\"}");
    }

    /** What it depends on besides, as a middleware has said before (RFC 9110, section 12.5.5). */
    @Test
    void aRefusalStillSaysWhatElseTheAnswerDependsOn() {
        app.use((req, res, next) -> {
            res.headers().add("Vary", "Origin, ACCEPT-language").add("Vary", "Cookie");
            return next.handle(req, res);
        });
        TestResponse answer = client().with("Accept", "text/html").get("/");
        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.headers().all("Vary")).containsExactly("Origin, ACCEPT-language, Cookie, Accept");
    }

    @Test
    void headIsNegotiatedAsGetIs() {
        app.mediaType("application/yaml", prefixed("yaml "));
        TestClient client = client().with("Accept", "application/yaml");
        assertThat(client.head("/").headers().toString())
                .isEqualTo(client.get("/").headers().toString());
    }

    @Test
    void aTypeThatIsSetIsNotNegotiated() {
        app.mediaType("application/yaml", prefixed("yaml "));
        app.get(
                "/set",
                (req, res) -> res.header("Content-Type", "application/yaml").media(VALUE));
        app.get(
                "/problem",
                (req, res) ->
                        res.header("Content-Type", "application/problem+json").media(VALUE));
        app.get(
                "/unknown",
                (req, res) -> res.header("Content-Type", "image/png").media(VALUE));
        TestClient client = client().with("Accept", "application/json");
        TestResponse set = client.get("/set");
        assertThat(set.text()).isEqualTo("yaml {pk=7}");
        assertThat(set.header("Vary")).isNull();
        assertThat(client.get("/problem").text()).isEqualTo("{\"pk\":7}");
        assertThat(client.get("/unknown").status()).isEqualTo(500);
    }

    @Test
    void theLastAnswerWins() {
        app.mediaType("application/yaml", prefixed("yaml "));
        app.get("/twice", (req, res) -> {
            res.media(VALUE);
            return res.text("text");
        });
        TestResponse answer = client().with("Accept", "application/yaml").get("/twice");
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.text()).isEqualTo("text");
    }

    @Test
    void whatAHandlerThrowsGoesToTheErrorHandlers() {
        app.mediaType("a/b", value -> {
            throw new HttpError(409);
        });
        app.mediaType("c/d", value -> {
            throw new IOException("no");
        });
        app.onError(
                IllegalArgumentException.class, (req, res, e) -> res.status(422).text(e.getMessage()));
        TestClient client = client();
        assertThat(client.with("Accept", "a/b").get("/").status()).isEqualTo(409);
        TestResponse checked = client.with("Accept", "c/d").get("/");
        assertThat(checked.status()).isEqualTo(422);
        assertThat(checked.text())
                .isEqualTo("media: expected a value that can be written as c/d, got 'java.io.IOException: no'."
                        + " Mend what its handler refuses.");
    }

    @Test
    void nullIsAValue() {
        app.get("/null", (req, res) -> res.media(null));
        assertThat(TestClient.of(app).get("/null").text()).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "json", "application/", "/json", "a/b/c", "text/html\r\nX: y", "text/html; charset=\u00e9"})
    void aTypeThatIsNoneIsAnErrorAtOnce(String type) {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> app.mediaType(type))
                .withMessageMatching(
                        "(?s)mediaType \\(MediaNegotiationTest.java:\\d+\\): expected a type like 'application/yaml', got '.*'\\. Write type/subtype, .*");
        assertThatExceptionOfType(StartupError.class).isThrownBy(() -> app.mediaType(type, MediaHandler.text()));
    }

    @Test
    void anAppWithoutAHandlerForItsTypeDoesNotStart() {
        app.mediaType("application/yaml");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> TestClient.of(app))
                .withMessageMatching("mediaType \\(MediaNegotiationTest\\.java:\\d+\\): expected a type with a handler,"
                        + " got 'application/yaml'\\. Register one with app\\.mediaType\\(type, handler\\)\\.");
        App other = new App();
        other.mediaType("application/yaml");
        other.mediaType("application/yaml", prefixed(""));
        other.get("/", (req, res) -> res.media(VALUE));
        assertThat(TestClient.of(other).get("/").header("Content-Type")).isEqualTo("application/yaml");
    }

    @Test
    void typesAreRegisteredBeforeTheStart() {
        TestClient.of(app);
        assertThatIllegalStateException().isThrownBy(() -> app.mediaType("text/plain"));
        assertThatIllegalStateException().isThrownBy(() -> app.mediaType("text/plain", MediaHandler.text()));
    }
}
