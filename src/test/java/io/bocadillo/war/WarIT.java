package io.bocadillo.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The example as a user deploys it: the WAR dropped into a server. */
@ParameterizedClass(name = "{0}")
@MethodSource("distributions")
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class WarIT {

    private static final String CONTEXT = "/courses-app";
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf_token\" value=\"([^\"]+)\"");

    @Parameter
    private Distribution distribution;

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();
    private Path base;
    private RunningServer server;

    static List<Distribution> distributions() {
        Path containers = Path.of(System.getProperty("bocadillo.containers"));
        return List.of(
                new Tomcat(containers.resolve("tomcat-10.1")),
                new Tomcat(containers.resolve("tomcat-11")),
                new Jetty(containers.resolve("jetty-12.1")));
    }

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void deploy(@TempDir Path directory) throws Exception {
        base = directory;
        distribution.deploy(Path.of(System.getProperty("bocadillo.war")), CONTEXT.substring(1), base);
        server = RunningServer.start(distribution, base);
    }

    @AfterParameterizedClassInvocation(injectArguments = false)
    void end() {
        server.close();
    }

    @Test
    void theIndexPageLinksToPathsInsideTheContext() throws Exception {
        HttpResponse<String> page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).isEqualToIgnoringWhitespace("text/html; charset=utf-8"));
        assertThat(page.body()).contains("href=\"" + CONTEXT + "/courses\"");
    }

    /** Tomcat answers at once, Jetty redirects to the path with the slash. */
    @Test
    void theContextPathWithoutItsSlashLeadsToTheIndexPage() throws Exception {
        HttpResponse<String> page = get("");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.uri().getPath()).isIn(CONTEXT, CONTEXT + "/");
        assertThat(page.body()).isEqualTo(get("/").body());
    }

    @Test
    void theIndexPageSaysWhichServerRunsIt() throws Exception {
        String server = distribution instanceof Tomcat ? "Apache Tomcat/1" : "jetty/12.1";

        assertThat(get("/").body()).contains("<dt>Server</dt><dd>" + server);
    }

    @Test
    void theStyleSheetOfAPageIsThereAndNeedNotBeLoadedAgain() throws Exception {
        assertThat(get("/catalogue").body()).contains("href=\"" + CONTEXT + "/static/style.css\"");

        HttpResponse<String> css = get("/static/style.css");
        assertThat(css.statusCode()).isEqualTo(200);
        assertThat(css.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/css"));
        assertThat(css.headers().firstValue("Cache-Control")).hasValue("no-cache");
        String tag = css.headers().firstValue("ETag").orElseThrow();
        assertThat(send(request("/static/style.css").header("If-None-Match", tag))
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void aFormAndItsSessionWorkInsideTheContext() throws Exception {
        CookieManager cookies = new CookieManager();
        HttpClient browser = HttpClient.newBuilder()
                .followRedirects(Redirect.NORMAL)
                .cookieHandler(cookies)
                .build();
        String page = send(browser, request("/catalogue/new")).body();
        assertThat(page).contains("action=\"" + CONTEXT + "/catalogue\"");
        assertThat(cookies.getCookieStore().getCookies())
                .singleElement()
                .satisfies(cookie -> assertThat(cookie.getPath()).isEqualTo(CONTEXT));

        HttpResponse<String> created = send(browser, form("/catalogue", "name=Cer%C3%A1mica&teacher=Ana", page));
        assertThat(created.statusCode()).isEqualTo(200);
        assertThat(created.uri().getPath()).matches(CONTEXT + "/catalogue/\\d+");
        assertThat(created.body()).contains("<h1>Cerámica</h1>", "“Cerámica” is in the catalogue.");

        String enrolment = created.uri().getPath().substring(CONTEXT.length()) + "/enrolment";
        assertThat(send(browser, form(enrolment, "enrol=true", created.body())).body())
                .contains("You take “Cerámica” now.", "You take 1 of the courses.");
        assertThat(get("/catalogue").body()).contains("You take no course yet.");
    }

    @Test
    void aFormOfAnotherSessionIsRefused() throws Exception {
        String page = get("/catalogue/new").body();

        HttpResponse<String> refused = send(form("/catalogue", "name=Tacos&teacher=Ana", page));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("<h1>403 Forbidden</h1>");
    }

    @Test
    void scriptsOfOtherSitesMayUseTheApi() throws Exception {
        HttpResponse<String> preflight = send(request("/courses")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "POST"));

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("*");
    }

    @Test
    void aCreatedCourseCanBeFoundAndIsListed() throws Exception {
        HttpResponse<String> created = post("{\"name\": \"Jardinería\", \"teacher\": \"Ana\"}");

        assertThat(created.statusCode()).isEqualTo(201);
        JsonNode course = JSON.readTree(created.body());
        assertThat(course.get("name").stringValue()).isEqualTo("Jardinería");
        HttpResponse<String> found = get("/courses/" + course.get("pk").intValue());
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(JSON.readTree(found.body())).isEqualTo(course);
        assertThat(JSON.readTree(get("/courses").body()).valueStream()).contains(course);
    }

    @Test
    void aBodyOfUnknownLengthIsRead() throws Exception {
        byte[] body = "{\"name\": \"Chunks\", \"teacher\": \"Ben\"}".getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> created = post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(JSON.readTree(created.body()).get("name").stringValue()).isEqualTo("Chunks");
    }

    @Test
    void anIncompleteCourseIsRefusedWithTheReason() throws Exception {
        HttpResponse<String> refused = post("{\"name\": \"Jardinería\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(refused.body()).get("message").stringValue()).contains("teacher");
    }

    @Test
    void anUnknownCourseIsNotFoundAsJson() throws Exception {
        HttpResponse<String> missing = get("/courses/4711");

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(JSON.readTree(missing.body()).get("error").stringValue()).isEqualTo("404 Not Found");
    }

    @Test
    void aMethodWithoutARouteIsToldWhichAreAllowed() throws Exception {
        HttpResponse<String> refused = send(request("/courses").DELETE());

        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).hasValue("GET, HEAD, POST, OPTIONS");
    }

    @Test
    void theTopCoursesAreForKnownTokensOnly() throws Exception {
        HttpResponse<String> refused = get("/courses/top?n=1");
        HttpResponse<String> answered = send(request("/courses/top?n=1").header("Authorization", "Token knowntoken"));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Token");
        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answered.body()).size()).isLessThanOrEqualTo(1);
    }

    @Test
    void theViewsOfACourseAreCountedAfterTheAnswer() throws Exception {
        JsonNode course = JSON.readTree(
                post("{\"name\": \"Tacos\", \"teacher\": \"Ana\"}").body());
        get("/courses/" + course.get("pk").intValue());

        HttpRequest.Builder top = request("/courses/top?n=100").header("Authorization", "Token knowntoken");
        String counted = "{\"course\":" + course + ",\"views\":1}";
        String answer = send(top).body();
        for (int i = 0; i < 100 && !answer.contains(counted); i++) {
            Thread.sleep(100);
            answer = send(top).body();
        }
        assertThat(answer).contains(counted);
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void tomcatLoadsNoJettyClass() throws Exception {
        assumeTrue(distribution instanceof Tomcat);

        assertThat(Files.readString(Tomcat.classesLog(base)))
                .contains("io.bocadillo.servlet.BocadilloServlet")
                .doesNotContain("org.eclipse.jetty", "io.bocadillo.jetty");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void itStopsInPeaceAndHasLoggedNeitherErrorNorLeak() throws Exception {
        server.stop();

        assertThat(server.log())
                .anyMatch(distribution.stopped().asPredicate())
                .noneMatch(line -> line.matches(".*(SEVERE|ERROR|Exception|memory leak).*"));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<String> post(String json) throws Exception {
        return post(BodyPublishers.ofString(json));
    }

    private HttpResponse<String> post(BodyPublisher json) throws Exception {
        return send(request("/courses").POST(json).header("Content-Type", "application/json"));
    }

    /** As a browser sends it that has loaded the page. */
    private HttpRequest.Builder form(String path, String fields, String page) {
        Matcher token = TOKEN.matcher(page);
        assertThat(token.find()).isTrue();
        String body = fields + "&csrf_token=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
        return request(path)
                .POST(BodyPublishers.ofString(body))
                .header("Content-Type", "application/x-www-form-urlencoded");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + CONTEXT + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return send(client, request);
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
