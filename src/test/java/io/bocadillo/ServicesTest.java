package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.testing.TestClient;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose {@code META-INF/services} are looked at, where Bocadillo and the app have class loaders of their own. */
class ServicesTest {

    private static final ClassLoader OWN = Services.class.getClassLoader();

    /** What is in a WAR whose Bocadillo is elsewhere. */
    @TempDir
    Path classes;

    private static <T> T with(@Nullable ClassLoader loader, Supplier<T> made) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return made.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private URLClassLoader war(ClassLoader parent) throws IOException {
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, parent);
    }

    private void name(Class<?> service, String provider) throws IOException {
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve(service.getName()), provider + "\n");
    }

    private void addShopPlugin() throws IOException {
        Path source = classes.resolve("ShopPlugin.java");
        Files.writeString(source, """
                import io.bocadillo.App;
                import io.bocadillo.Plugin;

                public final class ShopPlugin implements Plugin {
                    public void install(App app) {
                        app.get("/shop", (req, res) -> res.text("open"));
                    }
                }
                """);
        List<String> arguments = List.of(
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        name(Plugin.class, "ShopPlugin");
    }

    private static App app() {
        return new App(Settings.of(Map.of("found", "true")));
    }

    private static List<String> namesOfPlugins() {
        return Services.of(Plugin.class)
                .map(provider -> provider.type().getSimpleName())
                .toList();
    }

    @Test
    void aPluginOfTheWebAppIsFoundBesideThoseOfTheClassLoaderAroundIt() throws IOException {
        addShopPlugin();
        List<String> around = with(OWN, ServicesTest::namesOfPlugins);
        assertThat(around).contains("FoundPlugin").doesNotContain("ShopPlugin");
        try (URLClassLoader war = war(OWN)) {
            assertThat(with(war, ServicesTest::namesOfPlugins))
                    .containsAll(around)
                    .contains("ShopPlugin")
                    .doesNotHaveDuplicates();
            App app = with(war, ServicesTest::app);
            TestClient client = TestClient.of(app);
            assertThat(client.get("/shop").text()).isEqualTo("open");
            assertThat(client.get("/shop").header("Found")).isEqualTo("found");
        }
        assertThat(TestClient.of(app()).get("/shop").status()).isEqualTo(404);
    }

    @Test
    void withoutAClassLoaderOfTheThreadOursIsAsked() {
        List<String> own = with(OWN, ServicesTest::namesOfPlugins);
        assertThat(with(null, ServicesTest::namesOfPlugins)).isEqualTo(own);
    }

    @Test
    void aClassLoaderThatKnowsNoBocadilloHasNothingForIt() throws IOException {
        List<String> own = with(OWN, ServicesTest::namesOfPlugins);
        addShopPlugin();
        try (URLClassLoader war = war(ClassLoader.getPlatformClassLoader())) {
            assertThat(with(war, ServicesTest::namesOfPlugins)).isEqualTo(own);
        }
    }

    @Test
    void norHasOneThatKnowsAnotherBocadillo() throws IOException {
        List<String> own = with(OWN, ServicesTest::namesOfPlugins);
        addShopPlugin();
        URL bocadillo = App.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader other = new URLClassLoader(new URL[] {bocadillo}, ClassLoader.getPlatformClassLoader());
                URLClassLoader war = war(other)) {
            assertThat(with(war, ServicesTest::namesOfPlugins)).isEqualTo(own);
        }
    }

    /** Such as one of OSGi, which shows the classes of others, and not their files. */
    @Test
    void whatOnlyOursSeesIsFoundToo() throws IOException {
        addShopPlugin();
        ClassLoader classesAlone = new ClassLoader(OWN) {
            @Override
            public Enumeration<URL> getResources(String name) {
                return Collections.emptyEnumeration();
            }
        };
        List<String> own = with(OWN, ServicesTest::namesOfPlugins);
        assertThat(with(classesAlone, ServicesTest::namesOfPlugins)).isEqualTo(own);
        try (URLClassLoader war = war(classesAlone)) {
            assertThat(with(war, ServicesTest::namesOfPlugins))
                    .startsWith("ShopPlugin")
                    .hasSize(own.size() + 1);
        }
    }

    @Test
    void theFirstOneIsGivenAndNoneIsAnErrorThatSaysWhatIsMissing() {
        assertThat(Services.first("here", TemplateEngine.class)).isNotNull();
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> Services.first("here", Runnable.class))
                .withMessage("here: expected META-INF/services/java.lang.Runnable on the class path, got none."
                        + " Keep the files of META-INF/services when you merge jars.");
    }

    @Test
    void aPluginOfTheWebAppThatCannotBeMadeIsAStartupError() throws IOException {
        name(Plugin.class, "shop.Missing");
        try (URLClassLoader war = war(OWN)) {
            assertThatExceptionOfType(StartupError.class)
                    .isThrownBy(() -> with(war, ServicesTest::app))
                    .withMessageStartingWith("plugins of the class path: expected each to be made without arguments,")
                    .withMessageContaining("shop.Missing");
        }
    }
}
