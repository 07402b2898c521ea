package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.App;
import io.bocadillo.Middleware;
import io.bocadillo.Recipe;
import io.bocadillo.Request;
import io.bocadillo.Router;
import io.bocadillo.Session;
import io.bocadillo.View;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One object of {@link Sessions} that is around a request twice: on the app, and on what answers in it. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("everyWay")
class NestedSessionsTest {

    private static final String KEY = "a key that is used for nothing but tests";

    /** Where the values are. */
    enum Kind {
        COOKIE,
        STORE,
        LATE_STORE
    }

    /** What the second one is on. */
    enum Inside {
        MOUNT,
        RECIPE,
        ROUTE
    }

    static Stream<Arguments> everyWay() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(Inside.values()).map(inside -> Arguments.of(kind, inside)));
    }

    /** Notes what is asked of it. */
    private static final class NotingStore implements SessionStore {

        private final MemorySessionStore sessions = new MemorySessionStore();
        private final List<String> asked = new CopyOnWriteArrayList<>();

        @Override
        public CompletionStage<Optional<byte[]>> load(String key) {
            asked.add("load");
            return sessions.load(key);
        }

        @Override
        public CompletionStage<?> create(String key, byte[] json, Duration lifetime) {
            asked.add("create");
            return sessions.create(key, json, lifetime);
        }

        @Override
        public CompletionStage<Boolean> replace(String key, byte[] json, Duration lifetime) {
            asked.add("replace");
            return sessions.replace(key, json, lifetime);
        }

        @Override
        public CompletionStage<Boolean> delete(String key) {
            asked.add("delete");
            return sessions.delete(key);
        }
    }

    @Parameter(0)
    Kind kind;

    @Parameter(1)
    Inside inside;

    private final NotingStore store = new NotingStore();

    /** What is done with the session between the two, on the way in; null for nothing. */
    private @Nullable Consumer<Session> before;

    private @Nullable Consumer<Session> within;
    private @Nullable Consumer<Session> after;

    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    private Sessions sessions() {
        Sessions sessions = new Sessions(KEY);
        return switch (kind) {
            case COOKIE -> sessions;
            case STORE -> sessions.store(store);
            case LATE_STORE -> sessions.store(new LateStore(store));
        };
    }

    private App app(Middleware... outermost) {
        App app = new App();
        Sessions sessions = sessions();
        for (Middleware middleware : outermost) {
            app.use(middleware);
        }
        app.use(sessions);
        app.use((req, res, next) -> {
            if (!req.path().startsWith("/inner")) {
                return next.handle(req, res);
            }
            change(before, req);
            return next.handle(req, res).thenRun(() -> change(after, req));
        });
        app.get("/begin", (req, res) -> {
            req.session().put("begun", 1);
            return res.text("begun");
        });
        app.get("/values", (req, res) -> res.json(req.session().values()));
        app.get("/end", (req, res) -> {
            req.session().clear();
            return res.text("over");
        });
        addInside(app, sessions);
        return app;
    }

    private void addInside(App app, Sessions sessions) {
        View page = (req, res) -> {
            change(within, req);
            return res.text("page");
        };
        View slow = (req, res) -> {
            change(within, req);
            begun.complete(null);
            return gate.thenCompose(open -> res.text("slow"));
        };
        switch (inside) {
            case MOUNT -> {
                App mounted = new App();
                addPages(mounted, sessions, page, slow);
                app.mount("/inner", mounted);
            }
            case RECIPE -> {
                Recipe recipe = new Recipe("inner");
                addPages(recipe, sessions, page, slow);
                app.include(recipe);
            }
            case ROUTE -> {
                app.get("/inner/page", page).use(sessions);
                app.get("/inner/slow", slow).use(sessions);
            }
        }
    }

    private static void addPages(Router router, Sessions sessions, View page, View slow) {
        router.use(sessions);
        router.get("/page", page);
        router.get("/slow", slow);
    }

    private static void change(@Nullable Consumer<Session> change, Request req) {
        if (change != null) {
            change.accept(req.session());
        }
    }

    private static Consumer<Session> put(String name) {
        return session -> session.put(name, 1);
    }

    /** In a session that is there already, asked for a page, and what is kept after that. */
    private Map<?, ?> kept() {
        TestClient browser = TestClient.of(app());
        browser.get("/begin");
        assertThat(browser.get("/inner/page").headers().all("Set-Cookie")).hasSizeLessThan(2);
        return values(browser);
    }

    private static Map<?, ?> values(TestClient browser) {
        return browser.get("/values").json(Map.class);
    }

    /** As it is sent. */
    private static String cookie(TestResponse response) {
        String set = Objects.requireNonNull(response.header("Set-Cookie"));
        return set.substring(0, set.indexOf(';'));
    }

    @Test
    void whatIsChangedInsideIsKept() {
        within = put("within");
        assertThat(kept()).isEqualTo(Map.of("begun", 1, "within", 1));
    }

    @Test
    void whatIsChangedOutsideBeforeIsKept() {
        before = put("before");
        assertThat(kept()).isEqualTo(Map.of("begun", 1, "before", 1));
    }

    @Test
    void whatIsChangedOutsideAfterIsKept() {
        after = put("after");
        assertThat(kept()).isEqualTo(Map.of("begun", 1, "after", 1));
    }

    @Test
    void whatIsReadOutsideAndChangedInsideIsKept() {
        before = Session::isEmpty;
        within = put("within");
        after = session -> assertThat(session.get("within", 0)).isEqualTo(1);
        assertThat(kept()).isEqualTo(Map.of("begun", 1, "within", 1));
    }

    @Test
    void eachSeesWhatTheOthersHaveChanged() {
        before = put("before");
        within = session -> session.put("within", session.get("before", 0) + 1);
        after = session -> session.put("after", session.get("within", 0) + 1).remove("begun");
        assertThat(kept()).isEqualTo(Map.of("before", 1, "within", 2, "after", 3));
    }

    @Test
    void changesInsideAndAfterAreBothKept() {
        within = put("within");
        after = put("after");
        assertThat(kept()).isEqualTo(Map.of("begun", 1, "within", 1, "after", 1));
    }

    @Test
    void aSessionThatBeginsInsideIsOne() {
        within = put("within");
        after = put("after");
        TestClient browser = TestClient.of(app());
        assertThat(browser.get("/inner/page").headers().all("Set-Cookie")).hasSize(1);
        assertThat(values(browser)).isEqualTo(Map.of("within", 1, "after", 1));
        assertThat(store.sessions.size()).isEqualTo(kind == Kind.COOKIE ? 0 : 1);
    }

    @Test
    void aSessionThatBeginsOutsideGoesOnInside() {
        before = put("before");
        within = session -> session.put("within", session.get("before", 0) + 1);
        TestClient browser = TestClient.of(app());
        assertThat(browser.get("/inner/page").headers().all("Set-Cookie")).hasSize(1);
        assertThat(values(browser)).isEqualTo(Map.of("before", 1, "within", 2));
    }

    @Test
    void aRotationInsideHoldsOutside() {
        within = session -> session.rotate().put("user", "Ada");
        after = put("after");
        TestClient browser = TestClient.of(app());
        String old = cookie(browser.get("/begin"));
        TestResponse response = browser.get("/inner/page");
        assertThat(response.headers().all("Set-Cookie")).hasSize(1);
        assertThat(cookie(response)).isNotEqualTo(old);
        assertThat(values(browser)).isEqualTo(Map.of("begun", 1, "user", "Ada", "after", 1));
        if (kind != Kind.COOKIE) {
            assertThat(store.sessions.size()).isEqualTo(1);
            assertThat(values(TestClient.of(app()).with("Cookie", old))).isEmpty();
        }
    }

    @Test
    void aLogoutInsideIsOneOutside() {
        before = Session::isEmpty;
        within = Session::clear;
        after = session -> assertThat(session.isEmpty()).isTrue();
        TestClient browser = TestClient.of(app());
        browser.get("/begin");
        assertThat(browser.get("/inner/page").headers().all("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("session=; ");
        assertThat(values(browser)).isEmpty();
        assertThat(store.sessions.size()).isZero();
    }

    @Test
    void whatIsPutOutsideAfterALogoutInsideIsInANewSession() {
        before = put("before");
        within = Session::clear;
        after = put("after");
        assertThat(kept()).isEqualTo(Map.of("after", 1));
        assertThat(store.sessions.size()).isEqualTo(kind == Kind.COOKIE ? 0 : 1);
    }

    @Test
    void theStoreIsAskedOnce() {
        Assumptions.assumeTrue(kind != Kind.COOKIE, "there is none");
        before = put("before");
        within = put("within");
        after = put("after");
        TestClient browser = TestClient.of(app());
        browser.get("/inner/page");
        assertThat(store.asked).containsExactly("create");
        store.asked.clear();
        after = session -> session.put("after", 2);
        browser.get("/inner/page");
        assertThat(store.asked).containsExactly("load", "replace");
        store.asked.clear();
        within = Session::rotate;
        browser.get("/inner/page");
        assertThat(store.asked).containsExactly("load", "delete", "create");
    }

    /** What a slow page answers to a client with a session, if that asks for another one meanwhile. */
    private TestResponse overtaken(App app, String cookie, String meanwhile) {
        CompletableFuture<TestResponse> slow = new CompletableFuture<>();
        new Thread(() -> slow.complete(TestClient.of(app).with("Cookie", cookie).get("/inner/slow"))).start();
        begun.join();
        within = put("fast");
        TestClient.of(app).with("Cookie", cookie).get(meanwhile);
        gate.complete(null);
        return slow.join();
    }

    @Test
    void ofTwoRequestsAtOnceTheLastAnswerWinsWhole() {
        within = put("slow");
        App app = app();
        String cookie = cookie(TestClient.of(app).get("/begin"));
        String last = cookie(overtaken(app, cookie, "/inner/page"));
        assertThat(values(TestClient.of(app).with("Cookie", last))).isEqualTo(Map.of("begun", 1, "slow", 1));
    }

    @Test
    void whoHasLoggedOutMeanwhileStaysSo() {
        Assumptions.assumeTrue(kind != Kind.COOKIE, "a cookie can't be taken back");
        before = put("before");
        within = put("within");
        App app = app();
        String cookie = cookie(TestClient.of(app).get("/begin"));
        assertThat(overtaken(app, cookie, "/end").header("Set-Cookie")).isNull();
        assertThat(store.sessions.size()).isZero();
    }

    @Test
    void whoIsFurtherOutCanReadWhatWasReadAndChangeNothing() {
        Middleware outermost = (req, res, next) -> next.handle(req, res).thenRun(() -> {
            if (req.path().startsWith("/inner")) {
                res.header("Begun", "" + req.session().get("begun", 0));
                assertThatIllegalStateException()
                        .isThrownBy(() -> req.session().put("late", 1))
                        .withMessageStartingWith("session: expected a change before the answer goes out");
            }
        });
        for (Consumer<Session> change : List.of(put("within"), (Consumer<Session>) Session::isEmpty)) {
            within = change;
            TestClient browser = TestClient.of(app(outermost));
            browser.get("/begin");
            assertThat(browser.get("/inner/page").header("Begun")).isEqualTo("1");
        }
        within = null;
        TestClient browser = TestClient.of(app(outermost));
        browser.get("/begin");
        assertThat(browser.get("/inner/page").status()).isEqualTo(500);
        assertThat(values(browser)).isEqualTo(Map.of("begun", 1));
    }

    /** Twice one after the other is not twice around. */
    @Test
    void whatAMiddlewareTriesAgainHasASessionOfItsOwn() {
        Middleware again = (req, res, next) -> {
            CompletionStage<?> first = next.handle(req, res);
            return first.handle((answered, failure) -> req.path().startsWith("/inner") ? next.handle(req, res) : first)
                    .thenCompose(second -> second);
        };
        Consumer<Session> fails = session -> {
            session.put("first", 1);
            within = put("second");
            throw new IllegalStateException("once");
        };
        Consumer<Session> isSaved = session -> {
            session.put("first", 1);
            within = put("second");
        };
        for (Consumer<Session> first : List.of(fails, isSaved)) {
            within = first;
            TestClient browser = TestClient.of(app(again));
            browser.get("/begin");
            assertThat(browser.get("/inner/page").text()).isEqualTo("page");
            Map<?, ?> values = values(browser);
            assertThat(values.get("begun")).isEqualTo(1);
            assertThat(values.get("second")).isEqualTo(1);
            assertThat(values.containsKey("first")).isEqualTo(first == isSaved && kind != Kind.COOKIE);
        }
    }

    @Test
    void whatIsTriedAgainAfterNobodyHasAskedForTheSessionIsSaved() {
        Middleware again = (req, res, next) -> {
            CompletionStage<?> first = next.handle(req, res);
            return req.path().startsWith("/inner")
                    ? first.thenCompose(nothing -> {
                        within = put("second");
                        return next.handle(req, res);
                    })
                    : first;
        };
        TestClient browser = TestClient.of(app(again));
        browser.get("/begin");
        browser.get("/inner/page");
        assertThat(values(browser)).isEqualTo(Map.of("begun", 1, "second", 1));
    }
}
