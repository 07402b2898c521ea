package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bocadillo.App;
import io.bocadillo.HttpError;
import io.bocadillo.testing.TestClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsPageTest {

    @TempDir
    private Path folder;

    private Path file(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-09-02T10:00:00Z")));
    }

    @Test
    void file() throws IOException {
        file("2024.txt", "Sold: 12 tacos\n");
        App app = new App();
        // #region file
        app.get("/reports/{year:int}", (req, res) -> res.file(folder.resolve(req.param("year") + ".txt")));
        // #endregion file
        Shown.console("DownloadsPageTest#file", app);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/reports/2024").text()).isEqualTo("Sold: 12 tacos\n");
    }

    @Test
    void attachment() throws IOException {
        Path stored = file("4711", "a,b\n");
        App app = new App();
        // #region attachment
        app.get(
                "/exports/latest",
                (req, res) -> res.attachment("Übersicht 2024.csv").file(stored));
        // #endregion attachment
        // #region inline
        app.get("/exports/view", (req, res) -> res.inline("Übersicht 2024.csv").file(stored));
        // #endregion inline
        app.use((req, res, next) -> next.handle(req, res)
                .thenRun(() ->
                        res.headers().remove("ETag").remove("Last-Modified").remove("Accept-Ranges")));
        Shown.console("DownloadsPageTest#attachment", app);
        assertThat(TestClient.of(app).get("/exports/view").header("Content-Disposition"))
                .startsWith("inline; filename=\"Ubersicht 2024.csv\"");
    }

    @Test
    void uploads() throws IOException {
        file("x.html", "<script>");
        Path uploads = folder;
        App app = new App();
        // #region choose
        app.get("/uploads", (req, res) -> {
            Path file = uploads.resolve(req.query("name").value()).normalize();
            if (!file.startsWith(uploads)) {
                throw new HttpError(404);
            }
            res.header("X-Content-Type-Options", "nosniff");
            return res.attachment(file.getFileName().toString()).file(file);
        });
        // #endregion choose
        TestClient client = TestClient.of(app);
        assertThat(client.get("/uploads?name=x.html").status()).isEqualTo(200);
        assertThat(client.get("/uploads?name=../../../etc/passwd").status()).isEqualTo(404);
        assertThat(client.get("/uploads?name=/etc/passwd").status()).isEqualTo(404);
    }

    @Test
    void conditional() throws IOException {
        Path logo = file("logo.svg", "<svg/>");
        App app = new App();
        // #region conditional
        app.get("/logo", (req, res) -> {
            res.header("Cache-Control", "no-cache"); // keep it, and ask each time
            res.header("ETag", "\"v7\"");
            return res.file(logo);
        });
        // #endregion conditional
        Shown.console("DownloadsPageTest#conditional", app);
    }

    @Test
    void tagsAreRefused() throws IOException {
        Path logo = file("logo.svg", "<svg/>");
        App app = new App();
        app.get("/", (req, res) -> {
            Throwable refused = catchThrowable(() -> res.header("ETag", "v7").file(logo));
            Shown.text("DownloadsPageTest#tag", refused.getMessage());
            return res.empty();
        });
        assertThat(TestClient.of(app).get("/").status()).isEqualTo(204);
    }

    @Test
    void ranges() throws IOException {
        Path film = file("film.txt", "Once upon a time");
        App app = new App();
        app.get("/film", (req, res) -> res.header("ETag", "\"v1\"").file(film));
        Shown.console("DownloadsPageTest#ranges", app);
    }

    @Test
    void errorPage() throws IOException {
        Path page = file("missing.html", "<h1>Not here</h1>\n");
        App app = new App();
        // #region page
        app.onError(HttpError.class, (req, res, error) -> {
            res.status(error.status());
            return error.status() == 404 ? res.file(page) : res.text(error.title());
        });
        // #endregion page
        Shown.console("DownloadsPageTest#page", app);
    }
}
