package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.Settings;
import io.bocadillo.staticfiles.StaticFiles;
import io.bocadillo.testing.TestClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticFilesPageTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("index.html"), "<h1>Home</h1>\n");
        Files.writeString(folder.resolve("app.3f2a9c1b.js"), "let a;\n");
        Files.writeString(folder.resolve("app.css"), "main {}\n");
        Files.createDirectory(folder.resolve("docs"));
    }

    @Test
    void sources() {
        Path dist = folder;
        App app = new App();
        // #region sources
        app.staticFiles("/assets", StaticFiles.directory(dist)); // a directory
        app.staticFiles("/public", StaticFiles.classPath("public")); // a folder of the class path, in jars too
        app.staticFiles("/pages", StaticFiles.webApp("pages")); // a folder of the WAR
        app.staticFiles("/media", StaticFiles.folder("media")); // all three, as the standard folder
        // #endregion sources
        TestClient client = TestClient.of(app);
        assertThat(client.get("/assets/index.html").text()).isEqualTo("<h1>Home</h1>\n");
        assertThat(client.get("/public/p.txt").text()).isEqualTo("public\n");
    }

    @Test
    void options() {
        Path dist = folder;
        App app = new App();
        // #region options
        StaticFiles files = StaticFiles.directory(dist)
                .index() // index.html for folders
                .maxAge(Duration.ofHours(1)); // styles, scripts, pictures may be kept for an hour
        app.staticFiles("/", files);
        // #endregion options
        app.use((req, res, next) -> next.handle(req, res)
                .thenRun(() ->
                        res.headers().remove("ETag").remove("Last-Modified").remove("Accept-Ranges")));
        Shown.console("StaticFilesPageTest#options", app);
    }

    @Test
    void hashed() {
        Path dist = folder;
        App app = new App();
        // #region immutable
        app.staticFiles("/", StaticFiles.directory(dist).immutable(path -> path.startsWith("assets/")));
        // #endregion immutable
        assertThat(TestClient.of(app).get("/index.html").header("Cache-Control"))
                .isEqualTo("no-cache");
    }

    @Test
    void singlePage() {
        Path dist = folder;
        App app = new App();
        // #region fallback
        app.get("/api/todos", (req, res) -> res.json(new String[] {"learn"}));
        app.staticFiles("/", StaticFiles.directory(dist).index().fallback("index.html"));
        // #endregion fallback
        Shown.console("StaticFilesPageTest#fallback", app);
    }

    @Test
    void webJars() {
        App app = new App();
        // #region webjars
        app.staticFiles("/webjars", StaticFiles.webJars());
        // #endregion webjars
        assertThat(TestClient.of(app).get("/webjars/none/none.js").status()).isEqualTo(404);
    }

    @Test
    void off() {
        // #region off
        App app = new App(Settings.defaults().staticFiles(false));
        // #endregion off
        assertThat(TestClient.of(app).get("/static/hello.txt").status()).isEqualTo(404);
    }
}
