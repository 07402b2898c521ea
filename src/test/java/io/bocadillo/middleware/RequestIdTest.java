package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.App;
import io.bocadillo.StartupError;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private static TestClient client(RequestId requestId) {
        App app = new App();
        app.use(requestId);
        app.get("/", (req, res) -> res.text(RequestId.of(req)));
        app.get("/bug", (req, res) -> {
            throw new IllegalStateException("SECRET");
        });
        return TestClient.of(app);
    }

    @Test
    void aRequestWithoutOneGetsAnIdentifierOfItsOwn() {
        TestClient client = client(new RequestId());
        TestResponse first = client.get("/");
        assertThat(first.text()).matches(UUID);
        assertThat(first.header("X-Request-ID")).isEqualTo(first.text());
        assertThat(client.get("/").text()).isNotEqualTo(first.text());
    }

    @ParameterizedTest
    @CsvSource({"/, 200", "/none, 404", "/bug, 500"})
    void everyAnswerHasIt(String path, int status) {
        TestResponse response =
                client(new RequestId()).with("X-Request-ID", "abc").get(path);
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers().all("X-Request-ID")).containsExactly("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "7f3a-42", "Root=1-67891233-abcdef012345678912345678", "a.b_c~d:e/f+g=h@i"})
    void aValidOneIsKept(String id) {
        TestResponse response = client(new RequestId()).with("x-request-id", id).get("/");
        assertThat(response.text()).isEqualTo(id);
        assertThat(response.header("X-Request-ID")).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "${jndi:ldap://x}", "a\"b", "<script>", "a,b", "é"})
    void anyOtherIsReplaced(String id) {
        assertThat(client(new RequestId()).with("X-Request-ID", id).get("/").text())
                .matches(UUID);
    }

    @Test
    void aLongOneIsReplaced() {
        TestClient client = client(new RequestId());
        assertThat(client.with("X-Request-ID", "a".repeat(128)).get("/").text()).hasSize(128);
        assertThat(client.with("X-Request-ID", "a".repeat(129)).get("/").text()).matches(UUID);
    }

    @Test
    void itCanAlwaysBeANewOne() {
        assertThat(client(new RequestId().alwaysNew())
                        .with("X-Request-ID", "abc")
                        .get("/")
                        .text())
                .matches(UUID);
    }

    @Test
    void itCanBeInAnotherHeader() {
        TestResponse response = client(new RequestId().header("X-Correlation-ID"))
                .with("X-Correlation-ID", "abc")
                .get("/");
        assertThat(response.header("X-Correlation-ID")).isEqualTo("abc");
        assertThat(response.header("X-Request-ID")).isNull();
    }

    @Test
    void withoutTheMiddlewareThereIsNone() {
        App app = new App();
        app.get("/", (req, res) -> res.text(RequestId.of(req)));
        assertThat(TestClient.of(app).get("/").status()).isEqualTo(500);
    }

    @Test
    void aHeaderThatIsNoneIsRefusedAtOnce() {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> new RequestId().header("X Request"))
                .withMessageStartingWith("RequestId.header: expected a name like X-Request-ID, got 'X Request'");
    }
}
