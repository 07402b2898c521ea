package io.bocadillo.templates;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bocadillo.App;
import io.bocadillo.CapturedLog;
import io.bocadillo.HttpError;
import io.bocadillo.Json;
import io.bocadillo.Plugin;
import io.bocadillo.Request;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import io.bocadillo.Task;
import io.bocadillo.TemplateEngine;
import io.bocadillo.middleware.ContentSecurityPolicy;
import io.bocadillo.middleware.Csrf;
import io.bocadillo.middleware.SecurityHeaders;
import io.bocadillo.middleware.Sessions;
import io.bocadillo.staticfiles.StaticFiles;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
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
                "JavaScript|js|let v = [[${v}]];|let v = \"\\u003Cscript\\u003E\\u0026\\\"'\\u003C/script\\u003E\";",
                "JavaScript in HTML|html|<i th:onclick=\"f([[${v}]])\"></i>"
                        + "|<i onclick=\"f(&quot;\\u003Cscript\\u003E\\u0026\\&quot;&#39;\\u003C/script\\u003E&quot;)\"></i>",
                "plain text|txt|[[${v}]]|<script>&\"'</script>",
                "plain text as it is|txt|[(${v})]|<script>&\"'</script>",
                "plain text by a tag|txt|[# th:text=\"${v}\"/]|<script>&\"'</script>",
                "text within HTML|html|<p th:inline=\"text\">[[${v}]]</p>|<p>&lt;script&gt;&amp;&quot;&#39;&lt;/script&gt;</p>",
                "text within XML|xml|<p th:inline=\"text\">[[${v}]]</p>|<p>&lt;script&gt;&amp;&quot;&#39;&lt;/script&gt;</p>"
            })
    void valuesAreEscapedForWhatTheTemplateIs(String why, String extension, String template, String expected)
            throws IOException {
        write("page." + extension, template);
        assertThat(templates.render("page." + extension, Map.of("v", "<script>&\"'</script>")))
                .as(why)
                .isEqualTo(expected);
    }

    /** What is inserted as text is not escaped once more. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "page.html|<p th:insert=\"~{note.txt}\"></p>|<p>O&#39;Brien &lt;b&gt;</p>",
                "page.html|<p th:replace=\"~{note.txt}\"></p>|O&#39;Brien &lt;b&gt;",
                "page.html|<p th:insert=\"~{deep.txt}\"></p>|<p>- O&#39;Brien &lt;b&gt;</p>",
                "page.html|<script th:inline=\"text\">[[${v}]]</script>|<script>O&#39;Brien &lt;b&gt;</script>",
                "page.html|<p><!--[[${v}]]--></p>|<p><!--O&#39;Brien &lt;b&gt;--></p>",
                "mail.txt|[# th:insert=\"~{note.txt}\"/]|O'Brien <b>",
                "mail.txt|[# th:insert=\"~{deep.txt}\"/]|- O'Brien <b>",
                "mail.txt|[# th:insert=\"~{note.html}\"/]|<i>O&#39;Brien &lt;b&gt;</i>",
                "mail.txt|[# th:each=\"n : ${list}\"][[${n}]],[/]|O'Brien <b>,&,"
            })
    void textThatBecomesPartOfAPageIsEscaped(String name, String template, String expected) throws IOException {
        write("note.txt", "[[${v}]]");
        write("deep.txt", "- [# th:insert=\"~{note.txt}\"/]");
        write("note.html", "<i>[[${v}]]</i>");
        write(name, template);
        String value = "O'Brien <b>";
        assertThat(templates.render(name, Map.of("v", value, "list", List.of(value, "&"))))
                .isEqualTo(expected);
    }

    /** RFC 8259, section 7; HTML standard, section 4.12.1.3. */
    @Test
    void valuesInScriptsAreTheJsonOfTheApp() throws IOException {
        Course course = new Course(7, "</script><!--&\u2028", Optional.of(LocalDate.of(2026, 1, 2)), List.of());
        Map<String, Object> model = new HashMap<>();
        model.put("course", course);
        model.put("courses", List.of(course, new Course(8, "]]>", Optional.empty(), List.of("a"))));
        model.put("day", LocalDate.of(2026, 1, 2));
        model.put("bean", new Bean());
        model.put("none", null);
        String first =
                "{\"pk\":7,\"name\":\"\\u003C/script\\u003E\\u003C!--\\u0026\\u2028\",\"start\":\"2026-01-02\",\"tags\":[]}";
        String second = "{\"pk\":8,\"name\":\"]]\\u003E\",\"start\":null,\"tags\":[\"a\"]}";
        for (String[] row : new String[][] {
            {"[[${course}]]", first},
            {"/*[[${course}]]*/ {}", first},
            {"[[${courses}]]", "[" + first + "," + second + "]"},
            {"[[${day}]]", "\"2026-01-02\""},
            {"[[${bean}]]", "{\"title\":\"a bean\"}"},
            {"[[${course.pk}]]", "7"},
            {"[[${none}]]", "null"},
            {"[[${session}]]", "null"}
        }) {
            assertThat(rendered("<script th:inline=\"javascript\">let v = " + row[0] + ";</script>", model))
                    .isEqualTo("<script>let v = " + row[1] + ";</script>");
            write("data.json", row[0]);
            assertThat(templates.reloading(true).render("data.json", model)).isEqualTo(row[1]);
        }
        Json json = Settings.defaults().json();
        write("data.json", "[[${courses}]]");
        assertThat(json.<List<?>>decode(
                        templates.reloading(true).render("data.json", model).getBytes(UTF_8), List.class))
                .isEqualTo(json.decode(json.encode(model.get("courses")), List.class));
    }

    @Test
    void theCodecForScriptsIsThatOfTheApp() throws IOException {
        write("data.js", "[[${v}]]");
        Json own = new Json() {
            @Override
            public byte[] encode(@Nullable Object value) {
                return ("\"own " + value + " <\"").getBytes(UTF_8);
            }

            @Override
            public <T> T decode(byte[] json, Type type) {
                throw new UnsupportedOperationException();
            }
        };
        App app = new App(Settings.defaults().json(own).templates(templates));
        app.get("/", (req, res) -> res.render("data.js", Map.of("v", 1)));
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("\"own 1 \\u003C\"");
        assertThat(templates.render("data.js", Map.of("v", 1))).isEqualTo("1");
    }

    @Test
    void aValueThatIsNoJsonLeavesNothingOfThePage() throws IOException {
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        write("page.html", "half<script th:inline=\"javascript\">[[${v}]]</script>");
        App app = app();
        app.get("/", (req, res) -> res.render("page.html", Map.of("v", cycle)));
        try (CapturedLog log = new CapturedLog()) {
            TestResponse response = TestClient.of(app).get("/");
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text()).doesNotContain("half");
            assertThat(log.text()).contains("json: expected a value that Jackson can write");
        }
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

    /** As it stands in the query of a client, for a view that does not ask {@code exists}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "__$%7BT(java.lang.Runtime).getRuntime()%7D__::x",
                "__$%7B7*7%7D__",
                "$%7B7*7%7D",
                "~%7Bpage.html%7D",
                "page.html::p",
                "page.html+::+p",
                "..%2fsecret.txt",
                "%2e%2e/secret.txt",
                "%252e%252e/secret.txt",
                "..%5Csecret.txt",
                "/page.html",
                "page.html%00",
                "page%E2%80%AE.html",
                "%3Cp+th:text=%22$%7B7*7%7D%22%3E%3C/p%3E"
            })
    void aHostileNameNeverReachesTheEngine(String name) throws IOException {
        write("page.html", "<p>known</p>");
        Files.writeString(folder.resolveSibling("secret.txt"), "secret");
        List<Throwable> thrown = new ArrayList<>();
        App app = app();
        app.get("/", (req, res) -> {
            try {
                return res.render(req.query("view").value(), Map.of());
            } catch (RuntimeException refused) {
                thrown.add(refused);
                throw refused;
            }
        });
        TestResponse response = TestClient.of(app).get("/?view=" + name);
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text()).doesNotContain("49", "secret", "known", "Runtime", "::");
        assertThat(thrown)
                .singleElement()
                .satisfies(refused -> assertThat(refused)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("templates: expected a template in the folder '" + folder + "'"))
                .satisfies(refused -> assertThat(refused.getStackTrace())
                        .noneMatch(frame -> frame.getClassName().startsWith("org.thymeleaf")));
    }

    @Property(tries = 300)
    void anyNameIsATemplateOrNone(@ForAll String name) {
        assertThat(new Templates("templates").exists(name)).isFalse();
        assertThat(new Templates("templates").exists("../" + name + ".html")).isFalse();
    }

    /** An engine that tells the settings it is made for. */
    private record Telling(Queue<Settings> made, Task whileItIsMade) implements TemplateEngine {

        @Override
        public String render(String name, Map<String, ?> model, Request req) {
            return name;
        }

        @Override
        public TemplateEngine with(Settings settings) {
            made.add(settings);
            try {
                whileItIsMade.run();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
            return new Telling(made, whileItIsMade);
        }
    }

    @Test
    void ofManyRequestsAtATimeTheFirstOneMakesTheEngine() throws Exception {
        Queue<Settings> made = new ConcurrentLinkedQueue<>();
        CountDownLatch both = new CountDownLatch(2);
        TemplateEngine slow = new Telling(made, () -> {
            both.countDown();
            both.await(500, TimeUnit.MILLISECONDS); // which never end if there is one
        });
        App app = new App(Settings.defaults().templates(slow));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<TemplateEngine> first = threads.submit(app::templates);
            Future<TemplateEngine> second = threads.submit(app::templates);
            assertThat(first.get()).isSameAs(second.get());
        } finally {
            threads.shutdown();
        }
        assertThat(made).containsExactly(app.settings());
    }

    @Test
    void anEngineThatAPluginAsksForDoesNotKeepTheSettingsOfThatMoment() {
        Queue<Settings> made = new ConcurrentLinkedQueue<>();
        App app = new App(Settings.defaults().templates(new Telling(made, () -> {})));
        app.plugin(App::templates);
        app.plugin(new Plugin() {
            @Override
            public List<SettingKey<?>> settings() {
                return List.of(SettingKey.text("figures.title", "What is above the figures."));
            }

            @Override
            public void install(App app) {}
        });
        app.get("/", (req, res) -> res.render("page", Map.of()));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/").text() + client.get("/").text()).isEqualTo("pagepage");
        assertThat(made).hasSize(2).last().isSameAs(app.settings());
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

    /** The engine's own limit would be 200. */
    @Test
    void manyTemplatesAreReadOnce() throws IOException {
        for (String text : List.of("first", "changed")) {
            for (int i = 0; i < 400; i++) {
                write("page" + i + ".html", text);
            }
            for (int i = 0; i < 400; i++) {
                assertThat(templates.render("page" + i + ".html", Map.of())).isEqualTo("first");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, false",
                "production, -, false",
                "development, -, true",
                "dev, -, true",
                "DEV, -, true",
                "production, true, true",
                "development, false, false",
                "-, true, true"
            })
    void settingsSayWhetherTemplatesAreReadEachTime(String env, String reload, boolean isReloading) throws IOException {
        Map<String, String> values = new HashMap<>();
        values.put("templates.folder", folder.toString());
        if (env != null) {
            values.put("env", env);
        }
        if (reload != null) {
            values.put("templates.reload", reload);
        }
        Settings settings = Settings.of(values);
        assertThat(twoReadings(new App(settings))).isEqualTo(isReloading ? "one two" : "one one");
        assertThat(twoReadings(new App(settings.templates(templates)))).isEqualTo(isReloading ? "one two" : "one one");
        assertThat(twoReadings(new App(settings.templates(templates.reloading(!isReloading)))))
                .isEqualTo(isReloading ? "one one" : "one two");
    }

    private String twoReadings(App app) throws IOException {
        app.get("/", (req, res) -> res.render("page.html", Map.of()));
        TestClient client = TestClient.of(app);
        write("page.html", "one");
        String first = client.get("/").text();
        write("page.html", "two");
        return first + " " + client.get("/").text();
    }

    @Test
    void aSettingNamesTheFolderUnlessTheCodeDoes() throws IOException {
        write("own.html", "own");
        Settings settings = Settings.of(Map.of("templates.folder", "badinputs/templates"));
        assertThat(((Templates) new App(settings).templates()).exists("tpl.html"))
                .isTrue();
        App coded = new App(settings.templates(templates));
        assertThat(((Templates) coded.templates()).exists("own.html")).isTrue();
        assertThat(((Templates) coded.templates()).exists("tpl.html")).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Templates(" "))
                .withMessageStartingWith("templates: expected the name of a folder, got ' '.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aFolderOfTheSettingsThatIsNoneIsAMistake(String name) {
        Settings settings = Settings.of(Map.of("templates.folder", name));
        for (Settings wrong : List.of(settings, settings.templates(new Templates()))) {
            assertThatExceptionOfType(StartupError.class)
                    .isThrownBy(new App(wrong)::start)
                    .withMessage(
                            "setting 'templates.folder' (Settings.of): templates: expected the name of a folder, got '"
                                    + name + "'. Name one that has nothing but templates in it.");
        }
        App coded = new App(settings.templates(templates));
        coded.start();
        coded.stop();
    }

    @Test
    void aSettingThatIsNoneIsAMistake() {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> Settings.of(Map.of("templates.reload", "maybe")))
                .withMessageStartingWith(
                        "setting 'templates.reload' (Settings.of): expected true or false, got 'maybe'.");
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

    /** With names that are the end of others, or look like those of methods of beans. */
    private record Tricky(String fullName, String name, boolean isOpen, int size, Course getter) {}

    @Test
    void eachComponentOfARecordIsReadByItsName() throws IOException {
        Course course = new Course(7, "Java", Optional.empty(), List.of());
        Tricky tricky = new Tricky("full", "short", true, 3, course);
        assertThat(rendered(
                        "[[${t.fullName}]] [[${t.name}]] [[${t.isOpen}]] [[${t.size}]] [[${t.getter.name}]]",
                        Map.of("t", tricky)))
                .isEqualTo("full short true 3 Java");
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

    @ParameterizedTest
    @CsvSource({
        "/api, /api/page, /api",
        "/{tenant}, /acme/page, /acme",
        "/{tenant}, /a%20b%7Bv%7D%23%3F/page, /a%20b%7Bv%7D%23%3F",
        "/caf\u00e9, /caf%C3%A9/page, /caf%C3%A9"
    })
    void linksOfAMountedAppStayInIt(String mount, String path, String root) throws IOException {
        write(
                "links.html",
                "<a th:href=\"@{/assets/a.css(v=${v})}\">1</a><a th:href=\"@{/}\">2</a><i th:text=\"@{~/x}\"></i>");
        write("assets/a.css", "a {}");
        App api = app();
        api.get("/page", (req, res) -> res.render("links.html", Map.of("v", 1)));
        api.staticFiles("/assets", StaticFiles.directory(folder.resolve("assets")));
        App app = new App();
        app.mount(mount, api);
        TestClient client = TestClient.of(app);
        assertThat(client.get(path).text())
                .isEqualTo("<a href=\"" + root + "/assets/a.css?v=1\">1</a><a href=\"" + root + "/\">2</a><i>/x</i>");
        assertThat(client.get(root + "/assets/a.css").text()).isEqualTo("a {}");
    }

    @Test
    void aLinkToNoRouteIsAnErrorThatNamesIt() throws IOException {
        write("links.html", "<a th:href=\"@{${link}}\">1</a>");
        Map<String, String> model = Map.of("link", "route:none");
        App app = app();
        app.get("/", (req, res) -> res.render("links.html", model));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(TestClient.of(app).get("/").status()).isEqualTo(500);
            assertThat(log.text()).contains("urlFor: expected the name of a route, got 'none'.");
        }
        assertThatExceptionOfType(TemplateProcessingException.class)
                .isThrownBy(() -> templates.render("links.html", model))
                .havingRootCause()
                .withMessage("templates: expected a request for '@{route:none}', got none."
                        + " Use res.render, or pass the URL in the model.");
    }

    @Test
    void theNonceOfThePolicyIsThere() throws IOException {
        write("page.html", "<script th:nonce=\"${cspNonce}\">1</script>");
        write("plain.html", "<p>1</p>");
        App app = app();
        app.use(new SecurityHeaders()
                .contentSecurityPolicy(
                        ContentSecurityPolicy.defaultSrc("'self'").withNonce("script-src")));
        app.get("/", (req, res) -> res.render("page.html", Map.of()));
        app.get("/plain", (req, res) -> res.render("plain.html", Map.of()));
        TestResponse page = TestClient.of(app).get("/");
        String nonce = page.text().replaceAll(".*nonce=\"([^\"]*)\".*", "$1");
        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo("default-src 'self'; script-src 'nonce-" + nonce + "'");
        assertThat(TestClient.of(app).get("/plain").header("Content-Security-Policy"))
                .isEqualTo("default-src 'self'; script-src");
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
        assertThat(client.with("X-CSRF-Token", token).post("/form").text()).isEqualTo("taken");
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
