package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.App;
import io.bocadillo.StartupError;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

    private static TestClient client(String... hosts) {
        App app = new App();
        app.use(new AllowedHosts(hosts));
        app.get("/", (req, res) -> res.text(String.valueOf(req.host())));
        return TestClient.of(app);
    }

    private final TestClient client = client("app.example", "*.app.example", "192.0.2.1", "[2001:db8::1]");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app.example",
                "app.example:8000",
                "app.example:",
                "APP.Example",
                "app.example.",
                "www.app.example",
                "a.b.app.example:443",
                "my_host.app.example",
                "192.0.2.1:80",
                "[2001:db8::1]",
                "[2001:DB8::1]:8000"
            })
    void theHostsOfTheSiteAreServedWhateverThePort(String host) {
        TestResponse response = client.with("Host", host).get("/");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "app.example.evil.example",
                "evilapp.example",
                ".app.example",
                "..app.example",
                "a..app.example",
                "*.app.example",
                "app.example:80:80",
                "app.example:http",
                "app.example:123456",
                "app.example/evil",
                "app.example?evil",
                "app.example#evil",
                "app.example@evil.example",
                "127.0.0.1@evil.example",
                "user:pw@app.example",
                "app.example, evil.example",
                "app.example evil.example",
                "app.example\\evil",
                "app%2eexample",
                "192.0.2.2",
                "[2001:db8::2]",
                "[2001:db8::1",
                "2001:db8::1",
                "[2001:db8::1]evil",
                "[app.example]",
                "[::1%25lo]",
                "https://app.example"
            })
    void anyOtherIsRefused(String host) {
        TestResponse response = client.with("Host", host).get("/");
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("Host: expected one of this site, got '");
    }

    @Test
    void aWildcardIsNotTheDomainItself() {
        assertThat(client("*.app.example").with("Host", "app.example").get("/").status())
                .isEqualTo(400);
    }

    @Test
    void aNameOfAnyLengthIsRefused() {
        String host = "a.".repeat(50_000) + "app.example";
        assertThat(client.with("Host", host).get("/").status()).isEqualTo(400);
    }

    @Test
    void thePathsThatNobodyServesAreGuardedToo() {
        assertThat(client.with("Host", "evil.example").get("/none").status()).isEqualTo(400);
        assertThat(client.with("Host", "app.example").get("/none").status()).isEqualTo(404);
    }

    @Test
    void noHostIsToldOfTheOthers() {
        assertThat(client.with("Host", "evil.example").get("/").text()).doesNotContain("app.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.",
                "a*.example",
                "*.*.example",
                "app.example:8000",
                "app.example:",
                "https://app.example",
                "app.example/",
                "2001:db8::1",
                "*.[::1]x"
            })
    void whatIsNoHostIsRefusedAtOnce(String host) {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> new AllowedHosts(host))
                .withMessageStartingWith(
                        "AllowedHosts: expected a host like app.example or *.app.example, got '" + host + "'");
    }

    @Test
    void noHostAtAllIsRefusedAtOnce() {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(AllowedHosts::new)
                .withMessageStartingWith("AllowedHosts: expected a host, got none");
    }
}
