package io.bocadillo.middleware;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.App;
import io.bocadillo.CsrfToken;
import io.bocadillo.HttpError;
import io.bocadillo.Middleware;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.ServerEvent;
import io.bocadillo.Session;
import io.bocadillo.Settings;
import io.bocadillo.View;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who asks for a session while the answer goes out comes too late for what the answer has to say of it. */
class LateSessionTest {

    private static final String KEY = "a key of exactly thirty-two byte";

    /** Where the session is, and whether there is one already. */
    enum Kind {
        SIGNED,
        SIGNED_KNOWN,
        STORED,
        STORED_KNOWN;

        Sessions sessions() {
            Sessions sessions = new Sessions(KEY);
            return name().startsWith("STORED") ? sessions.store(new MemorySessionStore()) : sessions;
        }
    }

    /** How a body is made while it goes out. */
    enum Body {
        WRITTEN {
            @Override
            CompletionStage<?> answer(Response res, Supplier<String> text) {
                return res.write(out -> out.write(text.get().getBytes(UTF_8)));
            }
        },
        EVENTS {
            @Override
            CompletionStage<?> answer(Response res, Supplier<String> text) {
                return res.events(events -> {
                    events.send(ServerEvent.of(text.get()));
                    events.close();
                });
            }
        },
        STREAM {
            @Override
            CompletionStage<?> answer(Response res, Supplier<String> text) {
                return res.stream(Stream.of(1).map(one -> text.get()));
            }
        };

        abstract CompletionStage<?> answer(Response res, Supplier<String> text);
    }

    static Stream<Arguments> kindsAndBodies() {
        return Stream.of(Kind.values()).flatMap(kind -> Stream.of(Body.values()).map(body -> Arguments.of(kind, body)));
    }

    private final App app = new App();

    /** With a session of that client, if it is to have one. */
    private TestClient client(Kind kind, Sessions sessions, View view) {
        app.use(sessions);
        app.use(new Csrf());
        app.get("/visit", (req, res) -> {
            req.session().put("n", 1);
            return res.empty();
        });
        app.get("/", view);
        app.onError(
                IllegalStateException.class,
                (req, res, error) -> res.status(500).text("" + error.getMessage()));
        TestClient client = TestClient.of(app);
        if (kind.name().endsWith("KNOWN")) {
            assertThat(client.get("/visit").header("Set-Cookie")).isNotNull();
        }
        return client;
    }

    private TestResponse ask(Kind kind, Body body, Function<Request, String> late) {
        return client(kind, kind.sessions(), (req, res) -> body.answer(res, () -> late.apply(req)))
                .get("/");
    }

