package io.bocadillo.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bocadillo.App;
import io.bocadillo.CapturedLog;
import io.bocadillo.HttpError;
import io.bocadillo.Settings;
import io.bocadillo.middleware.Csrf;
import io.bocadillo.middleware.Sessions;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thymeleaf.exceptions.TemplateProcessingException;

class TemplatesTest {

    private static final String KEY = "a key of exactly thirty-two byte";

    private record Course(int pk, String name, Optional<LocalDate> start, List<String> tags) {}

    public static final class Bean {

        public String getTitle() {
            return "a bean";
        }
    }

    @TempDir
    Path folder;

    private Templates templates;

    @BeforeEach
    void createTemplates() {
        templates = new Templates(folder.toString());
    }

    private void write(String name, String template) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, template);
    }

    private String rendered(String template, Map<String, ?> model) throws IOException {
        write("page.html", template);
        return templates.reloading(true).render("page.html", model);
    }

    private App app() {
        return new App(Settings.defaults().templates(templates));
    }

    @Test
    void aViewAnswersWithATemplate() throws IOException {
        write("hello.html", "<p th:text=\"${name}\">nobody</p>");
        App app = app();
        app.get(
                "/{name}",
                (req, res) -> res.status(201)
                        .render("hello.html", Map.of("name", req.param("name").value())));
        TestResponse response = TestClient.of(app).get("/caf%C3%A9");
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(response.text()).isEqualTo("<p>café</p>");
        assertThat(TestClient.of(app).head("/x").header("Content-Length")).isEqualTo("8");
    }

    @ParameterizedTest
    @CsvSource({
        "a.html, text/html; charset=utf-8",
        "a.txt, text/plain; charset=utf-8",
        "a.xml, application/xml",
        "a.js, text/javascript; charset=utf-8",
        "a.css, text/css; charset=utf-8",
        "a.tpl, text/plain; charset=utf-8"
    })
    void theExtensionSaysWhatTheAnswerIs(String name, String type) throws IOException {
        write(name, "x");
        App app = app();
        app.get("/", (req, res) -> res.render(name, Map.of()));
        app.get("/own", (req, res) -> res.header("Content-Type", "text/x-own").render(name, Map.of()));
        assertThat(TestClient.of(app).get("/").header("Content-Type")).isEqualTo(type);
        assertThat(TestClient.of(app).get("/own").header("Content-Type")).isEqualTo("text/x-own");
    }

    /** HTML standard, section 13.3, and for the others what their parsers read. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "text in HTML|html|<p th:text=\"${v}\"></p>|<p>&lt;script&gt;&amp;&quot;&#39;&lt;/script&gt;</p>",
                "inline in HTML|html|<p>[[${v}]]</p>|<p>&lt;script&gt;&amp;&quot;&#39;&lt;/script&gt;</p>",
                "an attribute|html|<a th:title=\"${v}\"></a>|<a title=\"&lt;script&gt;&amp;&quot;&#39;&lt;/script&gt;\"></a>",
                "any attribute|html|<a th:attr=\"title=${v}\"></a>|<a title=\"&lt;script&gt;&amp;&quot;&#39;&lt;/script&gt;\"></a>",
                "asked for as it is|html|<p th:utext=\"${v}\"></p>|<p><script>&\"'</script></p>",
                "XML|xml|<p th:text=\"${v}\"></p>|<p>&lt;script&gt;&amp;&quot;&apos;&lt;/script&gt;</p>",
                "JavaScript|js|let v = [[${v}]];|let v = \"<script>\\u0026\\\"'<\\/script>\";",
                "plain text|txt|[(${v})]|<script>&\"'</script>"
            })
    void valuesAreEscapedForWhatTheTemplateIs(String why, String extension, String template, String expected)
            throws IOException {
        write("page." + extension, template);
        assertThat(templates.render("page." + extension, Map.of("v", "<script>&\"'</script>")))
                .as(why)
                .isEqualTo(expected);
    }

    @Test
    void aValueIsNeverAnExpression() throws IOException {
        for (String value :
                new String[] {"__${7*7}__", "${7*7}", "[[${7*7}]]", "*{7*7}", "@{route:x}", "~{x :: y}", "#{x}"}) {
            assertThat(rendered("<p th:text=\"${v}\" th:title=\"|a ${v}|\">[[${v}]]</p>", Map.of("v", value)))
                    .isEqualTo("<p title=\"a " + value + "\">" + value + "</p>");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none.html",
                "",
                "/",
                ".",
                "..",
                "../secret.txt",
                "sub/../page.html",
                "./page.html",
                "/page.html",
                "//page.html",
                "sub//page.html",
                "page.html/",
                "sub",
                "sub.d",
                "page",
                ".hidden.html",
                "sub/.hidden.html",
                "page.html::p",
                "page.html :: p",
                "~{page.html}",
                "__${7*7}__::x",
                "__${T(java.lang.Runtime).getRuntime()}__::x",
                "${name}",
                "page.html\u0000",
                "page.html\n",
                "page.html ",
                "PAGE\u212A.html",
                "..\\secret.txt",
                "sub\\page.html",
                "%2e%2e/secret.txt",
                "file:///etc/passwd",
                "C:page.html",
                "<p th:text=\"${7*7}\"></p>"
            })
    void onlyKnownNamesAreRendered(String name) throws IOException {
        write("page.html", "known");
        write("sub/page.html", "known");
        write(".hidden.html", "secret");
        write("sub/.hidden.html", "secret");
        write("sub.d/x.html", "known");
        Files.writeString(folder.resolveSibling("secret.txt"), "secret");
        assertThat(templates.exists(name)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> templates.render(name, Map.of()))
                .withMessageStartingWith("templates: expected a template in the folder '" + folder + "'");
    }

    @Property(tries = 300)
    void anyNameIsATemplateOrNone(@ForAll String name) {
        assertThat(new Templates("templates").exists(name)).isFalse();
        assertThat(new Templates("templates").exists("../" + name + ".html")).isFalse();
    }

    @Test
    void anUnknownTemplateIsA500ThatTellsNothingAndALogThatTellsAll() {
        App app = app();
        app.get("/", (req, res) -> res.render("none.html", Map.of()));
        try (CapturedLog log = new CapturedLog()) {
            TestResponse response = TestClient.of(app).get("/");
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text()).doesNotContain("none", folder.toString());
            assertThat(log.text()).contains("templates: expected a template in the folder", "got 'none.html'");
        }
    }

    @Test
    void aNameThatTheClientChoosesIsAskedAbout() throws IOException {
        write("known.html", "known");
        App app = app();
        app.get("/", (req, res) -> {
            String view = req.query("view").value();
            if (!templates.exists(view)) {
                throw new HttpError(404);
            }
            return res.render(view, Map.of());
        });
        TestClient client = TestClient.of(app);
        assertThat(client.get("/?view=known.html").text()).isEqualTo("known");
        assertThat(client.get("/?view=__$%7B7*7%7D__::x").status()).isEqualTo(404);
    }

    @Test
    void aFailureLeavesNothingOfThePage() throws IOException {
        write("broken.html", "<p>half</p><p th:text=\"${a.b.c}\"></p>");
        App app = app();
        app.get("/", (req, res) -> res.render("broken.html", Map.of()));
        try (CapturedLog log = new CapturedLog()) {
            TestResponse response = TestClient.of(app).get("/");
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text()).doesNotContain("half").contains("\"status\":500");
            assertThat(log.text()).contains("broken.html");
        }
    }

    @Test
    void aTemplateIsReadOnceOrEachTime() throws IOException {
        write("page.html", "one");
        Templates reloading = templates.reloading(true);
        assertThat(templates.render("page.html", Map.of())).isEqualTo("one");
        assertThat(reloading.render("page.html", Map.of())).isEqualTo("one");
        write("page.html", "two");
        assertThat(templates.render("page.html", Map.of())).isEqualTo("one");
        assertThat(reloading.render("page.html", Map.of())).isEqualTo("two");
        assertThat(reloading.reloading(false).render("page.html", Map.of())).isEqualTo("two");
    }

    @Test
    void theFolderBesideTheAppComesBeforeTheClassPath() throws IOException {
        assertThat(new Templates("badinputs/templates").render("tpl.html", Map.of("name", "n")))
                .contains("<p>n</p>");
        assertThat(new Templates().exists("parity/page.html")).isTrue();
        assertThat(new Templates().exists("parity")).isFalse();
        Path beside = Path.of("target", "beside-" + ProcessHandle.current().pid());
        Files.createDirectories(beside);
        Files.writeString(beside.resolve("own.html"), "beside");
        assertThat(new Templates(beside.toString()).render("own.html", Map.of()))
                .isEqualTo("beside");
    }

    @Test
    void layoutsAndFragmentsAreTemplatesToo() throws IOException {
        write(
                "layout/base.html",
                "<html th:fragment=\"page(title, main)\"><h1 th:text=\"${title}\"></h1>"
                        + "<main th:replace=\"${main}\"></main></html>");
        assertThat(rendered(
                        "<html th:replace=\"~{layout/base.html :: page('T', ~{::main})}\"><main>[[${v}]]</main></html>",
                        Map.of("v", "<")))
                .isEqualTo("<html><h1>T</h1><main>&lt;</main></html>");
    }

    @Test
    void aFragmentOfNoKnownNameIsAnError() throws IOException {
        Files.writeString(folder.resolveSibling("secret.txt"), "secret");
        for (String name : new String[] {"../secret.txt", "none.html", "<b>x</b>", ".."}) {
            write("page.html", "<p th:replace=\"~{${name}}\"></p>");
            assertThatExceptionOfType(TemplateProcessingException.class)
                    .as(name)
                    .isThrownBy(() -> templates.render("page.html", Map.of("name", name)));
            assertThatExceptionOfType(TemplateProcessingException.class)
                    .as(name)
                    .isThrownBy(
                            () -> templates.renderString("<p th:replace=\"~{${name}}\"></p>", Map.of("name", name)));
        }
    }

    @Test
    void messagesStandBesideTheTemplate() throws IOException {
        write("sub/page.html", "<p th:text=\"#{greeting(${name})}\"></p>");
        write("sub/page.properties", "greeting=Hello {0}!");
        assertThat(templates.render("sub/page.html", Map.of("name", "Ada"))).isEqualTo("<p>Hello Ada!</p>");
    }

    @Test
    void aTextIsATemplateIfItIsGivenAsOne() {
        assertThat(templates.renderString("<b th:text=\"${v}\"></b>", Map.of("v", "<")))
                .isEqualTo("<b>&lt;</b>");
        assertThat(templates.renderString("page.html", Map.of())).isEqualTo("page.html");
    }

    @Test
    void recordsBeansMapsAndListsAreReadAsProperties() throws IOException {
        Course course = new Course(7, "Java", Optional.of(LocalDate.of(2026, 1, 2)), List.of("a", "b"));
        Map<String, Object> model = new HashMap<>();
        model.put("course", course);
        model.put("map", Map.of("key", Map.of("inner", 1)));
        model.put("bean", new Bean());
        model.put("none", null);
        assertThat(rendered(
                        "[[${course.pk}]] [[${course.name}]] [[${course.start.get().year}]] [[${course.tags[1]}]]"
                                + " [[${course.tags.size()}]] [[${#lists.size(course.tags)}]] [[${map.key.inner}]]"
                                + " [[${bean.title}]] [[${none}]]|[[${missing}]]"
                                + "<i th:each=\"tag : ${course.tags}\" th:text=\"${tag}\"></i>",
                        model))
                .isEqualTo("7 Java 2026 b 2 2 1 a bean |<i>a</i><i>b</i>");
    }

    @Test
    void classesOfTheJdkAreOutOfReach() {
        for (String expression : new String[] {
            "@java.lang.Runtime@getRuntime()",
            "@java.lang.System@getProperty('user.home')",
            "''.getClass().forName('java.lang.Runtime')",
            "new java.io.File('/')"
        }) {
            assertThatExceptionOfType(TemplateProcessingException.class)
                    .as(expression)
                    .isThrownBy(() -> templates.renderString("<p th:text=\"${" + expression + "}\"></p>", Map.of()));
        }
    }

    @Test
    void linksKnowRoutesAndPaths() throws IOException {
        write(
                "links.html",
                "<a th:href=\"@{route:course(pk=${pk})}\">1</a><a th:href=\"@{/style.css(v=${v})}\">2</a>"
                        + "<a th:href=\"@{https://example.org/}\">3</a><a th:href=\"@{route:home}\">4</a>");
        App app = app();
        app.get("/", (req, res) -> res.render("links.html", Map.of("pk", 7, "v", "1&2")))
                .name("home");
        app.get("/courses/{pk}", (req, res) -> res.text("course")).name("course");
        assertThat(TestClient.of(app).get("/").text())
                .isEqualTo("<a href=\"/courses/7\">1</a><a href=\"/style.css?v=1%262\">2</a>"
                        + "<a href=\"https://example.org/\">3</a><a href=\"/\">4</a>");
    }

    @Test
    void aLinkToNoRouteIsAnErrorThatNamesIt() throws IOException {
        write("links.html", "<a th:href=\"@{route:none}\">1</a>");
        App app = app();
        app.get("/", (req, res) -> res.render("links.html", Map.of()));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(TestClient.of(app).get("/").status()).isEqualTo(500);
            assertThat(log.text()).contains("urlFor: expected the name of a route, got 'none'.");
        }
        assertThatExceptionOfType(TemplateProcessingException.class)
                .isThrownBy(() -> templates.render("links.html", Map.of()))
                .havingRootCause()
                .withMessage("templates: expected a request for '@{route:none}', got none."
                        + " Use res.render, or pass the URL in the model.");
    }

    @Test
    void sessionAndCsrfTokenAreThereAndReadOnlyWhenShown() throws IOException {
        write("form.html", "<i th:text=\"${session.user}\"></i><input name=\"csrf_token\" th:value=\"${csrfToken}\">");
        write("plain.html", "<p th:text=\"${title}\"></p>");
        App app = app();
        app.use(new Sessions(KEY));
        app.use(new Csrf());
        app.get("/form", (req, res) -> {
            req.session().put("user", "Ada");
            return res.render("form.html", Map.of());
        });
        app.get("/plain", (req, res) -> res.render("plain.html", Map.of("title", "T")));
        app.post("/form", (req, res) -> res.text("taken"));
        TestClient client = TestClient.of(app);
        TestResponse plain = client.get("/plain");
        assertThat(plain.header("Vary")).isNull();
        assertThat(plain.header("Set-Cookie")).isNull();
        TestResponse form = client.get("/form");
        assertThat(form.text()).startsWith("<i>Ada</i><input name=\"csrf_token\" value=\"");
        assertThat(form.header("Vary")).isEqualTo("Cookie");
        String token = form.text().replaceAll(".*value=\"([^\"]*)\".*", "$1");
        String cookie = form.header("Set-Cookie");
        assertThat(client.with("Cookie", cookie.substring(0, cookie.indexOf(';')))
                        .with("X-CSRF-Token", token)
                        .post("/form")
                        .text())
                .isEqualTo("taken");
    }

    @Test
    void withoutSessionsTheSessionIsEmpty() throws IOException {
        write("page.html", "<i th:text=\"${session.user}\">x</i>[[${csrfToken}]]");
        App app = app();
        app.get("/", (req, res) -> res.render("page.html", Map.of()));
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("<i></i>");
    }

    @Test
    void theModelComesBeforeWhatTheRequestHas() throws IOException {
        write("page.html", "[[${session}]]");
        App app = app();
        app.get("/", (req, res) -> res.render("page.html", Map.of("session", "own")));
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("own");
    }

    @Test
    void anEngineOfOnesOwnCanRender() {
        App app = new App(Settings.defaults().templates((name, model, req) -> name + model + req.path()));
        app.get("/x", (req, res) -> res.render("page.html", Map.of("a", 1)));
        assertThat(TestClient.of(app).get("/x").text()).isEqualTo("page.html{a=1}/x");
        assertThat(app.templates()).isSameAs(app.settings().templates());
    }

    @Test
    void theStandardEngineIsFoundAndIsOne() {
        App app = new App();
        assertThat(app.settings().templates()).isNull();
        assertThat(app.templates()).isInstanceOf(Templates.class).isSameAs(app.templates());
    }

    @Test
    void manyThreadsRenderAtOnce() throws Exception {
        write("page.html", "<i th:each=\"n : ${#numbers.sequence(1, 20)}\" th:text=\"${v + n}\"></i>");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<String>> tasks = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int value = i * 100;
            tasks.add(() -> templates.render("page.html", Map.of("v", value)));
        }
        List<Future<String>> pages = threads.invokeAll(tasks);
        threads.shutdown();
        for (int i = 0; i < 100; i++) {
            assertThat(pages.get(i).get()).contains("<i>" + (i * 100 + 1) + "</i>", "<i>" + (i * 100 + 20) + "</i>");
        }
    }
}
