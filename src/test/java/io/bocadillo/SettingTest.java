package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {

    private static Setting of(String value) {
        return of("app.value", value);
    }

    private static Setting of(String key, String value) {
        return Settings.of(Map.of(key, value)).get(key);
    }

    private static void expectRefused(Function<Setting, Object> reader, String value, String expected) {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> reader.apply(of(value)))
                .withMessage("setting 'app.value' (Settings.of): expected " + expected + ", got '" + value
                        + "'. Mend it there, or give another one in a source that comes before.")
                .withNoCause();
    }

    @Test
    void aValueIsReadAsWhatTheAppNeeds() {
        assertThat(of("a b").value()).isEqualTo("a b");
        assertThat(of("-7").asInt()).isEqualTo(-7);
        assertThat(of("9999999999").asLong()).isEqualTo(9_999_999_999L);
        assertThat(of("On").asBoolean()).isTrue();
        assertThat(of("90s").asDuration()).isEqualTo(Duration.ofSeconds(90));
        assertThat(of("10MiB").asBytes()).isEqualTo(10 << 20);
        assertThat(of("a, b,").asList()).containsExactly("a", "b");
        assertThat(of("").asList()).isEmpty();
        assertThat(of("milliseconds").as(TimeUnit.class)).isEqualTo(TimeUnit.MILLISECONDS);
        assertThat(of("5m").as(Duration.class)).isEqualTo(Duration.ofMinutes(5));
        assertThat(of("2026-11-22").as(LocalDate.class)).isEqualTo(LocalDate.of(2026, 11, 22));
        assertThat(of("1.50").as(BigDecimal.class)).isEqualTo(new BigDecimal("1.50"));
        assertThat(of("x").as(String.class)).isEqualTo("x");
    }

    @Test
    void whatDoesNotReadIsAStartupErrorThatNamesItsSource() {
        expectRefused(Setting::asInt, "7 apples", "a number");
        expectRefused(Setting::asInt, "9999999999", "a number");
        expectRefused(Setting::asLong, "", "a number");
        expectRefused(Setting::asBoolean, "perhaps", "true or false");
        expectRefused(Setting::asDuration, "30", "a duration like 250ms, 30s, 5m or PT30S");
        expectRefused(Setting::asDuration, "999999999999999999d", "a duration like 250ms, 30s, 5m or PT30S");
        expectRefused(Setting::asBytes, "ten", "a number of bytes like 512, 64KiB or 10MiB");
        expectRefused(setting -> setting.as(LocalDate.class), "22.11.2026", "an ISO 8601 LocalDate");
        expectRefused(setting -> setting.as(Plain.class), "blue", "one of red, light-green");
        expectRefused(setting -> setting.orElse(7), "seven", "a number");
    }

    private enum Plain {
        RED,
        LIGHT_GREEN
    }

    @Test
    void aValueThatIsMissingIsAStartupErrorThatSaysHowToGiveIt() {
        Setting missing = Settings.of(Map.of()).get("database.max-size");
        assertThat(missing.isPresent()).isFalse();
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(missing::asInt)
                .withMessage("setting 'database.max-size': expected a value, got none. Give it as"
                        + " --database.max-size=..., in the environment as DATABASE_MAX_SIZE, or in"
                        + " application.properties.");
        assertThat(missing).hasToString("database.max-size is not set");
    }

    @Test
    void aSettingTellsWhereItIsFrom() {
        assertThat(of("7").source()).isEqualTo("Settings.of");
        assertThat(of("7").where()).isEqualTo("setting 'app.value' (Settings.of)");
        Setting missing = Settings.defaults().get("app.value");
        assertThat(missing.source()).isEqualTo("default");
        assertThat(missing.where()).isEqualTo("setting 'app.value'");
    }

    @Test
    void aFallbackSaysHowTheValueIsRead() {
        Setting missing = Settings.defaults().get("app.value");
        assertThat(missing.orElse(10)).isEqualTo(10);
        assertThat(missing.orElse("x")).isEqualTo("x");
        assertThat(missing.orElse(List.of("a"))).containsExactly("a");
        assertThat(missing.orElse(Plain.RED)).isEqualTo(Plain.RED);
        assertThat(of("7").orElse(10)).isEqualTo(7);
        assertThat(of("7").orElse("x")).isEqualTo("7");
        assertThat(of("1m").orElse(Duration.ZERO)).isEqualTo(Duration.ofMinutes(1));
        assertThat(of("b,c").orElse(List.of("a"))).containsExactly("b", "c");
        assertThat(of("b,c").orElse(List.<String>of())).containsExactly("b", "c");
        assertThat(of("light-green").orElse(Plain.RED)).isEqualTo(Plain.LIGHT_GREEN);
        assertThat(of("").orElse("x")).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway")
    void aTypeThatNobodyKnowsIsAMistakeOfTheCode() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("x").as(Thread.class))
                .withMessage("Setting.as: expected a scalar, an enum or a class of java.time with a parse method, got"
                        + " 'java.lang.Thread'. Read value() and convert it.");
        assertThatIllegalArgumentException().isThrownBy(() -> of("x").orElse(new Object()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("x").orElse((Object) null))
                .withMessage("Setting.orElse: expected a fallback whose type says how to read 'app.value', got 'null'."
                        + " Ask isPresent().");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.secret", "DATABASE_PASSWORD", "github-token", "sessions.key", "credentials"})
    void aSecretIsInNoMessageAndNoPrint(String key) {
        Setting secret = of(key, "hidden");
        assertThat(secret).hasToString(key + "=*** (Settings.of)");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(secret::asInt)
                .withMessageContaining("expected a number, got '***'.")
                .withNoCause();
        assertThat(secret.value()).isEqualTo("hidden");
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://me:hidden@db/app, postgres://me:***@db/app",
        "jdbc:mysql://db/app?password=hidden, jdbc:mysql://db/app?password=***",
        "https://app.example:8443/a, https://app.example:8443/a"
    })
    void aPasswordInsideOfAValueIsMasked(String value, String masked) {
        Setting setting = of("database.url", value);
        assertThat(setting).hasToString("database.url=" + masked + " (Settings.of)");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(setting::asInt)
                .withMessageContaining("got '" + masked + "'");
    }

    @Test
    void aSecretThatAPluginDeclaresIsMaskedHoweverItIsRead() {
        Setting pin = of("found.pin", "hidden");
        assertThat(pin).hasToString("found.pin=*** (Settings.of)");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(pin::asDuration)
                .withMessageNotContaining("hidden");
    }

    @Test
    void aDeclaredSettingHasATypeAndADefault() {
        SettingKey<Integer> size =
                SettingKey.count("pool.size", 1, 64, "How many connections.").orElse(8);
        assertThat(Settings.defaults().get(size)).isEqualTo(8);
        assertThat(Settings.of(Map.of("pool.size", "16")).get(size)).isEqualTo(16);
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> Settings.of(Map.of("pool.size", "65")).get(size))
                .withMessageStartingWith(
                        "setting 'pool.size' (Settings.of): expected a whole number from 1 to 64, got '65'.");
        assertThat(size).hasToString("pool.size");
        assertThat(List.of(size.name(), size.type(), size.fallback(), size.description()))
                .containsExactly("pool.size", "number", "8", "How many connections.");
    }

    @Test
    void aDeclaredSettingWithoutADefaultIsRequiredOrSearchedFor() {
        SettingKey<String> url = SettingKey.text("database.url", "Where the data is.");
        assertThat(url.fallback()).isEmpty();
        assertThat(Settings.defaults().find(url)).isEmpty();
        assertThat(Settings.of(Map.of("database.url", "x")).find(url)).contains("x");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> Settings.defaults().get(url))
                .withMessageStartingWith("setting 'database.url': expected a value, got none.");
    }

    @Test
    void aDeclaredSettingMayBeOfAnyKind() {
        Settings settings = Settings.of(
                Map.of("flag", "on", "size", "1KiB", "time", "2h", "list", "a,b", "plain", "light-green", "text", "t"));
        assertThat(settings.get(SettingKey.flag("flag", ""))).isTrue();
        assertThat(settings.get(SettingKey.flag("none", ""))).isFalse();
        assertThat(settings.get(SettingKey.bytes("size", ""))).isEqualTo(1024);
        assertThat(settings.get(SettingKey.duration("time", ""))).isEqualTo(Duration.ofHours(2));
        assertThat(settings.get(SettingKey.list("list", ""))).containsExactly("a", "b");
        assertThat(settings.get(SettingKey.list("none", ""))).isEmpty();
        assertThat(settings.get(SettingKey.choice(Plain.class, "plain", ""))).isEqualTo(Plain.LIGHT_GREEN);
        assertThat(settings.get(SettingKey.text("text", ""))).isEqualTo("t");
        assertThat(SettingKey.count("number", "").type()).isEqualTo("number");
    }

    @Test
    void aDeclaredSecretIsMasked() {
        SettingKey<Integer> pin =
                SettingKey.count("app.pin", "Known to nobody.").secret();
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> Settings.of(Map.of("app.pin", "hidden")).get(pin))
                .withMessageContaining(
                        "setting 'app.pin' (Settings.of): expected a whole number, 0 or more, got '***'.");
    }

    @Test
    void anErrorOfSettingsNamesThoseThatAreGivenAndNoSecret() {
        SettingKey<String> pin = SettingKey.text("app.pin", "Known to nobody.").secret();
        SettingKey<String> url = SettingKey.text("app.url", "Where it is.");
        Settings settings = Settings.of(Map.of("app.pin", "hidden", "app.url", "db://me:unseen@db"));
        assertThat(StartupError.of(settings, "expected others, got 'hidden' and 'db://me:unseen@db'.", pin, url))
                .hasMessage(
                        "setting 'app.pin' (Settings.of), setting 'app.url' (Settings.of): expected others, got '***'"
                                + " and 'db://me:***@db'.");
        SettingKey<String> none = SettingKey.text("app.none", "Nothing.");
        assertThat(StartupError.of(settings, "expected one.", none, url))
                .hasMessage("setting 'app.url' (Settings.of): expected one.");
        assertThat(StartupError.of(settings, "expected one.", none)).hasMessage("setting 'app.none': expected one.");
    }

    @Test
    void aSettingThatNeedsAnotherIsNoMistakeUntilAPluginDeclaresIt() {
        SettingKey<Boolean> enabled = SettingKey.flag("shop", "Whether it is open.");
        SettingKey<Integer> size =
                SettingKey.count("shop.size", "How large it is.").needs(enabled);
        Settings settings = Settings.of(Map.of("shop.size", "7"));
        assertThat(settings.get(size)).isEqualTo(7);
        assertThat(settings.get(size.orElse(1).secret())).isEqualTo(7);
    }
}
