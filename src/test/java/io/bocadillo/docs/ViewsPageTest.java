package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bocadillo.App;
import io.bocadillo.HttpError;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.Settings;
import io.bocadillo.View;
import io.bocadillo.testing.TestClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ViewsPageTest {

    record Post(String slug, String title) {}

    /** A database with an asynchronous client. */
    static final class Posts {

        private final Map<String, Post> posts = Map.of("hello", new Post("hello", "Hello"));

        CompletionStage<Post> find(String slug) {
            return CompletableFuture.supplyAsync(() -> posts.get(slug));
        }

        Post findAndWait(String slug) {
            return posts.get(slug);
        }
    }

    private final Posts posts = new Posts();

    @Test
    void plain() {
        App app = new App();
        // #region plain
        app.get("/posts/{slug}", (req, res) -> {
            Post post = posts.findAndWait(req.param("slug").value()); // may block
            return res.json(post);
        });
        // #endregion plain
        assertThat(TestClient.of(app).get("/posts/hello").text()).contains("Hello");
    }

    @Test
    void async() {
        App app = new App();
        // #region async
        app.get("/posts/{slug}", (req, res) -> {
            CompletionStage<Post> found = posts.find(req.param("slug").value());
            return found.thenCompose(res::json);
        });
        // #endregion async
        // #region compose
        app.get("/titles/{slug}", (req, res) -> {
            CompletionStage<String> title = posts.find(req.param("slug").value())
                    .thenApply(post -> {
                        if (post == null) {
                            throw new HttpError(404);
                        }
                        return post.title();
                    });
            return title.thenCompose(res::text);
        });
        // #endregion compose
        Shown.console("ViewsPageTest#async", app);
    }

    // #region object
    static final class ShowPost implements View {

        private final Posts posts;

        ShowPost(Posts posts) {
            this.posts = posts;
        }

        @Override
        public CompletionStage<?> handle(Request req, Response res) {
            return posts.find(req.param("slug").value()).thenCompose(res::json);
        }
    }
    // #endregion object

    @Test
    void object() {
        App app = new App();
        // #region object-route
        app.get("/posts/{slug}", new ShowPost(posts));
        // #endregion object-route
        assertThat(TestClient.of(app).get("/posts/hello").status()).isEqualTo(200);
    }

    @Test
    void lastAnswerWins() {
        App app = new App();
        // #region last
        app.get("/", (req, res) -> {
            res.text("first");
            return res.html("<p>second</p>");
        });
        // #endregion last
        Shown.console("ViewsPageTest#last", app);
    }

    @Test
    void nullIsAnError() {
        App app = new App();
        app.get("/", (req, res) -> null);
        assertThat(TestClient.of(app).get("/").status()).isEqualTo(500);
    }

    @Test
    void forgottenAnswerIsEmpty() {
        App app = new App();
        app.get("/", (req, res) -> CompletableFuture.completedStage("ignored"));
        assertThat(TestClient.of(app).get("/").status()).isEqualTo(200);
        assertThat(TestClient.of(app).get("/").body()).isEmpty();
    }

    @Test
    void timeout() {
        AtomicReference<Response> late = new AtomicReference<>();
        // #region timeout
        App app = new App(Settings.defaults().timeout(Duration.ofMillis(300)));
        app.get("/never", (req, res) -> new CompletableFuture<>());
        // #endregion timeout
        app.get("/late", (req, res) -> {
            late.set(res);
            return new CompletableFuture<>();
        });
        Shown.console("ViewsPageTest#timeout", app);
        assertThat(TestClient.of(app).get("/late").status()).isEqualTo(503);
        Throwable refused = catchThrowable(() -> late.get().text("too late"));
        assertThat(refused).isInstanceOf(IllegalStateException.class);
        Shown.text("ViewsPageTest#late", refused.getMessage());
    }

    @Test
    void aHandlerThatTakesTimeIsNotWaitedFor() {
        App app = new App(Settings.defaults().timeout(Duration.ofMillis(100)));
        app.onError(HttpError.class, (req, res, error) -> new CompletableFuture<>());
        app.get("/", (req, res) -> new CompletableFuture<>());
        assertThat(TestClient.of(app).get("/").text()).isEqualTo("503 Service Unavailable");
    }

    @Test
    void executor() throws InterruptedException {
        // #region executor
        ExecutorService workers = Executors.newFixedThreadPool(50);
        App app = new App(Settings.defaults().executor(workers));
        app.onShutdown(workers::shutdown);
        // #endregion executor
        Thread here = Thread.currentThread();
        app.use((req, res, next) -> {
            assertThat(Thread.currentThread()).isEqualTo(here);
            return next.handle(req, res);
        });
        app.get("/", (req, res) -> res.text(Thread.currentThread().getName()))
                .before((req, res) -> assertThat(Thread.currentThread()).isNotEqualTo(here));
        try (TestClient client = TestClient.of(app)) {
            assertThat(client.get("/").text()).startsWith("pool-");
        }
        assertThat(workers.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theTimeoutHoldsForBlockedThreadsOfAnExecutor() {
        ExecutorService workers = Executors.newSingleThreadExecutor();
        App app = new App(Settings.defaults().timeout(Duration.ofMillis(100)).executor(workers));
        app.get("/", (req, res) -> {
            Thread.sleep(10_000);
            return res.text("too late");
        });
        assertThat(TestClient.of(app).get("/").status()).isEqualTo(503);
        workers.shutdownNow();
    }

    @Test
    void errorsComeEitherWay() {
        App app = new App();
        app.get("/thrown", (req, res) -> {
            throw new HttpError(409);
        });
        app.get("/failed", (req, res) -> CompletableFuture.failedFuture(new HttpError(409)));
        TestClient client = TestClient.of(app);
        assertThat(client.get("/thrown").text()).isEqualTo(client.get("/failed").text());
    }
}
