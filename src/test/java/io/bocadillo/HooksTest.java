package io.bocadillo;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class HooksTest {

    private static final Executor LATER = CompletableFuture.delayedExecutor(20, MILLISECONDS);

    private final App app = new App();
    private final List<String> calls = new ArrayList<>();

    private final View view = (req, res) -> {
        calls.add("view");
        return res.text("ok");
    };

    private Hook logs(String name) {
        return (req, res) -> calls.add(name);
    }

    @Test
    void theyRunAroundTheViewInTheOrderOfTheirRegistration() {
        app.get("/", view)
                .after(logs("after 1"))
                .before(logs("before 1"))
                .before(logs("before 2"))
                .after(logs("after 2"));
        TestClient.of(app).get("/");
        assertThat(calls).containsExactly("before 1", "before 2", "view", "after 1", "after 2");
    }

    @Test
    void theyRunInsideTheMiddlewareOfTheRoute() {
        app.get("/", view).before(logs("before")).after(logs("after")).use((req, res, next) -> {
            calls.add("in");
            return next.handle(req, res).thenRun(() -> calls.add("out"));
        });
        TestClient.of(app).get("/");
        assertThat(calls).containsExactly("in", "before", "view", "after", "out");
    }

    @Test
    void theyRunForTheirRouteAlone() {
        app.get("/a", view).before(logs("before a"));
        app.get("/b", view).before(logs("before b"));
        TestClient.of(app).get("/b");
        assertThat(calls).containsExactly("before b", "view");
    }

    @Test
    void aHookThatThrowsAnHttpErrorRefusesTheRequest() {
        Hook requiresToken = (req, res) -> {
            if (!req.header("Authorization").isPresent()) {
                throw new HttpError(401).header("WWW-Authenticate", "Bearer");
            }
        };
        app.get("/", view).before(requiresToken).before(logs("second")).after(logs("after"));
        TestClient client = TestClient.of(app);
        TestResponse refused = client.get("/");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(calls).isEmpty();
        assertThat(client.with("Authorization", "Bearer x").get("/").status()).isEqualTo(200);
    }

    @Test
    void aHookThatThrowsACheckedExceptionIsAnsweredByItsHandler() {
        app.get("/", view).before((req, res) -> {
            throw new IOException("directory");
        });
        app.onError(IOException.class, (req, res, error) -> res.status(502).text(error.getMessage()));
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("directory");
        assertThat(calls).isEmpty();
    }

    @Test
    void theyDoNotRunOnAMethodThatIsNotAllowed() {
        app.get("/", view).before(logs("before")).after(logs("after"));
        TestClient client = TestClient.of(app);
        assertThat(client.post("/", "").status()).isEqualTo(405);
        assertThat(client.options("/").status()).isEqualTo(204);
        assertThat(calls).isEmpty();
    }

    @Test
    void theyRunForHeadToo() {
        app.get("/", view).before(logs("before"));
        TestClient.of(app).head("/");
        assertThat(calls).containsExactly("before", "view");
    }

    @Test
    void afterHooksDoNotRunWhenTheViewFails() {
        app.get("/throws", (req, res) -> {
                    throw new HttpError(409);
                })
                .after(logs("after"));
        app.get("/fails", (req, res) -> CompletableFuture.failedFuture(new HttpError(409)))
                .after(logs("after"));
        app.get(
                        "/late",
                        (req, res) -> CompletableFuture.runAsync(
                                () -> {
                                    throw new HttpError(409);
                                },
                                LATER))
                .after(logs("after"));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/throws").status()).isEqualTo(409);
        assertThat(client.get("/fails").status()).isEqualTo(409);
        assertThat(client.get("/late").status()).isEqualTo(409);
        assertThat(calls).isEmpty();
    }

    @Test
    void afterHooksWaitForALateView() {
        app.get(
                        "/",
                        (req, res) -> CompletableFuture.runAsync(() -> calls.add("view"), LATER)
                                .thenCompose(nothing -> res.text("late")))
                .after((req, res) -> {
                    calls.add("after");
                    res.status(203).header("X-Length", "" + res.body().length);
                });
        TestResponse response = TestClient.of(app).get("/");
        assertThat(calls).containsExactly("view", "after");
        assertThat(response.status()).isEqualTo(203);
        assertThat(response.header("X-Length")).isEqualTo("4");
    }

    @Test
    void anAfterHookThatFailsReplacesTheAnswer() {
        app.get("/", (req, res) -> res.header("X-View", "yes").text("ok")).after((req, res) -> {
            throw new HttpError(500, "after");
        });
        TestResponse response = TestClient.of(app).get("/");
        assertThat(response.status()).isEqualTo(500);
        assertThat(response.text()).contains("\"detail\":\"after\"");
        assertThat(response.header("X-View")).isNull();
    }

    @Test
    void theBodyIsThereInHooks() {
        Hook keepsText = (req, res) -> calls.add(req.text());
        app.post("/", (req, res) -> res.text(req.text())).before(keepsText).after(keepsText);
        assertThat(TestClient.of(app).post("/", "hi").text()).isEqualTo("hi");
        assertThat(calls).containsExactly("hi", "hi");
    }

    @Test
    void theyDoNotRunWhenTheBodyIsTooLarge() {
        app.post("/", view).before(logs("before")).maxBody(1);
        assertThat(TestClient.of(app).post("/", "hi").status()).isEqualTo(413);
        assertThat(calls).isEmpty();
    }

    @Test
    void aViewThatReturnsNullIsToldSoInTheFaceOfAfterHooks() {
        app.get("/", (req, res) -> null).after(logs("after"));
        try (CapturedLog log = new CapturedLog()) {
            assertThat(TestClient.of(app).get("/").status()).isEqualTo(500);
            assertThat(log.text()).contains("view of GET / (HooksTest.java:").contains("got 'null'");
        }
        assertThat(calls).isEmpty();
    }
}
