package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bocadillo.staticfiles.StaticFiles;
import io.bocadillo.testing.TestClient;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What settings alone can say of static files. */
class StandardFilesTest {

    /** Folders that settings name are in the working directory, or on the class path. */
    @TempDir(factory = InTarget.class)
    private Path folder;

    private final Map<String, String> values = new HashMap<>();

    private static final class InTarget implements TempDirFactory {

        @Override
        public Path createTempDirectory(AnnotatedElementContext annotated, ExtensionContext test) throws IOException {
            return Files.createTempDirectory(Path.of("target"), "static-files-");
        }
    }

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("index.html"), "home");
        Files.writeString(folder.resolve("a.txt"), "0123456789");
        values.put("static-files.folder", folder.toString().replace('\\', '/'));
    }

    private TestClient client() {
        return TestClient.of(new App(Settings.of(values)));
    }

    @Test
    void theFolderIsServedAtStatic() {
        assertThat(client().get("/static/a.txt").text()).isEqualTo("0123456789");
        assertThat(client().get("/static/a.txt").header("Cache-Control")).isEqualTo("no-cache");
        assertThat(client().get("/static/").status()).isEqualTo(404);
        assertThat(client().get("/static/hello.txt").status()).isEqualTo(404);
        values.put("static-files.folder", "static");
        assertThat(client().get("/static/hello.txt").text()).isEqualTo("hello from the class path\n");
    }

    @Test
    void aPrefixIsServedInThePlaceOfTheStandardOne() {
        values.put("static-files.prefix", "/assets/v1");
        assertThat(client().get("/assets/v1/a.txt").text()).isEqualTo("0123456789");
        assertThat(client().get("/static/a.txt").status()).isEqualTo(404);
    }

    @Test
    void aSinglePageApplicationNeedsNoCode() {
        values.put("static-files.prefix", "/");
        values.put("static-files.index", "true");
        values.put("static-files.fallback", "index.html");
        TestClient browser = client().with("Accept", "text/html");
        for (String path : new String[] {"/", "/todos/7", "/index.html"}) {
            assertThat(browser.get(path).text()).as(path).isEqualTo("home");
        }
        assertThat(client().get("/todos/7").status()).isEqualTo(404);
        assertThat(browser.get("/a.txt").text()).isEqualTo("0123456789");
    }

    @Test
    void filesAndPagesMayBeKept() {
        values.put("static-files.max-age", "1h");
        assertThat(client().get("/static/a.txt").header("Cache-Control")).isEqualTo("public, max-age=3600");
        assertThat(client().get("/static/index.html").header("Cache-Control")).isEqualTo("no-cache");
        values.put("static-files.page-max-age", "5m");
        assertThat(client().get("/static/index.html").header("Cache-Control")).isEqualTo("public, max-age=300");
    }

    @Test
    void whatTheCodeServesComesBefore() throws IOException {
        Path own = Files.createDirectories(folder.resolve("own"));
        Files.writeString(own.resolve("a.txt"), "own");
        App app = new App(Settings.of(values));
        app.staticFiles("/static", StaticFiles.directory(own));
        assertThat(TestClient.of(app).get("/static/a.txt").text()).isEqualTo("own");
    }

    /** A switch that is off is an answer, as it is for middleware. */
    @Test
    void itCanBeSwitchedOffWhateverElseIsSaidOfIt() {
        values.put("static-files", "false");
        values.put("static-files.max-age", "1h");
        assertThat(client().get("/static/a.txt").status()).isEqualTo(404);
    }

    @Test
    void webJarsAreServedIfTheyAreWanted() throws IOException {
        Path script = Path.of("META-INF", "resources", "webjars", "lib", "1.2.3", "lib.js");
        Path written = folder.resolve(script);
        Files.createDirectories(written.getParent());
        Files.writeString(written, "lib");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            assertThat(client().get("/webjars/lib/1.2.3/lib.js").status()).isEqualTo(404);
            values.put("web-jars", "true");
            assertThat(client().get("/webjars/lib/1.2.3/lib.js").text()).isEqualTo("lib");
            values.put("static-files", "false");
            assertThat(client().get("/webjars/lib/1.2.3/lib.js").text()).isEqualTo("lib");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void aMountedAppHasNone() {
        App app = new App(Settings.defaults().staticFiles(false));
        app.mount("/api", new App(Settings.of(values)));
        assertThat(TestClient.of(app).get("/api/static/a.txt").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "static-files.prefix   | /a//b     | setting 'static-files.prefix' (Settings.of): expected a path like '/assets', got '/a//b'.",
                "static-files.prefix   | /{x}      | setting 'static-files.prefix' (Settings.of): expected a path like '/assets', got '/{x}'.",
                "static-files.folder   | ../secret | setting 'static-files.folder' (Settings.of): static files: expected a name like",
                "static-files.folder   | /         | setting 'static-files.folder' (Settings.of): static files: expected a name like",
                "static-files.fallback | .env      | setting 'static-files.fallback' (Settings.of): static files: expected a name like",
                "static-files.max-age  | 3600      | setting 'static-files.max-age' (Settings.of): expected a duration",
                "static-files.index    | maybe     | setting 'static-files.index' (Settings.of): expected true or false",
                "web-jars              | /webjars  | setting 'web-jars' (Settings.of): expected true or false"
            })
    void whatCannotBeMeantDoesNotStart(String key, String value, String message) {
        values.put(key, value);
        assertThatExceptionOfType(StartupError.class).isThrownBy(this::client).withMessageStartingWith(message);
    }
}
