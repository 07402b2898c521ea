package io.bocadillo.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import io.bocadillo.settings.Layer;
import io.bocadillo.settings.Layers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    private static final Settings NONE = Settings.defaults();

    private static Settings loaded(Layer... layers) {
        return Settings.load(List.of(layers));
    }

    private static Layer port(String source, String port) {
        return new Layer(source, Map.of("server.port", port));
    }

    private static Address of(Map<String, String> environment) {
        return Address.of(null, null, NONE, environment);
    }

    @Test
    void withoutPortItIsPort8000OfThisMachineAlone() {
        assertThat(of(Map.of())).isEqualTo(new Address("127.0.0.1", 8000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void anEmptyPortIsNone(String port) {
        assertThat(of(Map.of("PORT", port))).isEqualTo(new Address("127.0.0.1", 8000));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "80, 80", "' 8080 ', 8080", "08080, 8080", "65535, 65535"})
    void withPortItIsThatPortOfAllAddresses(String text, int port) {
        assertThat(of(Map.of("PORT", text))).isEqualTo(new Address("0.0.0.0", port));
    }

    @Test
    void whatIsGivenComesBeforePort() {
        Map<String, String> environment = Map.of("PORT", "9000");
        assertThat(Address.of(null, 80, NONE, environment)).isEqualTo(new Address("127.0.0.1", 80));
        assertThat(Address.of("::1", 80, NONE, environment)).isEqualTo(new Address("::1", 80));
        assertThat(Address.of("127.0.0.1", null, NONE, environment)).isEqualTo(new Address("127.0.0.1", 9000));
    }

    @Test
    void aBadPortIsNoneOfTheBusinessOfWhoeverGivesOne() {
        assertThat(Address.of(null, 80, NONE, Map.of("PORT", "http"))).isEqualTo(new Address("127.0.0.1", 80));
        assertThat(Address.of(null, 80, loaded(port(Layers.PLATFORM, "http")), Map.of()))
                .isEqualTo(new Address("127.0.0.1", 80));
    }

    @Test
    void whatTheSettingsSayComesAfterTheCodeAndBeforePort() {
        Settings settings = Settings.of(Map.of("server.host", "::1", "server.port", "9001"));
        Map<String, String> environment = Map.of("PORT", "9000");
        assertThat(Address.of(null, null, settings, environment)).isEqualTo(new Address("::1", 9001));
        assertThat(Address.of("localhost", 80, settings, environment)).isEqualTo(new Address("localhost", 80));
        Settings port = Settings.of(Map.of("server.port", "9001"));
        assertThat(Address.of(null, null, port, environment)).isEqualTo(new Address("127.0.0.1", 9001));
        Settings host = Settings.of(Map.of("server.host", "::1"));
        assertThat(Address.of(null, null, host, environment)).isEqualTo(new Address("::1", 9000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9000", "09000"})
    void portAmongTheSettingsIsThatOfAllAddressesToo(String port) {
        Settings settings = loaded(port(Layers.PLATFORM, port));
        Map<String, String> environment = Map.of("PORT", port);
        assertThat(Address.of(null, null, settings, environment)).isEqualTo(new Address("0.0.0.0", 9000));
        assertThat(Address.of("::1", null, settings, environment)).isEqualTo(new Address("::1", 9000));
        assertThat(Address.of(null, 9000, settings, environment)).isEqualTo(new Address("127.0.0.1", 9000));
    }

    @Test
    void aPortOfTheSettingsThatHappensToBeThatOfThePlatformIsOfThisMachineAlone() {
        Map<String, String> environment = Map.of("PORT", "9000");
        for (String source : List.of("argument --server.port", "PORT in .env", "application.properties")) {
            Settings settings = loaded(port(source, "9000"), port(Layers.PLATFORM, "9000"));
            assertThat(Address.of(null, null, settings, environment))
                    .as(source)
                    .isEqualTo(new Address("127.0.0.1", 9000));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "-1", "65536", ""})
    void aPortOfTheSettingsThatIsNoneIsAStartupError(String port) {
        Settings settings = Settings.of(Map.of("server.port", port));
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> Address.of(null, null, settings, Map.of()))
                .withMessageStartingWith(
                        "setting 'server.port' (Settings.of): expected a whole number from 0 to 65535, got '" + port
                                + "'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "-1", "65536", "80 81", "8000.5", "0x50", "99999999999"})
    void aBadPortIsAStartupErrorThatSaysWhatIsExpected(String port) {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> of(Map.of("PORT", port)))
                .withMessage("PORT: expected a number from 0 to 65535, got '" + port + "'. Mend the environment.");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, http://127.0.0.1:80", "localhost, http://localhost:80", "::1, http://[::1]:80"})
    void itsUrlCanBeOpened(String host, String url) {
        assertThat(new Address(host, 80).url()).isEqualTo(url);
    }
}