    @ParameterizedTest
    @MethodSource("kindsAndBodies")
    void toAskForItIsRefused(Kind kind, Body body) {
        TestResponse response = ask(kind, body, req -> "" + req.session().get("n", 0));
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text())
                .matches(
                        "(session of GET /: expected the middleware Sessions before this, and an answer that is not there yet,"
                                + " got none\\..*)|(session: expected the first use before the answer goes out, got it"
                                + " after\\. Read it in the view, before its stage completes\\.)");
    }

    @ParameterizedTest
    @MethodSource("kindsAndBodies")
    void toChangeItIsRefused(Kind kind, Body body) {
        TestResponse response = ask(kind, body, req -> "" + req.session().put("n", 2));
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.headers().contains("Set-Cookie")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("kindsAndBodies")
    void toAskForATokenIsRefused(Kind kind, Body body) {
        TestResponse response = ask(kind, body, req -> req.get(CsrfToken.class).value());
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text()).containsPattern("an answer that is not there yet|got it after");
    }

    /** It was asked for before, but nothing of it was looked at: the answer does not say that it depends on it. */
    @ParameterizedTest
    @MethodSource("kindsAndBodies")
    void toLookAtItForTheFirstTimeIsRefused(Kind kind, Body body) {
        TestResponse response = client(kind, kind.sessions(), (req, res) -> {
                    Session session = req.session();
                    return body.answer(res, () -> "" + session.get("n", 0));
                })
                .get("/");
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text()).startsWith("session: expected the first use before the answer goes out");
    }

    @ParameterizedTest
    @MethodSource("kindsAndBodies")
    void whatWasLookedAtBeforeCanStillBeRead(Kind kind, Body body) {
        TestResponse response = client(kind, kind.sessions(), (req, res) -> {
                    boolean isEmpty = req.session().isEmpty();
                    return body.answer(res, () -> isEmpty + " " + req.session().get("n", 0));
                })
                .get("/");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).contains(kind.name().endsWith("KNOWN") ? "false 1" : "true 0");
        assertThat(response.headers().all("Vary")).contains("Cookie");
        assertThat(response.header("Cache-Control")).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("kindsAndBodies")
    void aTokenThatWasAskedForBeforeIsGiven(Kind kind, Body body) {
        TestResponse response = client(kind, kind.sessions(), (req, res) -> {
                    String token = req.get(CsrfToken.class).value();
                    return body.answer(
                            res,
                            () -> token.length() + " "
                                    + req.get(CsrfToken.class).value());
                })
                .get("/");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).contains("86 ");
        assertThat(response.header("Set-Cookie")).isNotNull();
    }

    /** A middleware around them comes too late as well, and learns it. */
    @ParameterizedTest
    @EnumSource
    void whoIsAroundThemIsRefused(Kind kind) {
        app.use((req, res, next) -> next.handle(req, res).thenRun(() -> {
            if (req.path().equals("/")) {
                req.session().put("n", 2);
            }
        }));
        TestResponse response =
                client(kind, kind.sessions(), (req, res) -> res.text("x")).get("/");
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text()).containsPattern("an answer that is not there yet|got it after");
    }

    @ParameterizedTest
    @EnumSource
    void aMountedAppIsRefusedToo(Kind kind) {
        App inner = new App();
        inner.get(
                "/",
                (req, res) -> res.write(out -> out.write(("" + req.session().get("n", 0)).getBytes(UTF_8))));
        inner.onError(
                IllegalStateException.class,
                (req, res, error) -> res.status(500).text("" + error.getMessage()));
        app.mount("/inner", inner);
        TestResponse response =
                client(kind, kind.sessions(), (req, res) -> res.empty()).get("/inner/");
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text()).containsPattern("an answer that is not there yet|got it after");
    }

    /** The same object for the app and for a route: what is between them is not too late. */
    @ParameterizedTest
    @EnumSource
    void whoIsBetweenTheSameOnesIsInTime(Kind kind) {
        Sessions sessions = kind.sessions();
        Middleware between = (req, res, next) -> next.handle(req, res)
                .thenRun(() -> req.session().put("n", req.session().get("n", 0) + 10));
        app.get("/both", (req, res) -> res.text("x")).use(between).use(sessions);
        TestClient client =
                client(kind, sessions, (req, res) -> res.text("" + req.session().get("n", 0)));
        assertThat(client.get("/both").header("Set-Cookie")).isNotNull();
        assertThat(client.get("/").text()).isEqualTo(kind.name().endsWith("KNOWN") ? "11" : "10");
    }

    /** What fails before its answer has gone out is answered by a page all the same, of a session that nobody has used too. */
    @ParameterizedTest
    @EnumSource
    void anErrorPageIsShownWithoutThem(Kind kind, @TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("error.html"), "<p th:text=\"|${session.n} ${csrfToken} ${cspNonce}|\">x</p>");
        App pages = new App(Settings.of(Map.of("templates.folder", folder.toString())));
        pages.use(kind.sessions());
        pages.use(new Csrf());
        pages.use(new SecurityHeaders()
                .contentSecurityPolicy(
                        ContentSecurityPolicy.defaultSrc("'self'").withNonce("script-src")));
        pages.get("/visit", (req, res) -> {
            req.session().put("n", 1);
            return res.empty();
        });
        pages.get("/thrown", (req, res) -> {
            throw new UncheckedIOException(new IOException());
        });
        pages.get(
                "/streamed",
                (req, res) -> res.write(out -> {
                    throw new IOException();
                }));
        pages.onError(
                HttpError.class, (req, res, error) -> res.status(error.status()).render("error.html", Map.of()));
        TestClient client = TestClient.of(pages);
        client.get("/visit");
        for (String path : List.of("/thrown", "/streamed")) {
            TestResponse response = client.get(path);
            assertThat(response.status()).as(path).isEqualTo(500);
            assertThat(response.text()).as(path).isEqualTo("<p>null null null</p>");
        }
    }
}
