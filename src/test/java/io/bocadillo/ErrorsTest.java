package io.bocadillo;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class ErrorsTest {

    private static final Executor LATER = CompletableFuture.delayedExecutor(20, MILLISECONDS);
    private static final String PLAIN_500 = "{\"error\":\"500 Internal Server Error\",\"status\":500}";

    private record Reason(String code, int retries) {}

    private final App app = new App();

    private TestResponse answerTo(Throwable error) {
        app.get("/", (req, res) -> CompletableFuture.failedFuture(error));
        return TestClient.of(app).get("/");
    }

    @Test
    void anHttpErrorIsJsonInBocadillosForm() {
        TestResponse response = answerTo(new HttpError(403, "Nope!"));
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.text()).isEqualTo("{\"error\":\"403 Forbidden\",\"status\":403,\"detail\":\"Nope!\"}");
    }

    @Test
    void theDetailMayBeAnythingThatJsonCanWrite() {
        TestResponse response = answerTo(new HttpError(422, List.of(new Reason("late", 3))));
        assertThat(response.text())
                .isEqualTo("{\"error\":\"422 Unprocessable Content\",\"status\":422,"
                        + "\"detail\":[{\"code\":\"late\",\"retries\":3}]}");
    }

    @Test
    void withoutDetailThereIsNone() {
        assertThat(answerTo(new HttpError(404)).text()).isEqualTo("{\"error\":\"404 Not Found\",\"status\":404}");
    }

    @Test
    void anUnregisteredStatusHasNoPhrase() {
        TestResponse response = answerTo(new HttpError(499));
        assertThat(response.status()).isEqualTo(499);
        assertThat(response.text()).isEqualTo("{\"error\":\"499\",\"status\":499}");
    }

    @ParameterizedTest
    @CsvSource({
        "400, Bad Request",
        "401, Unauthorized",
        "402, Payment Required",
        "403, Forbidden",
        "404, Not Found",
        "405, Method Not Allowed",
        "406, Not Acceptable",
        "407, Proxy Authentication Required",
        "408, Request Timeout",
        "409, Conflict",
        "410, Gone",
        "411, Length Required",
        "412, Precondition Failed",
        "413, Content Too Large",
        "414, URI Too Long",
        "415, Unsupported Media Type",
        "416, Range Not Satisfiable",
        "417, Expectation Failed",
        "421, Misdirected Request",
        "422, Unprocessable Content",
        "423, Locked",
        "424, Failed Dependency",
        "425, Too Early",
        "426, Upgrade Required",
        "428, Precondition Required",
        "429, Too Many Requests",
        "431, Request Header Fields Too Large",
        "451, Unavailable For Legal Reasons",
        "500, Internal Server Error",
        "501, Not Implemented",
        "502, Bad Gateway",
        "503, Service Unavailable",
        "504, Gateway Timeout",
        "505, HTTP Version Not Supported",
        "507, Insufficient Storage",
        "511, Network Authentication Required"
    })
    void everyRegisteredStatusHasItsPhrase(int status, String phrase) {
        assertThat(new HttpError(status).title()).isEqualTo(status + " " + phrase);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 399, 600, 0, -1})
    void anHttpErrorIsA4xxOrA5xx(int status) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpError(status))
                .withMessage("HttpError: expected a status from 400 to 599, got '" + status
                        + "'. Answer other statuses with res.status(...).");
    }

    @Test
    void textTellsTitleAndDetail() {
        app.onError(HttpError.class, ErrorHandlers.text());
        TestResponse response = answerTo(new HttpError(403, "Nope!"));
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(response.text()).isEqualTo("403 Forbidden\nNope!");
    }

    @Test
    void textWithoutDetailIsTheTitle() {
        app.onError(HttpError.class, ErrorHandlers.text());
        assertThat(answerTo(new HttpError(403)).text()).isEqualTo("403 Forbidden");
    }

    @Test
    void htmlEscapesTheDetail() {
        app.onError(HttpError.class, ErrorHandlers.html());
        TestResponse response = answerTo(new HttpError(403, "<script>alert('a' + \"b\")</script> & &amp;"));
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(response.text())
                .isEqualTo("<h1>403 Forbidden</h1>\n<p>&lt;script&gt;alert(&#39;a&#39; + &quot;b&quot;)&lt;/script&gt;"
                        + " &amp; &amp;amp;</p>");
    }

    @Test
    void htmlWithoutDetailIsTheHeading() {
        app.onError(HttpError.class, ErrorHandlers.html());
        assertThat(answerTo(new HttpError(403)).text()).isEqualTo("<h1>403 Forbidden</h1>");
    }

    @Test
    void problemIsRfc9457() {
        app.onError(HttpError.class, ErrorHandlers.problem());
        TestResponse response = answerTo(new HttpError(403, "Nope!"));
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.text()).isEqualTo("{\"title\":\"Forbidden\",\"status\":403,\"detail\":\"Nope!\"}");
    }

    @Test
    void problemPutsADetailThatIsNoTextUnderErrors() {
        app.onError(HttpError.class, ErrorHandlers.problem());
        assertThat(answerTo(new HttpError(400, Map.of("n", "Is required."))).text())
                .isEqualTo("{\"title\":\"Bad Request\",\"status\":400,\"errors\":{\"n\":\"Is required.\"}}");
    }

    @Test
    void problemWithoutDetailHasNone() {
        app.onError(HttpError.class, ErrorHandlers.problem());
        assertThat(answerTo(new HttpError(404)).text()).isEqualTo("{\"title\":\"Not Found\",\"status\":404}");
    }

    @Test
    void customHandlersKeepTheHeadersOfAnHttpError() {
        app.onError(
                HttpError.class, (req, res, error) -> res.status(error.status()).text("mine"));
        HttpError error = new HttpError(429).header("Retry-After", "9").header("Retry-After", "5");
        error.headers().add("Link", "</a>").add("Link", "</b>");
        TestResponse response = answerTo(error);
        assertThat(response.status()).isEqualTo(429);
        assertThat(response.text()).isEqualTo("mine");
        assertThat(response.headers().all("Retry-After")).containsExactly("5");
        assertThat(response.headers().all("Link")).containsExactly("</a>", "</b>");
    }

    @Test
    void theCauseOfAnHttpErrorNeverReachesTheClient() {
        assertThat(answerTo(new HttpError(502, "upstream", new IOException("secret-host")))
                        .text())
                .doesNotContain("secret-host");
    }

    @Test
    void theHandlerOfTheMostSpecificClassAnswers() {
        app.onError(Exception.class, (req, res, error) -> res.text("exception"));
        app.onError(
                FileNotFoundException.class,
                (req, res, error) -> res.status(404).text("file"));
        app.onError(IOException.class, (req, res, error) -> res.text("io"));
        app.get("/file", (req, res) -> {
            throw new FileNotFoundException();
        });
        app.get("/io", (req, res) -> {
            throw new IOException();
        });
        app.get("/other", (req, res) -> {
            throw new IllegalStateException();
        });
        app.get("/http", (req, res) -> {
            throw new HttpError(409);
        });
        TestClient client = TestClient.of(app);
        assertThat(client.get("/file").text()).isEqualTo("file");
        assertThat(client.get("/io").text()).isEqualTo("io");
        assertThat(client.get("/other").text()).isEqualTo("exception");
        assertThat(client.get("/http").text()).isEqualTo("{\"error\":\"409 Conflict\",\"status\":409}");
    }

    @Test
    void aSecondHandlerForAClassReplacesTheFirst() {
        app.onError(IOException.class, (req, res, error) -> res.text("first"));
        app.onError(IOException.class, (req, res, error) -> res.text("second"));
        assertThat(answerTo(new IOException()).text()).isEqualTo("second");
    }

    @Test
    void aHandlerOfThrowableTakesErrorsToo() {
        app.onError(Throwable.class, (req, res, error) -> res.text("caught " + error.getMessage()));
        assertThat(answerTo(new AssertionError("it")).text()).isEqualTo("caught it");
    }

    @Test
    void aHandlerMayThrowAnotherErrorForItsHandler() {
        app.onError(IOException.class, (req, res, error) -> {
            throw new HttpError(502, "storage");
        });
        TestResponse response = answerTo(new IOException("secret"));
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.text()).isEqualTo("{\"error\":\"502 Bad Gateway\",\"status\":502,\"detail\":\"storage\"}");
    }

    @Test
    void aHandlerThatThrowsLeavesNothingOfItsOwnBehind() {
        app.onError(IOException.class, (req, res, error) -> {
            res.status(418).header("X-Half", "yes").html("half");
            throw new HttpError(502);
        });
        TestResponse response = answerTo(new IOException());
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.header("X-Half")).isNull();
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void inMiddlewareTooAHandlerThatThrowsLeavesNothingOfItsOwnBehind() {
        app.use((req, res, next) -> {
            throw new HttpError(401).header("WWW-Authenticate", "Basic");
        });
        app.onError(HttpError.class, (req, res, error) -> {
            res.header("X-Half", "yes");
            throw new IOException();
        });
        app.onError(IOException.class, (req, res, error) -> res.status(404).text("nothing here"));
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.header("WWW-Authenticate")).isNull();
        assertThat(response.header("X-Half")).isNull();
    }

    @Test
    void aHandlerThatRethrowsPassesOnToThatOfASuperclass() {
        app.onError(FileNotFoundException.class, (req, res, error) -> {
            throw error;
        });
        app.onError(IOException.class, (req, res, error) -> CompletableFuture.failedFuture(error));
        app.onError(Exception.class, (req, res, error) -> res.status(404).text("at last"));
        TestResponse response = answerTo(new FileNotFoundException());
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.text()).isEqualTo("at last");
    }

    @Test
    void theHeadersOfAnHttpErrorAreThereOnceThoughSeveralHandlersRan() {
        app.use((req, res, next) -> {
            throw new HttpError(401).header("WWW-Authenticate", "Basic");
        });
        app.onError(HttpError.class, (req, res, error) -> {
            throw error;
        });
        app.onError(RuntimeException.class, (req, res, error) -> res.status(401).text("who?"));
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.text()).isEqualTo("who?");
        assertThat(response.headers().all("WWW-Authenticate")).containsExactly("Basic");
    }

    @Test
    void handlersThatThrowForOneAnotherWithoutEndEndInA500() {
        app.onError(IllegalStateException.class, (req, res, error) -> {
            throw new IllegalArgumentException("ping");
        });
        app.onError(IllegalArgumentException.class, (req, res, error) -> {
            throw new IllegalStateException("pong");
        });
        try (CapturedLog log = new CapturedLog()) {
            TestResponse response = answerTo(new IllegalStateException("start"));
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text()).isEqualTo(PLAIN_500);
            assertThat(log.lines("ERROR")).hasSize(1);
        }
    }

    @Test
    void anHttpErrorHandlerThatAlwaysFailsEndsInAPlain500() {
        app.onError(HttpError.class, (req, res, error) -> {
            res.header("X-Half", "yes");
            throw new IOException("template is missing");
        });
        try (CapturedLog log = new CapturedLog()) {
            TestResponse response = answerTo(new HttpError(409));
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text()).isEqualTo("500 Internal Server Error");
            assertThat(response.header("X-Half")).isNull();
            assertThat(log.text()).contains("java.io.IOException: template is missing");
        }
    }

    @Test
    void aHandlerMayAnswerLater() {
        app.onError(
                IOException.class,
                (req, res, error) ->
                        CompletableFuture.supplyAsync(() -> "later", LATER).thenCompose(res.status(502)::text));
        TestResponse response = answerTo(new IOException());
        assertThat(response.status()).isEqualTo(502);
        assertThat(response.text()).isEqualTo("later");
    }

    @Test
    void aHandlerMayFailLater() {
        app.onError(
                IOException.class,
                (req, res, error) -> CompletableFuture.runAsync(
                        () -> {
                            throw new HttpError(504);
                        },
                        LATER));
        assertThat(answerTo(new IOException()).status()).isEqualTo(504);
    }

    @Test
    void aHandlerThatReturnsNullIsNamed() {
        app.onError(IOException.class, (req, res, error) -> null);
        try (CapturedLog log = new CapturedLog()) {
            assertThat(answerTo(new IOException()).status()).isEqualTo(500);
            assertThat(log.text()).contains("error handler of java.io.IOException: expected a stage, got 'null'.");
        }
    }

    @Test
    void aHandlerThatSetsNoStatusAnswers500() {
        app.onError(IOException.class, (req, res, error) -> res.json(Map.of("error", "io")));
        app.get("/", (req, res) -> {
            res.status(201);
            throw new IOException();
        });
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text()).isEqualTo("{\"error\":\"io\"}");
    }

    @Test
    void anEmptyAnswerOfAHandlerIsA500Too() {
        app.onError(IOException.class, (req, res, error) -> res.empty());
        assertThat(answerTo(new IOException()).status()).isEqualTo(500);
    }

    @Test
    void whatMiddlewareSetStaysAndWhatTheViewSetIsGone() {
        app.use((req, res, next) -> {
            res.header("X-App", "app");
            return next.handle(req, res);
        });
        app.get("/", (req, res) -> {
                    res.header("X-View", "view")
                            .header("X-App", "changed")
                            .status(201)
                            .html("half");
                    throw new HttpError(409);
                })
                .before((req, res) -> res.header("X-Hook", "hook"))
                .use((req, res, next) -> {
                    res.header("X-Route", "route");
                    return next.handle(req, res);
                });
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(409);
        assertThat(response.header("X-App")).isEqualTo("app");
        assertThat(response.header("X-Route")).isEqualTo("route");
        assertThat(response.header("X-Hook")).isNull();
        assertThat(response.header("X-View")).isNull();
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void anUnhandledErrorTellsNoInternalsAndLogsOneErrorWithTheStackTrace() {
        app.get("/items/{pk}", (req, res) -> {
            throw new IllegalStateException("password=hunter2");
        });
        try (CapturedLog log = new CapturedLog()) {
            TestResponse response = TestClient.of(app).get("/items/caf%C3%A9?token=secret");
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text()).isEqualTo(PLAIN_500);
            assertThat(log.lines("ERROR"))
                    .singleElement()
                    .asString()
                    .contains("GET /items/caf%C3%A9: unhandled error")
                    .doesNotContain("secret");
            assertThat(log.text())
                    .containsOnlyOnce("java.lang.IllegalStateException: password=hunter2")
                    .contains("at io.bocadillo.ErrorsTest.");
        }
    }

    @Test
    void anUnhandledErrorIsA500InTheFormOfTheApp() {
        app.onError(HttpError.class, ErrorHandlers.problem());
        try (CapturedLog log = new CapturedLog()) {
            TestResponse response = answerTo(new IOException("secret"));
            assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(response.text()).isEqualTo("{\"title\":\"Internal Server Error\",\"status\":500}");
            assertThat(log.lines("ERROR")).hasSize(1);
        }
    }

    @Test
    void anHttpErrorIsNotLogged() {
        try (CapturedLog log = new CapturedLog()) {
            answerTo(new HttpError(500, "on purpose"));
            assertThat(log.text()).isEmpty();
        }
    }

    @Test
    void aRedirectEndsARequestFromAnywhere() {
        app.get("/view", (req, res) -> {
            throw new Redirect("/home");
        });
        app.get("/hook", (req, res) -> res.text("no")).before((req, res) -> {
            throw new Redirect(303, "/login?next=caf\u00e9");
        });
        app.get("/middleware", (req, res) -> res.text("no")).use((req, res, next) -> {
            throw new Redirect(308, "https://example.org/");
        });
        app.get("/late", (req, res) -> CompletableFuture.failedFuture(new Redirect(307, "/again")));
        app.onError(IOException.class, (req, res, error) -> {
            throw new Redirect("/sorry");
        });
        app.get("/error", (req, res) -> {
            throw new IOException();
        });
        TestClient client = TestClient.of(app);
        Map.of(
                        "/view", "302 /home",
                        "/hook", "303 /login?next=caf%C3%A9",
                        "/middleware", "308 https://example.org/",
                        "/late", "307 /again",
                        "/error", "302 /sorry")
                .forEach((target, expected) -> {
                    TestResponse response = client.get(target);
                    assertThat(response.status() + " " + response.header("Location"))
                            .as(target)
                            .isEqualTo(expected);
                    assertThat(response.body()).isEmpty();
                });
    }

    @Test
    void aRedirectIsAnsweredByAHandlerOfTheAppIfThereIsOne() {
        app.onError(
                Redirect.class,
                (req, res, redirect) -> res.status(200).json(Map.of(redirect.status(), redirect.location())));
        assertThat(answerTo(new Redirect(303, "/home")).text()).isEqualTo("{\"303\":\"/home\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 300, 304, 305, 306, 404, 500})
    void aRedirectWithAnotherStatusIsRefusedWhereItIsMade(int status) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Redirect(status, "/home"))
                .withMessageContaining("'" + status + "'");
    }

    @Test
    void errorsOfSeveralRequestsDoNotMix() {
        List<TestResponse> responses = new ArrayList<>();
        app.get("/{status:int}", (req, res) -> {
            throw new HttpError(req.param("status").asInt(), req.param("status").value());
        });
        TestClient client = TestClient.of(app);
        for (int status = 400; status < 420; status++) {
            responses.add(client.get("/" + status));
        }
        assertThat(responses)
                .allSatisfy(
                        response -> assertThat(response.text()).contains("\"detail\":\"" + response.status() + "\""));
    }

    @Test
    void theHeadersOfAnHttpErrorReplaceThoseThatMiddlewareHasSet() {
        app.use((req, res, next) -> {
            res.header("Retry-After", "1").header("Cache-Control", "no-cache").header("X-App", "app");
            return next.handle(req, res);
        });
        TestResponse response =
                answerTo(new HttpError(503).header("retry-after", "60").header("Cache-Control", "no-store"));
        assertThat(response.headers().all("Retry-After")).containsExactly("60");
        assertThat(response.headers().all("Cache-Control")).containsExactly("no-store");
        assertThat(response.header("X-App")).isEqualTo("app");
    }

    @Test
    void headerOfAnHttpErrorReplacesAndItsHeadersAdd() {
        HttpError error = new HttpError(401)
                .header("WWW-Authenticate", "Basic realm=\"a\"")
                .header("WWW-Authenticate", "Basic realm=\"b\"");
        error.headers().add("WWW-Authenticate", "Bearer");
        assertThat(answerTo(error).headers().all("WWW-Authenticate")).containsExactly("Basic realm=\"b\"", "Bearer");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 599})
    void aServerErrorWithACauseIsLoggedOnce(int status) {
        app.use((req, res, next) -> next.handle(req, res));
        app.use((req, res, next) -> next.handle(req, res));
        try (CapturedLog log = new CapturedLog()) {
            TestResponse response = answerTo(new HttpError(status, "upstream", new IOException("db down")));
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.text()).doesNotContain("db down");
            assertThat(log.lines("ERROR")).singleElement().asString().contains("GET /: failed");
            assertThat(log.text()).containsOnlyOnce("java.io.IOException: db down");
        }
    }

    @Test
    void aServerErrorWithACauseIsLoggedOnceThoughItsHandlerPassesItOn() {
        app.onError(HttpError.class, (req, res, error) -> {
            throw error;
        });
        app.onError(RuntimeException.class, (req, res, error) -> res.status(503).text("mine"));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(answerTo(new HttpError(503, null, new IOException("db down")))
                            .text())
                    .isEqualTo("mine");
            assertThat(log.lines("ERROR")).hasSize(1);
        }
    }

    @Test
    void anErrorOfTheClientIsNotLoggedWhateverItsCause() {
        try (CapturedLog log = new CapturedLog()) {
            answerTo(new HttpError(400, "no", new IOException("a")));
            assertThat(log.text()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {418, 499, 506, 599})
    void problemHasNoTitleForAStatusWithoutAPhrase(int status) {
        app.onError(HttpError.class, ErrorHandlers.problem());
        TestResponse response = answerTo(new HttpError(status, "short and stout"));
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(response.text()).isEqualTo("{\"status\":" + status + ",\"detail\":\"short and stout\"}");
    }

    @Test
    void problemHasItsTypeWhateverMiddlewareHasSet() {
        app.onError(HttpError.class, ErrorHandlers.problem());
        app.use((req, res, next) -> {
            res.header("Content-Type", "text/csv");
            return next.handle(req, res);
        });
        assertThat(answerTo(new HttpError(404)).headers().all("Content-Type"))
                .containsExactly("application/problem+json");
    }

    private static final class Unprintable extends RuntimeException {

        private static final long serialVersionUID = 1;

        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }

    @Test
    void anErrorThatCannotBePrintedIsA500() {
        app.get("/thrown", (req, res) -> {
            throw new Unprintable();
        });
        app.any("/failed", (req, res) -> CompletableFuture.failedFuture(new Unprintable()));
        app.get("/late", (req, res) -> {
            // Not by runAsync: its CompletionException asks for the text, and the future never completes.
            CompletableFuture<Void> later = new CompletableFuture<>();
            LATER.execute(() -> later.completeExceptionally(new Unprintable()));
            return later;
        });
        app.get("/cause", (req, res) -> {
            throw new HttpError(500, null, new Unprintable());
        });
        TestClient client = TestClient.of(app);
        for (String path : List.of("/thrown", "/failed", "/late", "/cause")) {
            try (CapturedLog log = new CapturedLog()) {
                TestResponse response = client.get(path);
                assertThat(response.status()).as(path).isEqualTo(500);
                assertThat(response.text()).as(path).isEqualTo(PLAIN_500);
                assertThat(log.text()).as(path).contains("GET " + path + ": ");
            }
        }
        try (CapturedLog log = new CapturedLog()) {
            assertThat(client.post("/failed", "body").text()).isEqualTo(PLAIN_500);
            assertThat(log.text()).contains("io.bocadillo.ErrorsTest$Unprintable");
        }
    }

    private static final class Endless extends RuntimeException {

        private static final long serialVersionUID = 1;

        @Override
        public String toString() {
            throw new StackOverflowError();
        }
    }

    @Test
    void anErrorWhoseTextHasNoEndIsA500() {
        app.get("/", (req, res) -> {
            throw new Endless();
        });
        app.get("/cause", (req, res) -> {
            throw new HttpError(500, null, new Endless());
        });
        try (CapturedLog log = new CapturedLog()) {
            TestClient client = TestClient.of(app);
            assertThat(client.get("/").text()).isEqualTo(PLAIN_500);
            assertThat(log.text()).contains("io.bocadillo.ErrorsTest$Endless");
            assertThat(client.get("/cause").text()).isEqualTo(PLAIN_500);
        }
    }

    @Test
    void anErrorThatCannotBePrintedIsAnsweredByItsHandlerAlone() {
        app.onError(Unprintable.class, (req, res, error) -> res.status(409).text("handled"));
        TestResponse response = answerTo(new Unprintable());
        assertThat(response.status()).isEqualTo(409);
        assertThat(response.text()).isEqualTo("handled");
    }

    @Test
    void aServerErrorWithACauseIsLoggedOnceThoughNobodyAnswersIt() {
        app.onError(HttpError.class, (req, res, error) -> {
            throw error;
        });
        try (CapturedLog log = new CapturedLog()) {
            assertThat(answerTo(new HttpError(503, null, new IOException("db down")))
                            .status())
                    .isEqualTo(500);
            assertThat(log.text()).containsOnlyOnce("java.io.IOException: db down");
        }
    }

    @Test
    void anErrorWhoseTextHasNoEndIsAnsweredBehindABodyToo() {
        app.post("/", (req, res) -> {
            throw new Endless();
        });
        try (CapturedLog log = new CapturedLog()) {
            assertThat(TestClient.of(app).post("/", "body").text()).isEqualTo(PLAIN_500);
            assertThat(log.lines("ERROR")).isNotEmpty();
        }
    }

    /** The executor takes the view, and nothing more. */
    private static TestResponse answerOnceFull(App app, AtomicBoolean full, View view) {
        app.get("/", (req, res) -> {
            full.set(true);
            return view.handle(req, res);
        });
        return TestClient.of(app).get("/");
    }

    private static App limited(AtomicBoolean full) {
        return new App(Settings.defaults().executor(task -> {
            if (full.get()) {
                throw new RejectedExecutionException("no thread left");
            }
            task.run();
        }));
    }

    private static void assert503AndOneLine(View view) {
        AtomicBoolean full = new AtomicBoolean();
        try (CapturedLog log = new CapturedLog()) {
            TestResponse response = answerOnceFull(limited(full), full, view);
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.text()).isEqualTo("{\"error\":\"503 Service Unavailable\",\"status\":503}");
            assertThat(response.header("Content-Type")).isEqualTo("application/json");
            assertThat(log.text().lines())
                    .singleElement()
                    .asString()
                    .contains("WARN")
                    .endsWith(
                            "GET /: expected an executor with a free thread,"
                                    + " got 'java.util.concurrent.RejectedExecutionException: no thread left'. Answered with 503.");
        }
    }

    @Test
    void aViewForWhichTheExecutorHasNoThreadIsA503AndOneLine() {
        AtomicBoolean full = new AtomicBoolean(true);
        App own = limited(full);
        own.get("/", (req, res) -> res.text("never"));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(TestClient.of(own).get("/").status()).isEqualTo(503);
            assertThat(log.text().lines()).hasSize(1);
        }
    }

    @Test
    void aWriterForWhichTheExecutorHasNoThreadIsA503AndOneLine() {
        assert503AndOneLine((req, res) -> res.write(out -> out.write('x')));
    }

    @Test
    void eventsForWhichTheExecutorHasNoThreadAreA503AndOneLine() {
        assert503AndOneLine((req, res) -> res.events(events -> events.send("x")));
    }

    @Test
    void aViewThatMeetsAFullExecutorOfItsOwnIsA503AndOneLine() {
        assert503AndOneLine((req, res) -> {
            throw new CompletionException(new RejectedExecutionException("no thread left"));
        });
    }

    @Test
    void anAppMayAnswerAFullExecutorItself() {
        AtomicBoolean full = new AtomicBoolean();
        App own = limited(full);
        own.onError(
                RejectedExecutionException.class,
                (req, res, error) -> res.status(429).text("later"));
        assertThat(answerOnceFull(own, full, (req, res) -> res.write(out -> out.write('x')))
                        .status())
                .isEqualTo(429);
    }

    @Test
    void anErrorPageForWhichTheExecutorHasNoThreadIsAPlain503() {
        AtomicBoolean full = new AtomicBoolean();
        App own = limited(full);
        own.onError(
                HttpError.class, (req, res, error) -> res.status(error.status()).write(out -> out.write('x')));
        TestResponse response = answerOnceFull(own, full, (req, res) -> {
            throw new HttpError(404);
        });
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.text()).isEqualTo("503 Service Unavailable");
    }
}
