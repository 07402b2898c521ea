package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bocadillo.App;
import io.bocadillo.HttpError;
import io.bocadillo.Settings;
import io.bocadillo.templates.Templates;
import io.bocadillo.testing.TestClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesPageTest {

    record Course(int pk, String name) {}

    private final List<Course> courses = List.of(new Course(1, "Java"), new Course(2, "C & C++"));

    @TempDir
    Path folder;

    /** Writes the fences of HTML whose first line names the file. */
    private void writeTemplates() throws IOException {
        for (Fence fence : Fence.all()) {
            List<String> lines = fence.lines();
            if (fence.language().equals("html") && lines.get(0).startsWith("<!-- templates/")) {
                String name = lines.get(0).replaceAll("<!-- templates/(\\S+) -->", "$1");
                Files.writeString(folder.resolve(name), String.join("\n", lines.subList(1, lines.size())) + "\n");
            }
        }
    }

    private App app() {
        return new App(Settings.defaults().templates(new Templates(folder.toString())));
    }

    @Test
    void templates() throws IOException {
        writeTemplates();
        App app = app();
        // #region templates
        app.get("/courses", (req, res) -> res.render("courses.html", Map.of("courses", courses)));
        app.get("/courses/{pk}", (req, res) -> res.text("one course")).name("course");
        // #endregion templates
        Shown.console("TemplatesPageTest#templates", app);
    }

    @Test
    void unknownLink() throws IOException {
        Files.writeString(
                folder.resolve("courses.html"),
                "<ul>\n  <li>\n    <a th:href=\"@{route:cuorse(pk=7)}\">A course</a>\n");
        App app = app();
        app.get("/courses/{pk}", (req, res) -> res.text("one course")).name("course");
        String message = String.valueOf(catchThrowable(app::start).getMessage());
        Shown.text("TemplatesPageTest#unknown-link", message);
    }

    @Test
    void scripts() throws IOException {
        writeTemplates();
        App app = app();
        app.get("/map", (req, res) -> res.render("map.html", Map.of("courses", courses)));
        app.get("/courses/{pk}", (req, res) -> res.text("one course")).name("course");
        Shown.console("TemplatesPageTest#scripts", app);
    }

    @Test
    void layout() throws IOException {
        writeTemplates();
        Files.delete(folder.resolve("courses.html"));
        App app = app();
        app.get("/", (req, res) -> res.render("about.html", Map.of()));
        Shown.console("TemplatesPageTest#layout", app);
    }

    @Test
    void mail() throws IOException {
        writeTemplates();
        Templates own = new Templates(folder.toString());
        String[] args = {"--templates.folder=other"};
        // #region settings
        Templates templates = new Templates("views").reloading(true);
        App app = new App(Settings.load(args).templates(templates));
        // #endregion settings
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ((Templates) app.templates()).render("none.html", Map.of()))
                .withMessageContaining("in the folder 'views'");
        templates = own;
        // #region render
        String mail = templates.render("welcome.txt", Map.of("name", "O'Brien"));
        String line = templates.renderString("<b>[[${name}]]</b>", Map.of("name", "Ada & Bob"));
        // #endregion render
        Shown.text("TemplatesPageTest#mail", mail);
        assertThat(line).isEqualTo("<b>Ada &amp; Bob</b>");
    }

    @Test
    void chosenNames() throws IOException {
        Files.writeString(folder.resolve("about.html"), "about");
        Templates templates = new Templates(folder.toString());
        App app = app();
        // #region exists
        app.get("/pages/{name}", (req, res) -> {
            String template = req.param("name") + ".html";
            if (!templates.exists(template)) {
                throw new HttpError(404);
            }
            return res.render(template, Map.of());
        });
        // #endregion exists
        assertThat(TestClient.of(app).get("/pages/about").text()).isEqualTo("about");
        assertThat(TestClient.of(app).get("/pages/other").status()).isEqualTo(404);
    }
}
