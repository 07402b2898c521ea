package io.bocadillo.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.CapturedLog;
import io.bocadillo.Settings;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestForm;
import io.bocadillo.testing.TestResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CourseManagerTest {

    private static final String POLICY = "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'";

    private final TestClient client = TestClient.of(app(Settings.defaults()));

    private static App app(Settings settings) {
        App app = new App(settings);
        CourseManager.configure(app);
        return app;
    }

    @Test
    void theApiCreatesACourseAndFindsIt() {
        TestResponse created = client.post("/courses", Map.of("name", " Tacos ", "teacher", "Ana"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json(Course.class)).isEqualTo(new Course(4, "Tacos", "Ana"));
        assertThat(client.get("/courses/4").text()).isEqualTo(created.text());
        assertThat(client.get("/courses").json(Course[].class)).hasSize(4).contains(new Course(4, "Tacos", "Ana"));
    }

    @Test
    void theApiSaysEverythingThatIsMissing() {
        TestResponse refused = client.post("/courses", Map.of());

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json(Map.class))
                .isEqualTo(Map.of(
                        "error", "400 Bad Request",
                        "status", 400,
                        "message", "A course has a name. A course has a teacher."));
    }

    @Test
    void nobodyFillsTheMemoryWithCourses() {
        for (int i = 4; i <= 1000; i++) {
            client.post("/courses", Map.of("name", "Course " + i, "teacher", "Ana"));
        }

        TestResponse refused = client.post("/courses", Map.of("name", "Tacos", "teacher", "Ana"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json(Map.class)).containsEntry("message", "There can't be more than 1000 courses.");
        assertThat(client.get("/courses").json(Course[].class)).hasSize(1000);
        assertThat(client.get("/courses/1000").json(Course.class).name()).isEqualTo("Course 1000");
    }

    @Test
    void theApiTellsTheTopCoursesToKnownTokensAlone() {
        client.get("/courses/2");

        assertThat(client.get("/courses/top").status()).isEqualTo(401);
        assertThat(client.with("Authorization", "Token knowntoken")
                        .get("/courses/top?n=1")
                        .json(CourseViews[].class))
                .containsExactly(new CourseViews(new Course(2, "Notes on the Analytical Engine", "Ada Lovelace"), 1));
    }

    @Test
    void scriptsOfOtherSitesMayUseTheApiAndNotThePages() {
        TestClient script = client.with("Origin", "https://app.example");

        assertThat(script.get("/courses").header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(script.get("/courses/4711").header("Access-Control-Allow-Origin"))
                .isEqualTo("*");
        TestResponse preflight = script.with("Access-Control-Request-Method", "GET")
                .with("Access-Control-Request-Headers", "authorization")
                .options("/courses/top");
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Headers")).containsIgnoringCase("authorization");
        for (String page : new String[] {"/", "/catalogue", "/catalogue/1"}) {
            assertThat(script.get(page).headers().contains("Access-Control-Allow-Origin"))
                    .isFalse();
        }
    }

    @Test
    void theApiNeitherReadsNorSetsACookie() {
        for (TestResponse response : new TestResponse[] {
            client.get("/courses"), client.get("/courses/1"), client.post("/courses", Map.of("name", "x"))
        }) {
            assertThat(response.headers().contains("Set-Cookie")).isFalse();
            assertThat(response.headers().contains("Vary")).isFalse();
        }
    }

    @Test
    void everyAnswerHasTheHeadersThatKeepBrowsersSafe() {
        for (String path : new String[] {"/", "/catalogue", "/courses", "/static/style.css", "/none"}) {
            TestResponse response = client.get(path);
            assertThat(response.header("Content-Security-Policy")).isEqualTo(POLICY);
            assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    @Test
    void theStyleSheetIsKeptAndAskedForOnlyIfItHasChanged() {
        TestResponse css = client.get("/static/style.css");

        assertThat(css.status()).isEqualTo(200);
        assertThat(css.header("Content-Type")).isEqualTo("text/css; charset=utf-8");
        assertThat(css.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(css.headers().contains("Set-Cookie")).isFalse();
        String tag = css.header("ETag");
        assertThat(tag).isNotEmpty();
        assertThat(client.with("If-None-Match", tag).get("/static/style.css").status())
                .isEqualTo(304);
    }

    @Test
    void theLogoIsAPictureThatBrowsersKnow() {
        assertThat(client.get("/static/logo.svg").header("Content-Type")).startsWith("image/svg+xml");
    }

    @Test
    void aPathThatNobodyKnowsIsAnErrorInOurForm() {
        assertThat(client.get("/none").json(Map.class))
                .isEqualTo(Map.of("error", "404 Not Found", "status", 404, "message", "Duh!"));
    }

    @Test
    void withAKeySessionsOutliveTheServer() {
        Settings settings = Settings.of(Map.of("sessions.key", "a secret of more than 32 bytes in all"));
        try (CapturedLog log = new CapturedLog()) {
            Visitor before = new Visitor(app(settings));
            before.submit("/catalogue/2", "/catalogue/2/enrolment", new TestForm().field("enrol", "true"));

            Visitor after = new Visitor(app(settings), before.cookie());

            assertThat(after.get("/").text()).contains("You take 1 of the courses.");
            assertThat(log.text()).doesNotContain("sessions.key");
        }
    }

    @Test
    void withoutAKeySessionsEndWithTheServerAndTheLogSaysSo() {
        try (CapturedLog log = new CapturedLog()) {
            Visitor before = new Visitor(app(Settings.defaults()));
            before.submit("/catalogue/2", "/catalogue/2/enrolment", new TestForm().field("enrol", "true"));

            Visitor after = new Visitor(app(Settings.defaults()), before.cookie());

            assertThat(after.get("/").text()).contains("You take no course yet.");
            assertThat(log.lines("WARN"))
                    .filteredOn(line -> line.contains("sessions.key") && line.contains("BOCADILLO_SESSIONS_KEY"))
                    .hasSize(2);
        }
    }
}
