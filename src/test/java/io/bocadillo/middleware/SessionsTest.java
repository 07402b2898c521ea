package io.bocadillo.middleware;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.App;
import io.bocadillo.CapturedLog;
import io.bocadillo.Cookie;
import io.bocadillo.CsrfToken;
import io.bocadillo.HttpError;
import io.bocadillo.Session;
import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import io.bocadillo.View;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {

    private static final String KEY = "a key of exactly thirty-two byte";
    private static final String NEW_KEY = "another key, of thirty-two bytes";

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final MemorySessionStore store = new MemorySessionStore(1024 * 1024, () -> now);

    /** Where the values are. */
    enum Kind {
        SIGNED,
        ENCRYPTED,
        STORED
    }

    private Sessions sessions(Kind kind) {
        Sessions sessions = new Sessions(() -> now, KEY);
        return switch (kind) {
            case SIGNED -> sessions;
            case ENCRYPTED -> sessions.encrypted();
            case STORED -> sessions.store(store);
        };
    }

    private static App app(Sessions sessions) {
        return app(sessions, Settings.defaults());
    }

    static App app(Sessions sessions, Settings settings) {
        App app = new App(settings);
        app.use(sessions);
        app.get("/count", (req, res) -> {
            int n = req.session().get("n", 0) + 1;
            req.session().put("n", n);
            return res.text("" + n);
        });
        app.get("/read", (req, res) -> res.text("" + req.session().get("n", 0)));
        app.get("/same", (req, res) -> {
            Session session = req.session();
            session.put("n", session.get("n", 0));
            return res.text("same");
        });
        app.get("/untouched", (req, res) -> res.text(req.session() == null ? "none" : "there"));
        app.get("/clear", (req, res) -> {
            req.session().clear();
            return res.text("bye");
        });
        app.get("/rotate", (req, res) -> {
            req.session().rotate();
            return res.text("new");
        });
        app.get("/renew", (req, res) -> {
            req.session().clear().put("n", 100);
            return res.text("100");
        });
        app.get("/fail/{status:int}", (req, res) -> {
            req.session().put("n", 50);
            throw new HttpError(req.param("status").asInt());
        });
        app.get("/boom", (req, res) -> {
            req.session().put("n", 50);
            throw new IllegalStateException("boom");
        });
        return app;
    }

    /** As it is sent. */
    private static String cookie(TestResponse response) {
        String set = Objects.requireNonNull(response.header("Set-Cookie"));
        return set.substring(0, set.indexOf(';'));
    }

    private static String value(String cookie) {
        return cookie.substring(cookie.indexOf('=') + 1);
    }

    private static TestResponse ask(App app, String cookie, String target) {
        return TestClient.of(app).with("Cookie", cookie).get(target);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPutIsThereWithTheNextRequest(Kind kind) {
        TestClient browser = TestClient.of(app(sessions(kind)));
        assertThat(browser.get("/count").text()).isEqualTo("1");
        assertThat(browser.get("/count").text()).isEqualTo("2");
        assertThat(browser.get("/read").text()).isEqualTo("2");
    }

    @ParameterizedTest
    @EnumSource
    void theCookieHasSafeAttributes(Kind kind) {
        TestResponse response = TestClient.of(app(sessions(kind))).get("/count");
        assertThat(response.header("Set-Cookie"))
                .matches("session=[A-Za-z0-9._-]+; Path=/; Max-Age=1209600; HttpOnly; SameSite=Lax");
        assertThat(response.headers().all("Vary")).containsExactly("Cookie");
        assertThat(response.header("Cache-Control")).isEqualTo("private");
    }

    @ParameterizedTest
    @EnumSource
    void theCookieIsSetOnlyIfTheSessionHasChanged(Kind kind) {
        TestClient browser = TestClient.of(app(sessions(kind)));
        assertThat(browser.get("/read").header("Set-Cookie")).isNull();
        browser.get("/count");
        assertThat(browser.get("/read").header("Set-Cookie")).isNull();
        assertThat(browser.get("/same").header("Set-Cookie")).isNull();
        assertThat(browser.get("/read").headers().all("Vary")).containsExactly("Cookie");
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatDoesNotDependOnTheSessionIsNotMarked(Kind kind) {
        TestClient browser = TestClient.of(app(sessions(kind)));
        browser.get("/count");
        TestResponse response = browser.get("/untouched");
        assertThat(response.text()).isEqualTo("there");
        assertThat(response.headers().contains("Vary")).isFalse();
        assertThat(response.headers().contains("Cache-Control")).isFalse();
        assertThat(response.headers().contains("Set-Cookie")).isFalse();
    }

    @Test
    void anAnswerThatSetsTheCookieIsNeverForSharedCaches() {
        App app = app(sessions(Kind.SIGNED));
        app.get("/public", (req, res) -> {
            req.session().put("n", 1);
            return res.header("Cache-Control", "public, max-age=60").text("mine");
        });
        TestResponse answer = TestClient.of(app).get("/public");
        assertThat(answer.header("Set-Cookie")).startsWith("session=");
        assertThat(answer.header("Cache-Control")).isEqualTo("private");
    }

    @Test
    void theSecretOfTheCsrfTokenIsNoneOfTheValues() {
        App app = app(sessions(Kind.SIGNED));
        app.get("/values", (req, res) -> {
            new CsrfToken(req.session()).value();
            return res.json(req.session().put("n", 1).values());
        });
        assertThat(TestClient.of(app).get("/values").text()).isEqualTo("{\"n\":1}");
    }

    @Test
    void theMarksOfTheAppStay() {
        App app = app(sessions(Kind.SIGNED));
        app.get(
                "/marked",
                (req, res) -> res.header("Vary", "Accept, cookie")
                        .header("Cache-Control", "no-store")
                        .text(req.session().values().toString()));
        app.get(
                "/varied",
                (req, res) ->
                        res.header("Vary", "Accept").text("" + req.session().isEmpty()));
        TestResponse marked = TestClient.of(app).get("/marked");
        assertThat(marked.headers().all("Vary")).containsExactly("Accept, cookie");
        assertThat(marked.header("Cache-Control")).isEqualTo("no-store");
        assertThat(TestClient.of(app).get("/varied").headers().all("Vary")).containsExactly("Accept, Cookie");
    }

    @ParameterizedTest
    @EnumSource
    void aClearedSessionIsForgotten(Kind kind) {
        TestClient browser = TestClient.of(app(sessions(kind)));
        browser.get("/count");
        assertThat(browser.get("/clear").header("Set-Cookie"))
                .isEqualTo(
                        "session=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax");
        assertThat(store.size()).isZero();
        assertThat(browser.get("/read").text()).isEqualTo("0");
        assertThat(browser.get("/clear").header("Set-Cookie")).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aRotatedSessionKeepsItsValuesUnderAnotherCookie(Kind kind) {
        TestClient browser = TestClient.of(app(sessions(kind)));
        String old = cookie(browser.get("/count"));
        now = now.plusSeconds(1);
        assertThat(cookie(browser.get("/rotate"))).isNotEqualTo(old);
        assertThat(browser.get("/read").text()).isEqualTo("1");
    }

    @Test
    void theOldIdentifierOfAStoredSessionIsNoneAnyMore() {
        App app = app(sessions(Kind.STORED));
        TestClient browser = TestClient.of(app);
        String old = cookie(browser.get("/count"));
        browser.get("/rotate");
        assertThat(store.size()).isEqualTo(1);
        assertThat(ask(app, old, "/read").text()).isEqualTo("0");
        browser.get("/renew");
        assertThat(store.size()).isEqualTo(1);
        assertThat(browser.get("/read").text()).isEqualTo("100");
    }

    @ParameterizedTest
    @EnumSource
    void anErrorOfTheClientIsSavedAndOneOfTheAppIsNot(Kind kind) {
        TestClient browser = TestClient.of(app(sessions(kind)));
        browser.get("/count");
        assertThat(browser.get("/fail/500").header("Set-Cookie")).isNull();
        assertThat(browser.get("/fail/503").header("Set-Cookie")).isNull();
        try (CapturedLog log = new CapturedLog()) {
            assertThat(browser.get("/boom").header("Set-Cookie")).isNull();
            assertThat(log.text()).contains("boom");
        }
        assertThat(browser.get("/read").text()).isEqualTo("1");
        browser.get("/fail/404");
        assertThat(browser.get("/read").text()).isEqualTo("50");
    }

    @ParameterizedTest
    @EnumSource
    void aSessionEndsWithItsTime(Kind kind) {
        TestClient browser = TestClient.of(app(sessions(kind).maxAge(Duration.ofMinutes(10))));
        browser.get("/count");
        now = now.plusSeconds(599);
        assertThat(browser.get("/read").text()).isEqualTo("1");
        now = now.plusSeconds(1);
        assertThat(browser.get("/read").text()).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource
    void aChangeGivesItItsWholeTimeAgain(Kind kind) {
        TestClient browser = TestClient.of(app(sessions(kind).maxAge(Duration.ofMinutes(10))));
        browser.get("/count");
        now = now.plusSeconds(599);
        browser.get("/count");
        now = now.plusSeconds(599);
        assertThat(browser.get("/count").text()).isEqualTo("3");
    }

    @ParameterizedTest
    @EnumSource
    void aRollingSessionIsRenewedAfterHalfOfItsTime(Kind kind) {
        TestClient browser =
                TestClient.of(app(sessions(kind).maxAge(Duration.ofMinutes(10)).rolling()));
        browser.get("/count");
        now = now.plusSeconds(300);
        assertThat(browser.get("/read").header("Set-Cookie")).isNull();
        now = now.plusSeconds(1);
        assertThat(browser.get("/untouched").header("Set-Cookie")).isNull();
        assertThat(browser.get("/read").header("Set-Cookie")).isNotNull();
        now = now.plusSeconds(599);
        assertThat(browser.get("/read").text()).isEqualTo("1");
    }

    static List<String> strangeCookies() {
        String good = new SignedSeal(KEY.getBytes(UTF_8))
                .seal("session", content(Instant.MAX.getEpochSecond(), "{\"n\":99}"));
        List<String> cookies = new ArrayList<>(List.of(
                "",
                "=",
                ".",
                "eyJuIjo5OX0",
                "eyJuIjo5OX0.AAAA",
                "a".repeat(7000),
                "\"" + good.replace(".", ",") + "\"",
                good + "A",
                good + "." + good,
                good.toLowerCase(Locale.ROOT),
                good.substring(1),
                new SignedSeal(NEW_KEY.getBytes(UTF_8)).seal("session", content(Long.MAX_VALUE, "{\"n\":99}")),
                new SignedSeal(KEY.getBytes(UTF_8)).seal("other", content(Long.MAX_VALUE, "{\"n\":99}")),
                new SignedSeal(KEY.getBytes(UTF_8)).seal("session", content(0, "{\"n\":99}")),
                new SignedSeal(KEY.getBytes(UTF_8)).seal("session", content(-1, "{\"n\":99}")),
                new SignedSeal(KEY.getBytes(UTF_8)).seal("session", new byte[15]),
                new SignedSeal(KEY.getBytes(UTF_8)).seal("session", content(Long.MAX_VALUE, "")),
                new SignedSeal(KEY.getBytes(UTF_8)).seal("session", content(Long.MAX_VALUE, "[99]")),
                new SignedSeal(KEY.getBytes(UTF_8)).seal("session", content(Long.MAX_VALUE, "null")),
                new SignedSeal(KEY.getBytes(UTF_8)).seal("session", content(Long.MAX_VALUE, "{\"n\":null}")),
                new SignedSeal(KEY.getBytes(UTF_8)).seal("session", content(Long.MAX_VALUE, "[".repeat(2000))),
                new SignedSeal(KEY.getBytes(UTF_8)).seal("session", content(Long.MAX_VALUE, "{\"n\":99"))));
        for (int length = 1; length < good.length(); length += 5) {
            cookies.add(good.substring(0, length));
        }
        return cookies;
    }

    private static byte[] content(long expires, String json) {
        return ByteBuffer.allocate(16 + json.length())
                .putLong(0)
                .putLong(expires)
                .put(json.getBytes(UTF_8))
                .array();
    }

    @ParameterizedTest
    @MethodSource("strangeCookies")
    void aCookieThatIsNotOursIsANewSession(String value) {
        for (Kind kind : Kind.values()) {
            TestResponse response = ask(app(sessions(kind)), "session=" + value, "/count");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.text()).isEqualTo("1");
        }
    }

    @Test
    void aCookieOfOneKindIsNoneOfAnother() {
        for (Kind from : Kind.values()) {
            String cookie = cookie(TestClient.of(app(sessions(from))).get("/count"));
            for (Kind to : Kind.values()) {
                assertThat(ask(app(sessions(to)), cookie, "/read").text())
                        .as("%s read as %s", from, to)
                        .isEqualTo(from == to ? "1" : "0");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPlantedCookieDoesNotHideOurs(Kind kind) {
        App app = app(sessions(kind));
        String cookie = cookie(TestClient.of(app).get("/count"));
        assertThat(ask(app, "session=planted.x; " + cookie, "/read").text()).isEqualTo("1");
        assertThat(ask(app, cookie + "; session=planted", "/read").text()).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource
    void olderKeysOpenAndTheFirstOneSeals(Kind kind) {
        String cookie = cookie(TestClient.of(app(sessions(kind))).get("/count"));
        Sessions both = new Sessions(() -> now, NEW_KEY, KEY);
        Sessions chosen = kind == Kind.STORED ? both.store(store) : kind == Kind.ENCRYPTED ? both.encrypted() : both;
        TestResponse response = ask(app(chosen), cookie, "/count");
        assertThat(response.text()).isEqualTo("2");
        String renewed = cookie(response);
        assertThat(ask(app(sessions(kind)), renewed, "/read").text()).isEqualTo("0");
        Sessions newOnly = new Sessions(() -> now, NEW_KEY);
        Sessions alone =
                kind == Kind.STORED ? newOnly.store(store) : kind == Kind.ENCRYPTED ? newOnly.encrypted() : newOnly;
        assertThat(ask(app(alone), renewed, "/read").text()).isEqualTo("2");
        assertThat(ask(app(alone), cookie, "/read").text()).isEqualTo("0");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"secret", "a key that has only thirty-one b"})
    void aKeyThatIsMissingOrShortDoesNotStart(@Nullable String key) {
        String short31 = key == null ? null : key.substring(0, Math.min(key.length(), 31));
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> new Sessions(short31))
                .withMessageStartingWith("sessions: expected a key of at least 32 bytes, got ")
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain("thirty-one", "secret'"));
        assertThatExceptionOfType(StartupError.class).isThrownBy(() -> new Sessions(KEY, short31));
    }

    @Test
    void anAgeOfNothingDoesNotStart() {
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> new Sessions(KEY).maxAge(Duration.ZERO))
                .withMessage("sessions: expected an age of a second or more, got 'PT0S'. Give a longer time.");
    }

    @Test
    void aSignedSessionCanBeReadAndAnEncryptedOneCannot() {
        String signed = cookie(TestClient.of(app(sessions(Kind.SIGNED))).get("/count"));
        String json = new String(Base64.getUrlDecoder().decode(value(signed).split("\\.")[0]), UTF_8);
        assertThat(json).endsWith("{\"n\":1}");
        String encrypted = cookie(TestClient.of(app(sessions(Kind.ENCRYPTED))).get("/count"));
        assertThat(new String(Base64.getUrlDecoder().decode(value(encrypted)), UTF_8))
                .doesNotContain("{\"n\"");
    }

    @Test
    void aSessionTooLargeForItsCookieIsAnErrorThatSaysSo() {
        App app = app(sessions(Kind.SIGNED));
        app.get("/large", (req, res) -> {
            req.session().put("large", "x".repeat(4000));
            return res.text("x");
        });
        try (CapturedLog log = new CapturedLog()) {
            TestResponse response = TestClient.of(app).get("/large");
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.header("Set-Cookie")).isNull();
            assertThat(log.text())
                    .contains("session: expected at most 4096 bytes in its cookie, got 5")
                    .contains("new Sessions(key).store(new MemorySessionStore())");
        }
    }

    @Test
    void aStoredSessionMayBeLargerButNotEndless() {
        App app = app(sessions(Kind.STORED));
        app.get("/large/{n:int}", (req, res) -> {
            req.session().put("large", "x".repeat(req.param("n").asInt()));
            return res.text("x");
        });
        assertThat(TestClient.of(app).get("/large/60000").status()).isEqualTo(200);
        try (CapturedLog log = new CapturedLog()) {
            assertThat(TestClient.of(app).get("/large/70000").status()).isEqualTo(500);
            assertThat(log.text()).contains("session: expected at most 65536 bytes of JSON, got 70012.");
        }
    }

    @Test
    void theStoreDoesNotKnowTheIdentifier() {
        List<String> keys = new ArrayList<>();
        SessionStore spy = new LateStore(store) {
            @Override
            public CompletionStage<?> create(String key, byte[] json, Duration lifetime) {
                keys.add(key);
                return store.create(key, json, lifetime);
            }
        };
        TestClient browser = TestClient.of(app(new Sessions(() -> now, KEY).store(spy)));
        browser.get("/count");
        String cookie = cookie(browser.get("/rotate"));
        assertThat(keys).hasSize(2).doesNotHaveDuplicates().allMatch(key -> key.matches("[A-Za-z0-9_-]{43}"));
        String id = new String(Base64.getUrlDecoder().decode(value(cookie).split("\\.")[0]), UTF_8);
        assertThat(id).doesNotContain(keys);
        assertThat(value(cookie)).doesNotContain(keys);
    }

    @Test
    void aCookieThatIsNotOursDoesNotAskTheStore() {
        SessionStore none = new LateStore(store) {
            @Override
            public CompletionStage<Optional<byte[]>> load(String key) {
                throw new AssertionError("asked");
            }
        };
        App app = app(new Sessions(() -> now, KEY).store(none));
        assertThat(ask(app, "session=AAAA.BBBB", "/read").text()).isEqualTo("0");
        assertThat(TestClient.of(app).get("/read").text()).isEqualTo("0");
    }

    @Test
    void aStoreThatCompletesLaterHoldsNoThreadAndTheViewIsNotOnItsThread() {
        App app = app(new Sessions(() -> now, KEY).store(new LateStore(store)));
        AtomicReference<String> thread = new AtomicReference<>();
        app.get("/thread", (req, res) -> {
            thread.set(Thread.currentThread().getName());
            return res.text("" + req.session().get("n", 0));
        });
        TestClient browser = TestClient.of(app);
        assertThat(browser.get("/count").text()).isEqualTo("1");
        assertThat(browser.get("/count").text()).isEqualTo("2");
        assertThat(browser.get("/thread").text()).isEqualTo("2");
        // From JDK 21 on a virtual one, which has no name.
        assertThat(thread.get()).isEqualTo(Runtime.version().feature() < 21 ? "test-exchange" : "");
        browser.get("/rotate");
        assertThat(browser.get("/count").text()).isEqualTo("3");
        browser.get("/clear");
        assertThat(store.size()).isZero();
    }

    @Test
    void aStoreThatFailsIsA500() {
        SessionStore broken = new LateStore(store) {
            @Override
            public CompletionStage<?> create(String key, byte[] json, Duration lifetime) {
                return CompletableFuture.failedStage(new IllegalStateException("no database"));
            }
        };
        try (CapturedLog log = new CapturedLog()) {
            TestResponse response =
                    TestClient.of(app(new Sessions(KEY).store(broken))).get("/count");
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.header("Set-Cookie")).isNull();
            assertThat(log.text()).contains("no database");
        }
    }

    /** What a request answers that has begun before another one of the same session, and ends after it. */
    private TestResponse overtaken(View slow, String meanwhile) {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> gate = new CompletableFuture<>();
        App app = app(sessions(Kind.STORED));
        app.get("/slow", (req, res) -> {
            CompletionStage<?> answered = slow.handle(req, res);
            begun.complete(null);
            return gate.thenCompose(open -> answered);
        });
        String cookie = cookie(TestClient.of(app).get("/count"));
        CompletableFuture<TestResponse> overtaken = new CompletableFuture<>();
        new Thread(() -> overtaken.complete(ask(app, cookie, "/slow"))).start();
        begun.join();
        ask(app, cookie, meanwhile);
        gate.complete(null);
        overtaken.join();
        assertThat(ask(app, cookie, "/read").text()).isEqualTo("0");
        return overtaken.join();
    }

    @Test
    void aRequestThatEndsAfterTheLogoutDoesNotLogInAgain() {
        View puts = (req, res) -> {
            req.session().put("n", 77);
            return res.text("slow");
        };
        assertThat(overtaken(puts, "/clear").header("Set-Cookie")).isNull();
        assertThat(store.size()).isZero();
    }

    @Test
    void norDoesOneThatRotates() {
        View rotates = (req, res) -> {
            req.session().rotate();
            return res.text("slow");
        };
        assertThat(overtaken(rotates, "/clear").header("Set-Cookie")).isNull();
        assertThat(store.size()).isZero();
    }

    /** For instance two clicks on one button: what a request puts into a session of its own is no matter of the old one. */
    @Test
    void aLoginThatIsOvertakenByAnotherStaysOneAndInheritsNothing() {
        View login = (req, res) -> {
            req.session().rotate().put("user", "Ada");
            return res.json(req.session().values());
        };
        TestResponse response = overtaken(login, "/rotate");
        assertThat(response.text()).isEqualTo("{\"n\":1,\"user\":\"Ada\"}");
        assertThat(store.size()).isEqualTo(2);
        App app = app(sessions(Kind.STORED));
        app.get("/values", (req, res) -> res.json(req.session().values()));
        assertThat(ask(app, cookie(response), "/values").text()).isEqualTo("{\"user\":\"Ada\"}");
    }

    @Test
    void aRequestThatTimesOutSavesNothing() {
        App app = app(sessions(Kind.STORED), Settings.defaults().timeout(Duration.ofMillis(20)));
        CompletableFuture<Void> gate = new CompletableFuture<>();
        app.get("/slow", (req, res) -> {
            req.session().put("n", 77);
            return gate.thenCompose(open -> res.text("slow"));
        });
        TestClient browser = TestClient.of(app);
        browser.get("/count");
        assertThat(browser.get("/slow").status()).isEqualTo(503);
        gate.complete(null); // All that waits for it runs in here.
        assertThat(browser.get("/read").text()).isEqualTo("1");
    }

    @Test
    void theCookieIsTheOneThatIsSet() {
        Cookie strict = Cookie.of("__Host-id", "").sameSite(Cookie.SameSite.STRICT);
        TestClient browser =
                TestClient.of(app(sessions(Kind.SIGNED).cookie(strict).maxAge(Duration.ofHours(1))));
        assertThat(browser.get("/count").header("Set-Cookie"))
                .matches("__Host-id=[^;]+; Path=/; Max-Age=3600; Secure; HttpOnly; SameSite=Strict");
        assertThat(browser.get("/count").text()).isEqualTo("2");
    }

    @Test
    void aSetterGivesACopy() {
        Sessions sessions = sessions(Kind.SIGNED);
        sessions.cookie(Cookie.of("other", "")).encrypted().rolling();
        assertThat(TestClient.of(app(sessions)).get("/count").header("Set-Cookie"))
                .startsWith("session=")
                .contains(".");
    }

    private static TestResponse viewed(View view) {
        App app = new App();
        app.use(new Sessions(KEY));
        app.get("/", view);
        app.get("/find", (req, res) -> {
            Session session = req.session();
            return res.json(Map.of(
                    "names", List.copyOf(session.values().keySet()),
                    "text", session.find("text", String.class).orElse("none"),
                    "int", session.get("int", 0),
                    "long", session.find("long", Long.class).orElse(0L),
                    "double", session.get("double", 0.0),
                    "boolean", session.get("boolean", false),
                    "list", session.get("list", List.of()),
                    "map", session.get("map", Map.of())));
        });
        TestClient browser = TestClient.of(app);
        TestResponse first = browser.get("/");
        return first.status() == 200 ? browser.get("/find") : first;
    }

    @Test
    void valuesComeBackAsTheyWere() {
        TestResponse response = viewed((req, res) -> {
            req.session()
                    .put("text", "é\"\u0000<")
                    .put("int", 7)
                    .put("long", Long.MIN_VALUE)
                    .put("double", 3.5f)
                    .put("boolean", true)
                    .put("list", List.of(1, "two", List.of(3)))
                    .put("map", Map.of("a", Map.of("b", 1.0)));
            return res.text("x");
        });
        assertThat(response.text())
                .contains("\"text\":\"é\\\"\\u0000<\"", "\"int\":7", "\"long\":-9223372036854775808", "\"double\":3.5")
                .contains("\"boolean\":true", "\"list\":[1,\"two\",[3]]", "\"map\":{\"a\":{\"b\":1.0}}");
    }

    @Test
    void aValueOfAnotherTypeCountsAsNone() {
        assertThat(viewed((req, res) -> {
                            Session session = req.session();
                            session.put("int", 5_000_000_000L)
                                    .put("text", 7)
                                    .put("list", "x")
                                    .put("double", 3);
                            assertThat(session.get("int", 1)).isEqualTo(1);
                            assertThat(session.get("int", 1L)).isEqualTo(5_000_000_000L);
                            assertThat(session.get("text", "none")).isEqualTo("none");
                            assertThat(session.get("double", 0.0)).isEqualTo(3.0);
                            assertThat(session.find("list", List.class)).isEmpty();
                            return res.text("x");
                        })
                        .text())
                .contains("\"int\":0", "\"text\":\"none\"", "\"list\":[]", "\"double\":3.0");
    }

    @Test
    void whatCannotBeKeptIsRefused() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        for (Object value : new Object[] {
            new Object(),
            Instant.now(),
            Double.NaN,
            Double.POSITIVE_INFINITY,
            new int[0],
            'c',
            Map.of(1, "x"),
            endless,
            new BigInteger("1"),
            List.of(Optional.empty())
        }) {
            assertThat(viewed((req, res) -> {
                                assertThatIllegalArgumentException()
                                        .isThrownBy(() -> req.session().put("v", value))
                                        .withMessageStartingWith("session 'v': expected ");
                                return res.text("x");
                            })
                            .text())
                    .contains("\"names\":[]");
        }
    }

    @Test
    void aTypeThatIsNeverKeptIsRefused() {
        assertThat(viewed((req, res) -> {
                            assertThatIllegalArgumentException()
                                    .isThrownBy(() -> req.session().find("v", Instant.class))
                                    .withMessageStartingWith("session: expected String, Integer, Long");
                            return res.text("x");
                        })
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aValueIsACopy() {
        List<String> list = new ArrayList<>(List.of("a"));
        assertThat(viewed((req, res) -> {
                            req.session().put("list", list);
                            list.add("b");
                            req.session().put("gone", 1).remove("gone").remove("never");
                            return res.text("x");
                        })
                        .text())
                .contains("\"list\":[\"a\"]", "\"names\":[\"list\"]");
    }

    @Test
    void aChangeAfterTheAnswerIsRefused() {
        AtomicReference<Session> kept = new AtomicReference<>();
        viewed((req, res) -> {
            kept.set(req.session());
            return res.text("" + req.session().isEmpty());
        });
        assertThat(kept.get().get("n", 3)).isEqualTo(3);
        assertThatIllegalStateException()
                .isThrownBy(() -> kept.get().put("n", 1))
                .withMessageStartingWith("session: expected a change before the answer goes out");
    }

    @Test
    void withoutTheMiddlewareThereIsNoSession() {
        App app = new App();
        app.get("/", (req, res) -> res.text("" + req.session()));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(TestClient.of(app).get("/").status()).isEqualTo(500);
            assertThat(log.text())
                    .contains(
                            "expected the middleware Sessions before this, and an answer that is not there yet, got none."
                                    + " Add app.use(new Sessions(key)), and ask in the view, before its stage completes.");
        }
    }

    @Test
    void aRouteCanHaveSessionsOfItsOwn() {
        App app = new App();
        app.get("/", (req, res) -> res.text("" + req.session().isEmpty())).use(new Sessions(KEY));
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("true");
    }
}
