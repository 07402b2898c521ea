package io.bocadillo.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @Test
    void withoutPortItIsPort8000OfThisMachineAlone() {
        assertThat(Address.of(null, null, Map.of())).isEqualTo(new Address("127.0.0.1", 8000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void anEmptyPortIsNone(String port) {
        assertThat(Address.of(null, null, Map.of("PORT", port))).isEqualTo(new Address("127.0.0.1", 8000));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "80, 80", "' 8080 ', 8080", "65535, 65535"})
    void withPortItIsThatPortOfAllAddresses(String text, int port) {
        assertThat(Address.of(null, null, Map.of("PORT", text))).isEqualTo(new Address("0.0.0.0", port));
    }

    @Test
    void whatIsGivenComesBeforePort() {
        Map<String, String> environment = Map.of("PORT", "9000");
        assertThat(Address.of(null, 80, environment)).isEqualTo(new Address("127.0.0.1", 80));
        assertThat(Address.of("::1", 80, environment)).isEqualTo(new Address("::1", 80));
        assertThat(Address.of("127.0.0.1", null, environment)).isEqualTo(new Address("127.0.0.1", 9000));
    }

    @Test
    void aBadPortIsNoneOfTheBusinessOfWhoeverGivesOne() {
        assertThat(Address.of(null, 80, Map.of("PORT", "http"))).isEqualTo(new Address("127.0.0.1", 80));
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
        assertThat(Address.of(null, null, Settings.defaults(), environment)).isEqualTo(new Address("0.0.0.0", 9000));
    }

    @Test
    void portAmongTheSettingsIsThatOfAllAddressesToo() {
        Settings settings = Settings.of(Map.of("server.port", "9000"));
        Map<String, String> environment = Map.of("PORT", "9000");
        assertThat(Address.of(null, null, settings, environment)).isEqualTo(new Address("0.0.0.0", 9000));
        assertThat(Address.of(null, 9000, settings, environment)).isEqualTo(new Address("127.0.0.1", 9000));
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
                .isThrownBy(() -> Address.of(null, null, Map.of("PORT", port)))
                .withMessage("PORT: expected a number from 0 to 65535, got '" + port + "'. Mend the environment.");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, http://127.0.0.1:80", "localhost, http://localhost:80", "::1, http://[::1]:80"})
    void itsUrlCanBeOpened(String host, String url) {
        assertThat(new Address(host, 80).url()).isEqualTo(url);
    }
}
