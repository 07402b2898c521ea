package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.middleware.ForwardedHeaders;
import io.bocadillo.middleware.Sessions;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the code of each app leaves on a request, and which sessions and cookies are whose. */
class MountedValuesTest {

    private static final String KEY = "a key of exactly thirty-two byte";
    private static final String OTHER_KEY = "another key of thirty-two bytes!";

    private record User(String name) {}

    private final App app = new App();
    private final App api = new App();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    private static Middleware puts(String name) {
        return (req, res, next) -> {
            req.put(User.class, new User(name));
            return next.handle(req, res);
        };
    }

    private Middleware sees(String where) {
        return (req, res, next) -> {
            seen.add(where + " in " + user(req));
            return next.handle(req, res).thenRun(() -> seen.add(where + " out " + user(req)));
        };
    }

    private static String user(Request req) {
        return req.find(User.class).map(User::name).orElse("nobody");
    }

    private static View later(View view) {
        return (req, res) -> CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS))
                .thenCompose(done -> {
                    try {
                        return view.handle(req, res);
                    } catch (Exception failure) {
                        throw new IllegalStateException(failure);
                    }
                });
    }

    @Test
    void whatAnAppAroundHasLeftIsSeenInside() {
        app.use(puts("ada"));
        api.get("/", (req, res) -> res.text(user(req)));
        app.mount("/api", api);
        assertThat(TestClient.of(app).get("/api/").text()).isEqualTo("ada");
    }

    @Test
    void theRequestOfTheAppAroundIsNoValue() {
        app.use(puts("ada"));
        api.get("/", (req, res) -> {
            String before = req.find(Request.class).isPresent() + " ";
            return res.text(before + (req.put(Request.class, req).get(Request.class) == req) + " " + user(req));
        });
        app.mount("/api", api);
        assertThat(TestClient.of(app).get("/api/").text()).isEqualTo("false true ada");
    }

    @Test
    void whatAMountedAppLeavesStaysInside() {
        app.use(puts("ada"));
        app.use(sees("app"));
        api.use(sees("api"));
        api.use(puts("bob"));
        api.use(sees("view"));
        api.get("/now", (req, res) -> res.text(user(req)));
        api.get("/later", later((req, res) -> res.text(user(req))));
        app.mount("/api", api);
        for (String path : List.of("/api/now", "/api/later")) {
            seen.clear();
            assertThat(TestClient.of(app).get(path).text()).isEqualTo("bob");
            assertThat(seen)
                    .containsExactly(
                            "app in ada", "api in ada", "view in bob", "view out bob", "api out bob", "app out ada");
        }
    }

    @Test
    void eachOfSeveralLevelsHasItsOwn() {
        App deep = new App();
        deep.use(puts("deep"));
        deep.get("/", (req, res) -> res.text(user(req)));
        api.use(puts("api"));
        api.use(sees("api"));
        api.mount("/deep", deep);
        app.use(sees("app"));
        app.mount("/api", api);
        assertThat(TestClient.of(app).get("/api/deep/").text()).isEqualTo("deep");
        assertThat(seen).containsExactly("app in nobody", "api in api", "api out api", "app out nobody");
    }

    @Test
    void whoCallsOnTwiceBeginsAnewInside() {
        api.use(sees("api"));
        api.use(puts("bob"));
        api.get("/", (req, res) -> res.text(user(req)));
        app.use((req, res, next) -> next.handle(req, res).thenCompose(first -> next.handle(req, res)));
        app.mount("/api", api);
        assertThat(TestClient.of(app).get("/api/").text()).isEqualTo("bob");
        assertThat(seen).containsExactly("api in nobody", "api out bob", "api in nobody", "api out bob");
    }

    @Test
    void theHandlerOfATimeoutInsideSeesWhatWasLeftInside() {
        App slow = new App(Settings.defaults().timeout(Duration.ofMillis(50)));
        slow.use(puts("bob"));
        slow.get("/", (req, res) -> new CompletableFuture<>());
        slow.onError(
                HttpError.class, (req, res, error) -> res.status(error.status()).text(user(req)));
        app.use(puts("ada"));
        app.mount("/api", slow);
        TestResponse response = TestClient.of(app).get("/api/");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.text()).isEqualTo("bob");
    }

    @Test
    void theLastValueOfAClassCounts() {
        app.get("/", (req, res) -> {
            req.put(String.class, "a").put(Integer.class, 1).put(User.class, new User("ada"));
            req.put(Integer.class, 2).put(String.class, "b").put(Integer.class, 3);
            return res.text(req.get(String.class) + req.get(Integer.class) + user(req));
        });
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("b3ada");
    }

    @Test
    void aProxyThatAMountedAppTrustsIsTrustedThereAlone() {
        api.use(ForwardedHeaders.xForwarded("127.0.0.1"));
        api.get("/", (req, res) -> res.text(req.scheme()));
        app.use((req, res, next) -> next.handle(req, res).thenRun(() -> res.header("X-Scheme", req.scheme())));
        app.mount("/api", api);
        TestResponse response =
                TestClient.of(app).with("X-Forwarded-Proto", "https").get("/api/");
        assertThat(response.text()).isEqualTo("https");
        assertThat(response.header("X-Scheme")).isEqualTo("http");
    }

    private TestClient withSessions() {
        app.use(new Sessions(KEY));
        app.use((req, res, next) -> next.handle(req, res)
                .thenRun(() -> req.session().put("seen", req.session().get("seen", 0) + 1)));
        app.get("/seen", (req, res) -> res.text("" + req.session().get("seen", 0)));
        api.use(new Sessions(OTHER_KEY));
        api.get("/user", (req, res) -> {
            String name = req.session().get("user", "nobody");
            req.session().put("user", "ada");
            return res.text(name + " " + req.session().get("seen", 0));
        });
        api.get("/later", later((req, res) -> res.text("" + req.session().get("user", "nobody"))));
        app.mount("/api", api);
        return TestClient.of(app);
    }

    @Test
    void eachAppHasASessionOfItsOwn() {
        TestResponse first = withSessions().get("/api/user");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.text()).isEqualTo("nobody 0");
        assertThat(first.headers().all("Set-Cookie"))
                .extracting(field -> field.replaceAll("=[^;]*; Path", "; Path").replaceAll("; Max-Age.*", ""))
                .containsExactly("session; Path=/api", "session; Path=/");
    }

    @Test
    void aMountedAppWithoutSessionsUsesThatOfTheAppAroundIt() {
        app.use(new Sessions(KEY));
        api.get("/visit", (req, res) -> {
            req.session().put("visits", req.session().get("visits", 0) + 1);
            return res.text("in " + req.session().get("visits", 0));
        });
        app.get("/visits", (req, res) -> res.text("out " + req.session().get("visits", 0)));
        app.mount("/api", api);
        TestClient client = TestClient.of(app);
        TestResponse first = client.get("/api/visit");
        assertThat(first.text()).isEqualTo("in 1");
        assertThat(first.header("Set-Cookie")).startsWith("session=").contains("Path=/;");
        assertThat(client.get("/api/visit").text()).isEqualTo("in 2");
        assertThat(client.get("/visits").text()).isEqualTo("out 2");
    }

    /** As a browser sends them: the cookie of the longer path first (RFC 6265bis, section 5.8.3). */
    @Test
    void bothSessionsLastFromRequestToRequest() {
        TestClient client = withSessions();
        List<String> answers = new ArrayList<>();
        String inner = "";
        String outer = "";
        for (String path : List.of("/api/user", "/api/later", "/api/user", "/seen")) {
            String sent = path.startsWith("/api") ? inner + "; " + outer : outer;
            TestResponse response = client.with("Cookie", sent).get(path);
            answers.add(response.text());
            for (String field : response.headers().all("Set-Cookie")) {
                String pair = field.substring(0, field.indexOf(';'));
                inner = field.contains("; Path=/api;") ? pair : inner;
                outer = field.contains("; Path=/;") ? pair : outer;
            }
        }
        assertThat(answers).containsExactly("nobody 0", "ada", "ada 0", "3");
    }
}
