package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bocadillo.App;
import io.bocadillo.Hook;
import io.bocadillo.HttpError;
import io.bocadillo.Lazy;
import io.bocadillo.Middleware;
import io.bocadillo.View;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MiddlewarePageTest {

    @Test
    void timing() {
        App app = new App();
        // #region timing
        app.use((req, res, next) -> {
            long start = System.nanoTime();
            return next.handle(req, res).thenRun(() -> {
                double millis = (System.nanoTime() - start) / 1e6;
                res.header("Server-Timing", "app;dur=" + millis);
            });
        });
        // #endregion timing
        app.get("/", (req, res) -> res.text("hi"));
        assertThat(TestClient.of(app).get("/").header("Server-Timing")).startsWith("app;dur=");
        assertThat(TestClient.of(app).get("/nothing").header("Server-Timing")).startsWith("app;dur=");
    }

    @Test
    void order() {
        List<String> log = new ArrayList<>();
        App app = new App();
        Middleware first = logging("first", log);
        Middleware second = logging("second", log);
        Middleware own = logging("of the route", log);
        Hook before = (req, res) -> log.add("before");
        Hook after = (req, res) -> log.add("after");
        View view = (req, res) -> {
            log.add("view");
            return res.text("hi");
        };
        // #region order
        app.use(first);
        app.use(second);
        app.get("/", view).use(own).before(before).after(after);
        // #endregion order
        TestClient.of(app).get("/");
        Shown.text("MiddlewarePageTest#order", String.join("\n", log));
    }

    private static Middleware logging(String name, List<String> log) {
        return (req, res, next) -> {
            log.add(name + " in");
            return next.handle(req, res).thenRun(() -> log.add(name + " out"));
        };
    }

    @Test
    void refusing() {
        App app = new App();
        // #region refusing
        app.use((req, res, next) -> {
            if (!req.header("Host").orElse("").equals("app.example")) {
                throw new HttpError(400, "Unknown host.");
            }
            return next.handle(req, res);
        });
        // #endregion refusing
        app.post("/", (req, res) -> res.text(req.text()));
        TestClient client = TestClient.of(app);
        assertThat(client.post("/", "x").status()).isEqualTo(400);
        assertThat(client.with("Host", "app.example.evil.example")
                        .post("/", "x")
                        .status())
                .isEqualTo(400);
        assertThat(client.with("Host", "app.example").post("/", "x").text()).isEqualTo("x");
    }

    @Test
    void errorsInside() {
        App app = new App();
        List<Integer> seen = new ArrayList<>();
        // #region errors-inside
        app.use((req, res, next) -> next.handle(req, res).thenRun(() -> seen.add(res.status())));
        app.get("/teapot", (req, res) -> {
            throw new HttpError(418);
        });
        app.get("/bug", (req, res) -> {
            throw new IllegalStateException(); // nobody handles it
        });
        // #endregion errors-inside
        TestClient client = TestClient.of(app);
        assertThat(client.get("/teapot").status()).isEqualTo(418);
        assertThat(client.get("/nothing").status()).isEqualTo(404);
        assertThat(client.get("/bug").status()).isEqualTo(500);
        assertThat(seen).containsExactly(418, 404);
    }

    @Test
    void whenComplete() {
        App app = new App();
        List<String> seen = new ArrayList<>();
        // #region when-complete
        app.use((req, res, next) -> next.handle(req, res).whenComplete((nothing, error) -> {
            seen.add(req + " " + (error == null ? res.status() : error));
        }));
        // #endregion when-complete
        app.get("/bug", (req, res) -> {
            throw new IllegalStateException("oh");
        });
        assertThat(TestClient.of(app).get("/bug").status()).isEqualTo(500);
        assertThat(seen).containsExactly("GET /bug java.lang.IllegalStateException: oh");
    }

    private record User(String name) {}

    private interface Users {
        User byToken(String token);
    }

    @Test
    void lazy() {
        List<String> lookedUp = new ArrayList<>();
        List<String> log = new ArrayList<>();
        Users users = token -> {
            lookedUp.add(token);
            return new User("Ada");
        };
        App app = new App();
        // #region lazy
        Lazy<User> user = new Lazy<>(
                User.class, req -> users.byToken(req.header("X-Token").value()));
        app.use((req, res, next) -> next.handle(req.put(user), res));
        app.get("/health", (req, res) -> res.text("fine")); // nobody is looked up
        app.get("/me", (req, res) -> res.text(req.get(User.class).name())); // now
        // #endregion lazy
        App around = new App();
        // #region lazy-made
        around.use((req, res, next) -> next.handle(req.put(user), res).thenRun(() -> {
            User asked = user.made(req); // null if nobody has asked
            log.add(req + " " + (asked == null ? "-" : asked.name()));
        }));
        // #endregion lazy-made
        around.get("/health", (req, res) -> res.text("fine"));
        around.get("/me", (req, res) -> res.text("" + req.get(User.class).equals(req.get(User.class))));
        TestClient client = TestClient.of(app).with("X-Token", "t");
        assertThat(client.get("/health").text()).isEqualTo("fine");
        assertThat(lookedUp).isEmpty();
        assertThat(client.get("/me").text()).isEqualTo("Ada");
        assertThat(client.get("/me").text()).isEqualTo("Ada");
        assertThat(lookedUp).containsExactly("t", "t");
        assertThat(TestClient.of(app).get("/me").status()).isEqualTo(400);
        lookedUp.clear();
        TestClient logged = TestClient.of(around).with("X-Token", "t");
        logged.get("/health");
        assertThat(logged.get("/me").text()).isEqualTo("true");
        assertThat(log).containsExactly("GET /health -", "GET /me Ada");
        assertThat(lookedUp).hasSize(1);
    }

    @Test
    void hooks() {
        App app = new App();
        // #region hooks
        Hook hasKey = (req, res) -> {
            if (!req.header("Idempotency-Key").isPresent()) {
                throw new HttpError(400, "Send the header Idempotency-Key.");
            }
        };
        Hook noStore = (req, res) -> res.header("Cache-Control", "no-store");
        app.post("/tokens", (req, res) -> res.text("12345")).before(hasKey).after(noStore);
        // #endregion hooks
        TestClient client = TestClient.of(app);
        TestResponse refused = client.post("/tokens");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Cache-Control")).isNull();
        TestResponse token = client.with("Idempotency-Key", "1").post("/tokens");
        assertThat(token.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void afterHooksNeedAnAnswer() {
        List<String> log = new ArrayList<>();
        App app = new App();
        app.get("/", (req, res) -> {
                    throw new HttpError(409);
                })
                .after((req, res) -> log.add("after"));
        app.get("/late", (req, res) -> res.text("x")).after((req, res) -> {
            throw new HttpError(410);
        });
        assertThat(TestClient.of(app).get("/").status()).isEqualTo(409);
        assertThat(TestClient.of(app).get("/late").status()).isEqualTo(410);
        assertThat(log).isEmpty();
    }

    // #region parameterized
    static Hook hasHeader(String name) {
        return (req, res) -> {
            if (!req.header(name).isPresent()) {
                throw new HttpError(400, "Send the header " + name + ".");
            }
        };
    }
    // #endregion parameterized

    @Test
    void parameterized() {
        App app = new App();
        // #region parameterized-route
        app.post("/payments", (req, res) -> res.status(201).empty()).before(hasHeader("Idempotency-Key"));
        // #endregion parameterized-route
        Shown.console("MiddlewarePageTest#parameterized", app);
    }

    @Test
    void middlewareRunsWithoutARouteAndAroundTheRefusalOfAPath() {
        List<String> log = new ArrayList<>();
        App app = new App();
        app.use(logging("m", log));
        assertThat(TestClient.of(app).get("/a//b").status()).isEqualTo(400);
        assertThat(log).hasSize(2);
        assertThat(TestClient.of(app).options("/").status()).isEqualTo(404);
        assertThat(log).hasSize(4);
    }

    @Test
    void events() {
        List<String> log = new ArrayList<>();
        App app = new App();
        // #region events
        app.onStartup(() -> log.add("open the pool"));
        app.onShutdown(() -> log.add("close the pool"));
        // #endregion events
        TestClient client = TestClient.of(app);
        assertThat(log).hasSize(1);
        client.close();
        assertThat(log).hasSize(2);
    }

    @Test
    void failure() {
        App app = new App();
        // #region failure
        app.onStartup(() -> {
            throw new SQLException("no connection");
        });
        // #endregion failure
        Shown.text("MiddlewarePageTest#failure", catchThrowable(app::start).getMessage());
    }
}
