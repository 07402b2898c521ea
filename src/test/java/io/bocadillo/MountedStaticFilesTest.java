package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.staticfiles.StaticFiles;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Static files of an app, and an app that is mounted around their prefix. */
class MountedStaticFilesTest {

    @TempDir
    Path folder;

    private final App app = new App();
    private final App site = new App();

    @BeforeEach
    void createFiles() throws IOException {
        Files.createDirectories(folder.resolve("sub"));
        Files.writeString(folder.resolve("app.css"), "a file");
        Files.writeString(folder.resolve("sub/index.html"), "<title>an index</title>");
        Files.writeString(folder.resolve("page.html"), "<title>the page</title>");
        site.any("/{}", (req, res) -> res.text("the site"));
    }

    @ParameterizedTest
    @CsvSource({
        "/assets,     /,         /assets/app.css,     a file",
        "/assets,     '',        /assets/app.css,     a file",
        "/assets,     /,         /assets/none.css,    the site",
        "/assets,     /,         /assets,             the site",
        "/assets,     /,         /app.css,            the site",
        "/assets,     /assets,   /assets/app.css,     a file",
        "/assets,     /{tenant}, /assets/app.css,     a file",
        "/a/assets,   /a,        /a/assets/app.css,   a file",
        "/a/assets,   /{t},      /a/assets/app.css,   a file",
        "/,           /,         /app.css,            a file",
        "/,           /,         /none,               the site",
        "/,           /sub,      /sub/index.html,     the site",
        "/assets,     /assets/sub, /assets/sub/index.html, the site",
        "/static,     /,         /static/hello.txt,   hello",
    })
    void aFileBelowThePrefixOfAMountComesBeforeIt(String files, String mount, String path, String answer) {
        app.staticFiles(files, StaticFiles.directory(folder));
        app.mount(mount, site);
        assertThat(TestClient.of(app).get(path).text()).startsWith(answer);
    }

    @Test
    void otherMethodsAreThoseOfTheMountedApp() {
        app.staticFiles("/assets", StaticFiles.directory(folder));
        app.mount("/", site);
        TestClient client = TestClient.of(app);
        assertThat(client.head("/assets/app.css").header("Content-Length")).isEqualTo("6");
        assertThat(client.post("/assets/app.css").text()).isEqualTo("the site");
        assertThat(client.options("/assets/app.css").text()).isEqualTo("the site");
    }

    @Test
    void anIndexIsAtItsSlash() {
        app.staticFiles("/assets", StaticFiles.directory(folder).index());
        app.mount("/", site);
        TestClient client = TestClient.of(app);
        TestResponse redirect = client.get("/assets/sub?a=1");
        assertThat(redirect.status()).isEqualTo(308);
        assertThat(redirect.header("Location")).isEqualTo("/assets/sub/?a=1");
        assertThat(client.get("/assets/sub/").text()).isEqualTo("<title>an index</title>");
    }

    @Test
    void aFallbackComesAfterTheMountedApp() {
        App other = new App();
        other.get("/app/help", (req, res) -> res.text("help"));
        app.staticFiles("/app", StaticFiles.directory(folder).fallback("page.html"));
        app.mount("/", other);
        TestClient browser = TestClient.of(app).with("Accept", "text/html");
        assertThat(browser.get("/app/help").text()).isEqualTo("help");
        assertThat(browser.get("/app/deep/link").text()).isEqualTo("<title>the page</title>");
        assertThat(browser.get("/elsewhere").status()).isEqualTo(404);
        assertThat(TestClient.of(app).get("/app/deep/link").status()).isEqualTo(404);
    }

    @Test
    void routesOfTheAppComeFirst() {
        app.staticFiles("/assets", StaticFiles.directory(folder));
        app.get("/assets/app.css", (req, res) -> res.text("a route"));
        app.mount("/", site);
        assertThat(TestClient.of(app).get("/assets/app.css").text()).isEqualTo("a route");
    }

    @Test
    void theMiddlewareOfTheAppAloneIsAroundAFile() {
        List<String> seen = new CopyOnWriteArrayList<>();
        app.use((req, res, next) -> {
            seen.add("app " + req.route());
            return next.handle(req, res);
        });
        site.use((req, res, next) -> {
            seen.add("site");
            return next.handle(req, res);
        });
        app.staticFiles("/assets", StaticFiles.directory(folder));
        app.mount("/", site);
        TestClient.of(app).get("/assets/app.css");
        assertThat(seen).containsExactly("app null");
    }

    @Test
    void aMountedAppHasMountsAndFilesToo() {
        App outer = new App();
        app.staticFiles("/assets", StaticFiles.directory(folder));
        app.mount("/", site);
        outer.mount("/{tenant}/shop", app);
        TestClient client = TestClient.of(outer);
        assertThat(client.get("/acme/shop/assets/app.css").text()).isEqualTo("a file");
        assertThat(client.get("/acme/shop/assets/none.css").text()).isEqualTo("the site");
    }
}
