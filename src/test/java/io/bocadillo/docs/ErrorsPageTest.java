package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.ErrorHandlers;
import io.bocadillo.HttpError;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorsPageTest {

    private static final Pattern ROW = Pattern.compile("^\\| (\\d{3}) \\|");

    private static final Pattern STATUS = Pattern.compile("\\b[2-5][0-9]{2}\\b");

    @Test
    void httpErrors() {
        App app = new App();
        // #region throwing
        app.get("/rooms/{name}", (req, res) -> {
            throw new HttpError(403, "Members only.");
        });
        app.post("/rooms", (req, res) -> {
            throw new HttpError(429).header("Retry-After", "60");
        });
        app.put("/rooms/{name}", (req, res) -> {
            throw new HttpError(422, Map.of("name", "Is taken."));
        });
        // #endregion throwing
        Shown.console("ErrorsPageTest#throwing", app);
    }

    @Test
    void forms() {
        for (String form : new String[] {"text", "html", "problem"}) {
            App app = new App();
            app.get("/rooms/{name}", (req, res) -> {
                throw new HttpError(403, "Members only.");
            });
            app.onError(
                    HttpError.class,
                    switch (form) {
                        case "text" -> ErrorHandlers.text();
                        case "html" -> ErrorHandlers.html();
                        default -> ErrorHandlers.problem();
                    });
            switch (form) {
                case "text" -> Shown.console("ErrorsPageTest#text", app);
                case "html" -> Shown.console("ErrorsPageTest#html", app);
                default -> Shown.console("ErrorsPageTest#problem", app);
            }
        }
        App app = new App();
        // #region form
        app.onError(HttpError.class, ErrorHandlers.problem());
        // #endregion form
        assertThat(TestClient.of(app).get("/").header("Content-Type")).isEqualTo("application/problem+json");
    }

    /** What middleware answers has a sentence of its own, and an OPTIONS (204) and redirects (308) are no errors. */
    @Test
    void everyStatusOfTheFrameworkIsInTheTable() throws IOException {
        Set<String> made = new TreeSet<>(Set.of("204", "308"));
        Pattern answers = Pattern.compile("(?:HttpError|untraced|MultipartException|FileAnswer)\\(([^,;]*)[,)]");
        try (Stream<Path> files = Files.walk(Fence.ROOT.resolve("src/main/java/io/bocadillo"))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (!file.getParent().endsWith("middleware")) {
                    answers.matcher(Files.readString(file))
                            .results()
                            .flatMap(answer -> STATUS.matcher(answer.group(1)).results())
                            .forEach(status -> made.add(status.group()));
                }
            }
        }
        made.remove("200");
        List<String> told = new ArrayList<>();
        for (String line : Fence.read(Fence.ROOT.resolve("docs/errors.md"))) {
            ROW.matcher(line).results().forEach(row -> told.add(row.group(1)));
        }
        assertThat(told).containsExactlyElementsOf(made);
    }

    static final class NoSuchRoom extends RuntimeException {

        private static final long serialVersionUID = 1;

        NoSuchRoom(String name) {
            super("There is no room " + name + ".");
        }
    }

    @Test
    void handlers() {
        App app = new App();
        // #region handlers
        app.onError(NoSuchRoom.class, (req, res, error) -> res.status(404).json(Map.of("error", error.getMessage())));
        app.onError(IOException.class, (req, res, error) -> {
            throw new HttpError(503, "The disk is on holiday.", error);
        });
        // #endregion handlers
        app.get("/rooms/{name}", (req, res) -> {
            throw new NoSuchRoom(req.param("name").value());
        });
        app.get("/files", (req, res) -> {
            throw new NoSuchFileException("x");
        });
        app.get(
                "/later",
                (req, res) -> CompletableFuture.supplyAsync(() -> {
                    throw new NoSuchRoom("later");
                }));
        Shown.console("ErrorsPageTest#handlers", app);
        assertThat(TestClient.of(app).get("/later").status()).isEqualTo(404);
    }

    @Test
    void aHandlerWithoutStatus() {
        App app = new App();
        app.onError(NoSuchRoom.class, (req, res, error) -> res.text("no"));
        app.get("/", (req, res) -> {
            throw new NoSuchRoom("x");
        });
        assertThat(TestClient.of(app).get("/").status()).isEqualTo(500);
    }

    @Test
    void rethrowing() {
        App app = new App();
        // #region rethrow
        app.onError(RuntimeException.class, (req, res, error) -> res.text("the general one"));
        app.onError(NoSuchRoom.class, (req, res, error) -> {
            throw error; // to the handler of the next superclass
        });
        // #endregion rethrow
        app.get("/", (req, res) -> {
            throw new NoSuchRoom("x");
        });
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("the general one");
    }

    @Test
    void unhandled() {
        App app = new App();
        app.get("/", (req, res) -> {
            throw new IllegalStateException("the password is 12345");
        });
        Shown.console("ErrorsPageTest#unhandled", app);
        App textual = new App();
        textual.onError(HttpError.class, ErrorHandlers.text());
        textual.get("/", (req, res) -> {
            throw new IllegalStateException();
        });
        assertThat(TestClient.of(textual).get("/").text()).isEqualTo("500 Internal Server Error");
        App broken = new App();
        broken.onError(HttpError.class, (req, res, error) -> {
            throw new IllegalStateException();
        });
        TestResponse plain = TestClient.of(broken).get("/");
        assertThat(plain.status()).isEqualTo(500);
        assertThat(plain.text()).isEqualTo("500 Internal Server Error");
    }

    @Test
    void headers() {
        App app = new App();
        // #region headers
        app.use((req, res, next) -> {
            res.header("X-Request-Id", "42"); // stays
            return next.handle(req, res);
        });
        app.get("/report", (req, res) -> {
            res.header("Cache-Control", "max-age=3600").status(206); // goes
            throw new HttpError(401).header("WWW-Authenticate", "Basic realm=\"reports\""); // comes
        });
        // #endregion headers
        Shown.console("ErrorsPageTest#headers", app);
    }

    @Test
    void headersOfTheErrorReplace() {
        App app = new App();
        app.use((req, res, next) -> {
            res.header("Retry-After", "1");
            return next.handle(req, res);
        });
        app.get("/", (req, res) -> {
            throw new HttpError(503).header("Retry-After", "30").header("Retry-After", "60");
        });
        assertThat(TestClient.of(app).get("/").headers().all("Retry-After")).containsExactly("60");
    }

    @Test
    void aRefusedPathIsNotShown() {
        App app = new App();
        app.onError(
                HttpError.class, (req, res, error) -> res.status(error.status()).text(req.path() + error.detail()));
        assertThat(TestClient.of(app).get("/secret//x").text())
                .startsWith("/path:")
                .doesNotContain("secret");
    }

    @Test
    void redirectsOfHandlers() {
        App app = new App();
        // #region login
        app.onError(HttpError.class, (req, res, error) -> {
            if (error.status() == 401) {
                return res.status(303).redirect("/login");
            }
            return ErrorHandlers.json().handle(req, res, error);
        });
        // #endregion login
        app.get("/a", (req, res) -> {
            throw new HttpError(401);
        });
        app.get("/b", (req, res) -> {
            throw new HttpError(403);
        });
        assertThat(TestClient.of(app).get("/a").header("Location")).isEqualTo("/login");
        assertThat(TestClient.of(app).get("/b").text()).isEqualTo("{\"error\":\"403 Forbidden\",\"status\":403}");
    }
}
