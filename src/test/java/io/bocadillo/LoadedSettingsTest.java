package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.settings.Layer;
import io.bocadillo.settings.Surroundings;
import io.bocadillo.settings.Variables;
import io.bocadillo.testing.TestClient;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings from what is around an app; how sources are read is in {@code LayersTest}. */
class LoadedSettingsTest {

    @TempDir
    Path directory;

    private Settings load(Map<String, String> environment, String... arguments) {
        ClassLoader nothing = new URLClassLoader(new URL[0], null);
        Surroundings around = new Surroundings(Map.of(), environment, directory, nothing);
        return Settings.of(Sources.read(around, List.of(), arguments));
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, 5s, PT5S",
        "body-idle-timeout, 1m, PT1M",
        "write-idle-timeout, 2m, PT2M",
        "grace-period, 0, PT0S",
        "event-heartbeat, 500ms, PT0.5S",
        "max-body, 2MiB, 2097152",
        "max-upload, 1GiB, 1073741824",
        "max-form-fields, 10, 10",
        "max-parts, 11, 11",
        "max-part-size, 64KiB, 65536",
        "max-part-headers, 4KiB, 4096",
        "redirect-trailing-slash, false, false",
        "allow-shadowed-routes, yes, true",
        "static-files, no, false",
    })
    void everySettingOfTheFrameworkHasAKey(String key, String text, String value) {
        FrameworkSetting<?> setting = FrameworkSetting.ALL.stream()
                .filter(declared -> declared.key().name().equals(key))
                .findFirst()
                .orElseThrow();
        Settings loaded = load(Map.of(), "--" + key + "=" + text);
        assertThat(setting.getter().apply(loaded)).hasToString(value);
        assertThat(setting.getter().apply(Settings.defaults())).asString().isNotEqualTo(value);
        for (FrameworkSetting<?> other : FrameworkSetting.ALL) {
            if (other != setting) {
                assertThat(other.getter().apply(loaded))
                        .as(other.key().name())
                        .isEqualTo(other.getter().apply(Settings.defaults()));
            }
        }
    }

    /** All but the three that no text can be. */
    @Test
    void noSettingOfTheFrameworkIsWithoutAKey() {
        List<String> setters = Stream.of(Settings.class.getMethods())
                .filter(method -> method.getReturnType() == Settings.class && method.getParameterCount() == 1)
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .filter(name -> !List.of("executor", "json", "templates").contains(name))
                .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .toList();
        List<String> keys = FrameworkSetting.ALL.stream()
                .map(setting -> setting.key().name())
                .toList();
        assertThat(keys).containsExactlyInAnyOrderElementsOf(setters);
    }

    @Test
    void everyDefaultOfTheReferenceCanBeWritten() {
        Settings plain = Settings.of(Map.of());
        for (SettingKey<?> key : plain.declared()) {
            if (!key.fallback().isEmpty()) {
                Object written = Settings.of(Map.of(key.name(), key.fallback())).get(key);
                assertThat(written).as(key.name()).isEqualTo(plain.get(key));
            }
        }
        assertThat(Settings.of(Map.of("max-part-size", "none")).maxPartSize()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatIsNotGivenHasItsDefault() {
        assertThat(load(Map.of()).timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aSetterComesBeforeTheSources() {
        Settings loaded = load(Map.of("BOCADILLO_TIMEOUT", "5s", "BOCADILLO_MAX_BODY", "1KiB"))
                .timeout(Duration.ofSeconds(7));
        assertThat(loaded.timeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(loaded.maxBody()).isEqualTo(1024);
    }

    @Test
    void aValueThatCannotBeNamesItsSource() {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> load(Map.of("BOCADILLO_MAX_BODY", "10 megs")))
                .withMessage("setting 'max-body' (environment variable BOCADILLO_MAX_BODY): expected a number of bytes"
                        + " like 512, 64KiB or 10MiB, got '10 megs'. Mend it there, or give another one in a source that comes"
                        + " before.");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> load(Map.of(), "--timeout", "5s"))
                .withMessageStartingWith(
                        "setting 'timeout' (argument --timeout): expected a duration like 250ms, 30s, 5m or PT30S, got"
                                + " 'true'.");
    }

    @Test
    void aSourceThatIsMalformedIsAStartupError() throws IOException {
        Files.writeString(directory.resolve(".env"), "PASSWORD");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> load(Map.of()))
                .withMessage(
                        ".env, line 1: expected NAME=value, got something else. Write one variable in each line, or a"
                                + " # before a comment.");
    }

    @Test
    void aServerHasTheLastWord() {
        List<Layer> last = List.of(new Layer("of the server", Map.of("timeout", "5s", "max-parts", "3")));
        Settings loaded = Settings.load(last, "--timeout=6s");
        assertThat(loaded.timeout()).isEqualTo(Duration.ofSeconds(6));
        assertThat(loaded.maxParts()).isEqualTo(3);
    }

    @Test
    void theProcessIsReadWithoutMore() {
        assertThat(Settings.load().get("java.version").value()).isEqualTo(System.getProperty("java.version"));
        assertThat(Settings.load("--max-parts=4").maxParts()).isEqualTo(4);
    }

    @Test
    void anAppHasItsOwnSettingsBesides() {
        App app = new App(load(Map.of("GREETING_NAME", "Ada"), "--greeting.times=2"));
        String greeting = "Hello " + app.settings().get("greeting.name");
        app.get("/", (req, res) -> res.text(greeting));
        assertThat(TestClient.of(app).get("/").text())
                .isEqualTo("Hello greeting.name=Ada (environment variable GREETING_NAME)");
        assertThat(app.settings().get("greeting.times").asInt()).isEqualTo(2);
    }

    @Test
    void settingsArePrintedWithTheirSourcesAndWithoutSecrets() throws IOException {
        Files.writeString(
                directory.resolve("application.properties"),
                "max-body=2MiB\nmax-parts=100\ndatabase.url=db://me:hidden@db/app\ndatabase.password=hidden\nfound.pin=hidden");
        Settings loaded = load(Map.of("BOCADILLO_FOUND_NAME", "x", "PATH", "/bin"), "--env=test", "--gzip-all")
                .timeout(Duration.ofMinutes(1))
                .maxPartSize(Long.MAX_VALUE);
        assertThat(loaded.toString().lines())
                .containsExactly(
                        "allow-shadowed-routes=false (default)",
                        "body-idle-timeout=30s (default)",
                        "database.password=*** (application.properties)",
                        "database.url=db://me:***@db/app (application.properties)",
                        "env=test (argument --env)",
                        "event-heartbeat=15s (default)",
                        "found.name=x (environment variable BOCADILLO_FOUND_NAME)",
                        "found.pin=*** (application.properties)",
                        "grace-period=30s (default)",
                        "gzip-all=true (argument --gzip-all)",
                        "max-body=2MiB (application.properties)",
                        "max-form-fields=1000 (default)",
                        "max-part-headers=2KiB (default)",
                        "max-part-size=none (default)",
                        "max-parts=100 (application.properties)",
                        "max-upload=10MiB (default)",
                        "redirect-trailing-slash=true (default)",
                        "static-files=true (default)",
                        "timeout=1m (code)",
                        "write-idle-timeout=1m (default)");
    }

    @Test
    void settingsOfTheCodeArePrintedToo() {
        assertThat(Settings.defaults().maxParts(7).toString().lines())
                .hasSize(FrameworkSetting.ALL.size())
                .contains("max-parts=7 (code)", "timeout=30s (default)");
    }

    @Test
    void everythingIsDeclaredOnceWithADescription() {
        List<SettingKey<?>> declared = Settings.of(Map.of()).declared();
        assertThat(declared.stream().map(SettingKey::name))
                .doesNotHaveDuplicates()
                .startsWith("timeout", "body-idle-timeout")
                .contains("env", "server.host", "server.port", "found.name");
        assertThat(declared).allSatisfy(key -> {
            assertThat(key.name()).matches("[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)*");
            assertThat(key.description()).matches("[^|\\n]+\\.");
        });
        assertThat(declared.stream().map(key -> Variables.of(key.name()))).doesNotHaveDuplicates();
        assertThat(Settings.defaults().declared())
                .hasSize(FrameworkSetting.ALL.size() + FrameworkSetting.OF_BATTERIES.size() + 3);
    }

    @Test
    void theSecretsOfOursAreThese() {
        assertThat(Settings.of(Map.of()).declared().stream()
                        .filter(SettingKey::isSecret)
                        .map(SettingKey::name))
                .containsExactlyInAnyOrder(
                        "cors.allow-credentials", "sessions.key", "sessions.older-keys", "found.pin");
    }

    /** GZIP holds options of gzip(1), Kubernetes sets SERVER_PORT for a service of that name, ENV is a script of shells. */
    @Test
    void variablesOfOtherProgramsAreNotOurs() {
        Map<String, String> foreign = Map.of(
                "GZIP", "-9", "TIMEOUT", "never", "CSRF", "?", "SERVER_PORT", "tcp://10.0.0.1:80", "ENV", "/etc/shrc");
        try (CapturedLog log = new CapturedLog()) {
            Settings loaded = load(foreign);
            started(new App(loaded));
            assertThat(loaded.find(EmbeddedServer.PORT)).isEmpty();
            assertThat(loaded.timeout()).isEqualTo(Duration.ofSeconds(30));
            assertThat(loaded.get("gzip").isPresent()).isFalse();
            assertThat(log.text()).isEmpty();
        }
    }

    @Test
    void variablesOfOursHaveAPrefixAndThoseOfTheAppAndOthersHaveNone() {
        Settings loaded = load(Map.of(
                "BOCADILLO_GZIP_LEVEL", "9", "BOCADILLO_SERVER_PORT", "81", "BOCADILLO_ENV", "test", "SHOP_NAME", "x"));
        assertThat(loaded.get("gzip.level")).hasToString("gzip.level=9 (environment variable BOCADILLO_GZIP_LEVEL)");
        assertThat(loaded.find(EmbeddedServer.PORT)).contains(81);
        assertThat(loaded.get("env").value()).isEqualTo("test");
        assertThat(loaded.get("shop.name").value()).isEqualTo("x");
        assertThat(load(Map.of("BOCADILLO_SHOP_NAME", "x")).get("shop.name").isPresent())
                .isFalse();
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> loaded.get("sessions.key").value())
                .withMessageContaining("in the environment as BOCADILLO_SESSIONS_KEY, or in application.properties.");
    }

    @Test
    void aSecretThatWasForgottenIsNoWayToDoWithoutSessions() {
        Settings loaded =
                load(Map.of("BOCADILLO_SESSIONS_KEY", "", "BOCADILLO_ALLOWED_HOSTS", "a.example", "SHOP", " "));
        assertThat(loaded.get("shop").isPresent()).isFalse();
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> new App(loaded))
                .withMessageContaining("BOCADILLO_SESSIONS_KEY");
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> new App(load(Map.of("BOCADILLO_ALLOWED_HOSTS", ""))))
                .withMessageContaining("BOCADILLO_ALLOWED_HOSTS");
    }

    private static void started(App app) {
        app.start();
        app.stop();
    }

    @Test
    void aKeyThatLooksLikeAKnownOneIsAWarning() throws IOException {
        Files.writeString(
                directory.resolve("application.properties"),
                "found.nam=x\nmax-bdoy=1\ndatabase.url=db\nname=hidden\nMAX_UPLOAD=1");
        try (CapturedLog log = new CapturedLog()) {
            started(new App(load(Map.of("TIMOUT", "1s"), "--timout=1s", "--max-body=1")));
            assertThat(log.lines("WARN"))
                    .satisfiesExactlyInAnyOrder(
                            line -> assertThat(line)
                                    .contains(
                                            "setting 'found.nam' (application.properties): expected a known one, got one"
                                                    + " that nothing reads. Is it 'found.name'?"),
                            line -> assertThat(line).contains("'max-bdoy' (application.properties)", "'max-body'?"),
                            line -> assertThat(line).contains("'MAX_UPLOAD' (application.properties)", "'max-upload'?"),
                            line -> assertThat(line).contains("'timout' (argument --timout)", "'timeout'?"));
        }
    }

    @Test
    void aVariableWithThePrefixThatNobodyKnowsAndOneWithoutItInDotEnvAreWarnings() throws IOException {
        Files.writeString(directory.resolve(".env"), "MAX_BODY=1KiB\nBOCADILLO_GZPI=on\nDATABASE_URL=hidden");
        try (CapturedLog log = new CapturedLog()) {
            started(new App(load(Map.of("BOCADILLO_TIMOUT", "1s", "MAX_UPLOAD", "1", "BOCADILLO_MAX_PARTS", "9"))));
            assertThat(log.lines("WARN"))
                    .satisfiesExactlyInAnyOrder(
                            line -> assertThat(line).contains("'MAX_BODY' (.env)", "Is it 'BOCADILLO_MAX_BODY'?"),
                            line -> assertThat(line).contains("'BOCADILLO_GZPI' (.env)", "Is it 'BOCADILLO_GZIP'?"),
                            line -> assertThat(line)
                                    .contains(
                                            "'BOCADILLO_TIMOUT' (environment variable BOCADILLO_TIMOUT)",
                                            "Is it 'BOCADILLO_TIMEOUT'?"));
            assertThat(log.text()).doesNotContain("hidden");
        }
    }

    @Test
    void knownKeysAndThoseOfTheAppAreNoWarning() {
        try (CapturedLog log = new CapturedLog()) {
            started(new App(load(
                    Map.of("CORS", "1"), "--timeout=1s", "--env=test", "--server.port=1", "--greeting=hi", "--found")));
            assertThat(log.text()).isEmpty();
        }
    }

    @Test
    void whatAPluginOrAMountedAppDeclaresIsKnownAndEachWarningIsThereOnce() {
        SettingKey<String> key = SettingKey.text("max-bdoy", "Another thing.");
        Settings settings = load(Map.of(), "--max-bdoy=1", "--max-prats=1");
        App inner = new App(settings);
        inner.plugin(declaring(key));
        App app = new App(settings);
        app.mount("/inner", inner);
        try (CapturedLog log = new CapturedLog()) {
            started(app);
            started(app);
            assertThat(log.lines("WARN")).singleElement().asString().contains("'max-prats'", "'max-parts'?");
        }
    }

    private static Plugin declaring(SettingKey<?>... keys) {
        return new Plugin() {
            @Override
            public void install(App app) {}

            @Override
            public boolean isEnabled(Settings settings) {
                return false;
            }

            @Override
            public List<SettingKey<?>> settings() {
                return List.of(keys);
            }
        };
    }

    @Test
    void whatAPluginInCodeDeclaresIsKnownMaskedAndPrinted() {
        SettingKey<String> pin = SettingKey.text("shop.pin", "Known to nobody.").secret();
        SettingKey<Integer> size = SettingKey.count("shop.size", "How large it is.");
        Settings loaded = load(Map.of("SHOP_PIN", "hidden", "SHOP_SIZE", "7"));
        App app = new App(loaded);
        app.plugin(declaring(pin, size));
        assertThat(app.settings().toString())
                .contains("shop.pin=*** (environment variable SHOP_PIN)", "shop.size=7 (")
                .doesNotContain("hidden");
        assertThat(app.settings().get("shop.pin").toString()).doesNotContain("hidden");
        assertThat(app.settings().declared()).contains(pin, size);
        assertThat(app.settings().get(size)).isEqualTo(7);
        assertThat(loaded.declared()).doesNotContain(pin);
    }

    @Test
    void ofTwoThatDeclareAKeyTheSecretCounts() {
        App app = new App(load(Map.of("SHOP_PIN", "hidden")));
        app.plugin(declaring(SettingKey.text("shop.pin", "One.")));
        app.plugin(declaring(SettingKey.text("shop.pin", "Two.").secret()));
        app.plugin(declaring(SettingKey.text("shop.pin", "Three.")));
        assertThat(app.settings().get("shop.pin").toString()).contains("***").doesNotContain("hidden");
    }
}
