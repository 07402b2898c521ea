package io.bocadillo.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.testing.TestForm;
import io.bocadillo.testing.TestResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CataloguePagesTest {

    private Visitor visitor;

    @BeforeEach
    void visit() {
        App app = new App();
        CourseManager.configure(app);
        visitor = new Visitor(app);
    }

    private static TestForm course(String name, String teacher) {
        return new TestForm().field("name", name).field("teacher", teacher);
    }

    private static TestForm enrol(boolean enrol) {
        return new TestForm().field("enrol", Boolean.toString(enrol));
    }

    @Test
    void theOverviewSaysWhatRunsHere() {
        TestResponse page = visitor.get("/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.text())
                .contains("<!DOCTYPE html>", "<html lang=\"en\">", "<title>Overview · Course manager</title>")
                .contains("<dd>" + System.getProperty("java.version") + "</dd>", "<dd>http://localhost/</dd>")
                .contains("http://localhost/courses\n", "http://localhost/courses/top<")
                .contains("<a href=\"/courses\">/courses</a>", "<a href=\"/catalogue\">/catalogue</a>")
                .contains("/courses/{pk}")
                .doesNotContain("th:", "[[");
    }

    @Test
    void theOverviewHasTheLatestFiveCoursesFirst() {
        for (int i = 1; i <= 5; i++) {
            visitor.submit("/catalogue/new", "/catalogue", course("Latest " + i, "Ana"));
        }

        String page = visitor.get("/").text();

        assertThat(page).containsSubsequence("Latest 5", "Latest 4", "Latest 3", "Latest 2", "Latest 1");
        assertThat(page).doesNotContain("Guido van Rossum");
    }

    @Test
    void theCatalogueLeadsToEachCourse() {
        assertThat(visitor.get("/catalogue").text())
                .contains("<a href=\"/catalogue/1\">Python Programming</a>", "<a href=\"/catalogue/3\">");

        assertThat(visitor.get("/catalogue/1").text())
                .contains("<title>Python Programming · Course manager</title>")
                .contains("<h1>Python Programming</h1>", "Guido van Rossum")
                .contains("<a href=\"/courses/1\">JSON</a>");
    }

    @Test
    void thePageOfTheNavigationIsMarked() {
        Pattern current = Pattern.compile("<a href=\"([^\"]*)\" aria-current=\"page\">");

        for (String path : new String[] {"/", "/catalogue", "/catalogue/new"}) {
            assertThat(current.matcher(visitor.get(path).text()).results().map(link -> link.group(1)))
                    .containsExactly(path);
        }
        assertThat(visitor.get("/catalogue/1").text()).doesNotContain("aria-current");
    }

    @Test
    void theViewsOfAPageAreCounted() {
        assertThat(visitor.get("/catalogue/1").text()).contains("<dd>0 times</dd>");
        assertThat(visitor.get("/catalogue/1").text()).contains("<dd>once</dd>");
        assertThat(visitor.get("/catalogue/1").text()).contains("<dd>2 times</dd>");
    }

    @Test
    void aFormCreatesACourseAndTheNextPageSaysSoOnce() {
        TestResponse sent = visitor.submit("/catalogue/new", "/catalogue", course("Jardinería", "Ana"));

        assertThat(sent.status()).isEqualTo(303);
        assertThat(sent.header("Location")).isEqualTo("/catalogue/4");
        assertThat(visitor.get("/catalogue/4").text())
                .contains("<h1>Jardinería</h1>", "role=\"status\">“Jardinería” is in the catalogue.</p>");
        assertThat(visitor.get("/catalogue/4").text()).doesNotContain("role=\"status\"");
    }

    @Test
    void anIncompleteFormComesBackWithWhatWasInItAndTheReasons() {
        TestResponse sent = visitor.submit("/catalogue/new", "/catalogue", course(" ", "A\"na"));

        assertThat(sent.status()).isEqualTo(400);
        assertThat(sent.text())
                .contains("aria-invalid=\"true\" aria-describedby=\"name-problem\"")
                .contains("id=\"name-problem\">A course has a name.</span>")
                .contains("value=\"A&quot;na\"")
                .doesNotContain("teacher-problem");
        assertThat(visitor.get("/catalogue").text()).doesNotContain("A&quot;na");
    }

    @Test
    void aNameHasAtMost100Characters() {
        TestResponse sent = visitor.submit("/catalogue/new", "/catalogue", course("x".repeat(101), "y".repeat(100)));

        assertThat(sent.status()).isEqualTo(400);
        assertThat(sent.text())
                .contains("The name of a course has at most 100 characters.")
                .doesNotContain("teacher-problem");
    }

    @Test
    void whatVisitorsWriteIsNeverMarkup() {
        String script = "<script>alert('x')</script>${7*7}[[${7*7}]]";
        visitor.submit("/catalogue/new", "/catalogue", course(script, "\"><img src=x onerror=alert(1)>"));

        for (String path : new String[] {"/", "/catalogue", "/catalogue/4"}) {
            assertThat(visitor.get(path).text())
                    .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;${7*7}[[${7*7}]]")
                    .doesNotContain("<script", "<img src=x");
        }
    }

    @Test
    void aFormWithoutTheTokenIsRefusedWithAPage() {
        TestResponse refused = visitor.post("/catalogue", course("Tacos", "Ana"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(refused.text()).contains("<h1>403 Forbidden</h1>", "csrf: expected");
    }

    @Test
    void theSessionRemembersWhatAVisitorTakes() {
        assertThat(visitor.get("/catalogue").text()).contains("You take no course yet.");

        TestResponse sent = visitor.submit("/catalogue/2", "/catalogue/2/enrolment", enrol(true));
        assertThat(sent.status()).isEqualTo(303);
        assertThat(sent.header("Location")).isEqualTo("/catalogue/2");
        assertThat(visitor.get("/catalogue/2").text())
                .contains("You take “Notes on the Analytical Engine” now.", "Leave the course");
        assertThat(visitor.get("/catalogue").text())
                .containsOnlyOnce("class=\"stamp\"")
                .contains("You take 1 of the courses.");

        visitor.submit("/catalogue/2", "/catalogue/2/enrolment", enrol(false));
        assertThat(visitor.get("/catalogue/2").text())
                .contains("You have left “Notes on the Analytical Engine”.", ">Enrol</button>");
        assertThat(visitor.get("/catalogue").text())
                .doesNotContain("class=\"stamp\"")
                .contains("You take no course yet.");
    }

    @Test
    void whoEnrolsTwiceTakesACourseOnce() {
        visitor.submit("/catalogue/2", "/catalogue/2/enrolment", enrol(true));
        visitor.submit("/catalogue/2", "/catalogue/2/enrolment", enrol(true));

        assertThat(visitor.get("/").text()).contains("You take 1 of the courses.");
    }

    @Test
    void nobodyTakesMoreCoursesThanASessionHasRoomFor() {
        for (int i = 4; i <= 13; i++) {
            visitor.submit("/catalogue/new", "/catalogue", course("Course " + i, "Ana"));
        }
        for (int i = 1; i <= 12; i++) {
            visitor.submit("/catalogue/" + i, "/catalogue/" + i + "/enrolment", enrol(true));
        }

        TestResponse refused = visitor.submit("/catalogue/13", "/catalogue/13/enrolment", enrol(true));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text())
                .contains("Nobody can take more than 12 courses at a time.", "You take 12 of the courses.");
    }

    @Test
    void anUnknownCourseIsAPageTooWithoutDetailsThatAreForPrograms() {
        TestResponse missing = visitor.get("/catalogue/4711");

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text())
                .contains("<h1>404 Not Found</h1>", "There is no course 4711.", "href=\"/catalogue\"");
        assertThat(visitor.get("/catalogue/seven").text()).contains("<h1>400 Bad Request</h1>");
        assertThat(visitor.get("/catalogue/seven").text()).doesNotContain("pk=");
    }

    @Test
    void noCacheGivesAPageToSomebodyElse() {
        for (String path : new String[] {"/", "/catalogue", "/catalogue/1", "/catalogue/new"}) {
            assertThat(visitor.get(path).headers().all("Cache-Control")).containsExactly("private");
            assertThat(visitor.get(path).header("Vary")).contains("Cookie");
        }
    }

    @Test
    void pagesLoadNothingFromElsewhereAndHaveNoScripts() {
        Pattern loaded = Pattern.compile("(?:src|<link[^>]* href)=\"([^\"]*)\"");

        for (String path : new String[] {"/", "/catalogue", "/catalogue/1", "/catalogue/new"}) {
            String page = visitor.get(path).text();
            assertThat(page).doesNotContain("<script", "style=", "<style");
            assertThat(loaded.matcher(page).results().map(link -> link.group(1)))
                    .hasSize(3)
                    .allMatch(link -> visitor.get(link).status() == 200);
        }
    }
}
