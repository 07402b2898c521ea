package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.staticfiles.StaticFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The path at which a server serves an app, asked for without its slash: {@code /shop/api} for {@code /shop/api/}. */
class AppPlaceTest {

    private static final View VIEW = (req, res) -> res.text(req.path());

    private final App app = new App();

    private Response ask(String method, String path) {
        app.start();
        return app.handle(new StubExchange(method, "/shop/api", path).with("Accept", "text/html"))
                .join();
    }

    private void assertRedirected(String method) {
        Response response = ask(method, "");
        assertThat(response.status()).isEqualTo(308);
        assertThat(response.headers().get("Location")).isEqualTo("/shop/api/");
        assertThat(ask(method, "/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST"})
    void itIsRedirectedToTheRootOfTheApp(String method) {
        app.any("/", VIEW);
        assertRedirected(method);
    }

    @Test
    void itIsRedirectedToARouteForAllPaths() {
        app.any("/{}", VIEW);
        assertRedirected("GET");
    }

    @Test
    void itIsRedirectedToAnAppThatIsMountedThere() {
        App site = new App();
        site.get("/", VIEW);
        app.get("/health", VIEW);
        app.mount("/", site);
        assertRedirected("GET");
    }

    @Test
    void itIsRedirectedToAnIndexSoThatItsLinksLeadSomewhere(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("index.html"), "<a href=next>next</a>");
        app.staticFiles("/", StaticFiles.directory(folder).index());
        assertRedirected("GET");
    }

    @Test
    void itIsRedirectedToAPageForAllPaths(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("app.html"), "<script src=app.js></script>");
        app.staticFiles("/", StaticFiles.directory(folder).fallback("app.html"));
        assertRedirected("GET");
    }

    @Test
    void soIsAMountWithAPageForAllPaths(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("app.html"), "<script src=app.js></script>");
        App site = new App();
        site.staticFiles("/", StaticFiles.directory(folder).fallback("app.html"));
        app.mount("/site", site);
        Response response = ask("GET", "/site");
        assertThat(response.status()).isEqualTo(308);
        assertThat(response.headers().get("Location")).isEqualTo("/shop/api/site/");
        assertThat(ask("GET", "/site/").status()).isEqualTo(200);
        assertThat(ask("GET", "/site/x").status()).isEqualTo(200);
    }

    @Test
    void withoutARootThereIsNothing() {
        app.get("/items", VIEW);
        app.get("/{x}", VIEW);
        assertThat(ask("GET", "").status()).isEqualTo(404);
    }

    @Test
    void aPreflightIsNotRedirected() {
        app.get("/", VIEW);
        assertThat(ask("OPTIONS", "").status()).isEqualTo(404);
        assertThat(ask("OPTIONS", "/").status()).isEqualTo(204);
    }

    @Test
    void withoutRedirectsItIsAPathOfItsOwn() {
        App strict = new App(Settings.defaults().redirectTrailingSlash(false));
        strict.any("/{}", VIEW);
        strict.start();
        assertThat(strict.handle(new StubExchange("GET", "/shop", "")).join().status())
                .isEqualTo(404);
    }

    @Test
    void toMiddlewareItIsTheRoot() {
        app.use((req, res, next) -> {
            res.header("X-Path", req.path() + " " + req.mountPath() + req);
            return next.handle(req, res);
        });
        assertThat(ask("GET", "").headers().get("X-Path")).isEqualTo("/ GET /");
    }
}
