package io.bocadillo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bocadillo.jetty.JettyServer;
import io.bocadillo.middleware.AccessLog;
import io.bocadillo.servlet.BocadilloServlet;
import io.bocadillo.testing.LiveServer;
import io.bocadillo.testing.TestClient;
import io.bocadillo.testing.TestResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServletMountsTest {

    private final List<String> events = new ArrayList<>();

    /** Tells what happens to it, and answers with its path. */
    private final class Recorded extends HttpServlet {

        private static final long serialVersionUID = 1;

        private final String name;

        Recorded(String name) {
            this.name = name;
        }

        @Override
        public void init() {
            events.add("init " + name);
        }

        @Override
        public void destroy() {
            events.add("destroy " + name);
        }

        @Override
        protected void service(HttpServletRequest req, HttpServletResponse resp) throws IOException {
            resp.getWriter().write(name + " " + req.getPathInfo());
        }
    }

    private static HttpResponse<String> get(LiveServer server, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.url(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aTestClientSaysThatItNeedsAContainer() {
        App app = new App();
        app.get("/hello", (req, res) -> res.text("hello"));
        app.mount("/legacy", new Recorded("a"));
        try (TestClient client = TestClient.of(app)) {
            assertThat(client.get("/hello").text()).isEqualTo("hello");
            for (String path : List.of("/legacy", "/legacy/", "/legacy/a/b")) {
                TestResponse answer = client.get(path);
                assertThat(answer.status()).isEqualTo(501);
                assertThat(answer.json(Map.class).get("detail").toString())
                        .matches("mount .* /legacy \\(ServletMountsTest.java:\\d+\\): expected a servlet container,"
                                + " got a client without one\\. Test it with LiveServer\\.");
            }
            assertThat(client.get("/other").status()).isEqualTo(404);
        }
        assertThat(events).isEmpty();
    }

    @Test
    void middlewareAndHooksAreAroundIt() {
        App app = new App();
        app.use((req, res, next) -> {
            if (req.header("X-Refuse").isPresent()) {
                throw new HttpError(403);
            }
            return next.handle(req, res);
        });
        app.mount("/{tenant}/legacy", new Recorded("a"))
                .name("legacy")
                .use((req, res, next) -> {
                    if (req.header("X-Route").isPresent()) {
                        return res.text(req.route().name() + " " + req.route().pattern() + " " + req.param("tenant"));
                    }
                    return next.handle(req, res);
                })
                .before((req, res) -> {
                    if (req.header("X-Hook").isPresent()) {
                        throw new HttpError(401);
                    }
                });
        TestClient client = TestClient.of(app);
        assertThat(client.with("X-Refuse", "yes").get("/acme/legacy/x").status())
                .isEqualTo(403);
        assertThat(client.with("X-Route", "yes").get("/acme/legacy/x").text())
                .isEqualTo("legacy /{tenant}/legacy acme");
        assertThat(client.with("X-Route", "yes")
                        .request("PROPFIND", "/acme/legacy", new byte[0])
                        .status())
                .isEqualTo(200);
        assertThat(client.with("X-Hook", "yes").get("/acme/legacy").status()).isEqualTo(401);
        assertThat(app.urlFor("legacy", Map.of("tenant", "acme"))).isEqualTo("/acme/legacy");
        assertThat(app.routes())
                .singleElement()
                .satisfies(route -> assertThat(route.pattern()).isEqualTo("/{tenant}/legacy"));
    }

    @Test
    void anErrorOfTheMountGoesToTheHandlersAround() {
        App app = new App();
        app.onError(
                HttpError.class, (req, res, error) -> res.status(error.status()).text("handled " + req.mountPath()));
        Recipe recipe = new Recipe("old");
        recipe.mount("/legacy", new Recorded("a"));
        app.include(recipe);
        App root = new App();
        root.mount("/", new Recorded("b"));
        app.mount("/inner", root);
        TestClient client = TestClient.of(app);
        assertThat(client.get("/old/legacy/x").text()).isEqualTo("handled ");
        assertThat(client.get("/inner/x").status()).isEqualTo(501);
    }

    @Test
    void theTimeoutHoldsUntilTheServletIsReached() {
        App app = new App(Settings.defaults().timeout(Duration.ofMillis(50)));
        app.use((req, res, next) -> new CompletableFuture<>());
        app.mount("/legacy", new Recorded("a"));
        assertThat(TestClient.of(app).get("/legacy").status()).isEqualTo(503);
    }

    @Test
    void whatIsNoServletIsRefused() {
        App app = new App();
        assertThatThrownBy(() -> app.mount("/legacy", "servlet"))
                .isInstanceOf(StartupError.class)
                .hasMessageMatching("mount '/legacy' \\(ServletMountsTest.java:\\d+\\): expected an App, or a"
                        + " jakarta\\.servlet\\.http\\.HttpServlet that is no BocadilloServlet, got an object of"
                        + " java\\.lang\\.String\\. Mount one of these\\.");
        BocadilloServlet other = new BocadilloServlet(new App());
        assertThatThrownBy(() -> app.mount("/legacy", other))
                .isInstanceOf(StartupError.class)
                .hasMessageContaining("got an object of io.bocadillo.servlet.BocadilloServlet");
        assertThatThrownBy(() -> app.mount("/legacy", (Object) null))
                .isInstanceOf(StartupError.class)
                .hasMessageContaining("expected a servlet, got 'null'");
        assertThatThrownBy(() -> app.mount("/{x:path}", new Recorded("a")))
                .isInstanceOf(StartupError.class)
                .hasMessageContaining("expected parameters within a segment");
        TestClient.of(app);
        assertThatThrownBy(() -> app.mount("/legacy", new Recorded("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expected a mount before it starts");
    }

    @Test
    void whatCanNeverBeReachedIsRefused() {
        App covered = new App();
        covered.mount("/legacy", new Recorded("a"));
        covered.get("/legacy/x", (req, res) -> res.text("never"));
        assertThatThrownBy(covered::start)
                .isInstanceOf(StartupError.class)
                .hasMessageContaining("expected requests that no earlier route takes");
        App twice = new App();
        twice.mount("/", new Recorded("a"));
        twice.mount("/legacy", new Recorded("b"));
        assertThatThrownBy(twice::start)
                .isInstanceOf(StartupError.class)
                .hasMessageContaining("expected requests that no earlier route takes");
    }

    @Test
    void servletsStartAfterTheAppsAndStopBeforeThem() throws Exception {
        App inner = new App();
        inner.onStartup(() -> events.add("start inner"));
        inner.onShutdown(() -> events.add("stop inner"));
        inner.mount("/legacy", new Recorded("c"));
        App app = new App();
        app.mount("/a", new Recorded("a"));
        app.mount("/inner", inner);
        app.mount("/", new Recorded("b"));
        app.onStartup(() -> events.add("start"));
        app.onShutdown(() -> events.add("stop"));
        try (LiveServer server = LiveServer.start(app)) {
            assertThat(events).containsExactly("start", "start inner", "init a", "init b", "init c");
            assertThat(get(server, "/a").body()).isEqualTo("a null");
            assertThat(get(server, "/a/").body()).isEqualTo("a /");
            assertThat(get(server, "/inner/legacy/x").body()).isEqualTo("c /x");
            assertThat(get(server, "/x/y").body()).isEqualTo("b /x/y");
            events.clear();
        }
        assertThat(events).containsExactly("destroy c", "destroy b", "destroy a", "stop inner", "stop");
    }

    /** The container sends error pages too, and files past every stream: it alone knows how much that was. */
    @Test
    void howMuchAServletHasWrittenIsNotKnownAndNotSaidToBeNothing() throws Exception {
        List<Long> bytes = new CopyOnWriteArrayList<>();
        App app = new App();
        app.use((req, res, next) -> next.handle(req.onEnd(outcome -> bytes.add(outcome.bytes())), res)
                .thenCompose(answered -> req.path().endsWith("/instead")
                        ? res.status(200).text("instead")
                        : CompletableFuture.completedStage(null)));
        app.use(new AccessLog()); // Listeners are told the last one first, so its lines are there when the bytes are.
        app.mount("/legacy", new Recorded("a"));
        app.get("/own", (req, res) -> res.text("own"));
        try (CapturedLog log = new CapturedLog();
                LiveServer server = LiveServer.start(app)) {
            for (String path : List.of("/legacy/x", "/legacy/instead", "/own")) {
                int before = bytes.size();
                assertThat(get(server, path).statusCode()).isEqualTo(200);
                while (bytes.size() == before) {
                    Thread.onSpinWait();
                }
            }
            assertThat(bytes).containsExactly(-1L, 7L, 3L);
            assertThat(log.lines("INFO"))
                    .filteredOn(line -> line.contains("path="))
                    .extracting(line -> line.replaceAll(".* (status=\\d+ bytes=\\S+) .*", "$1"))
                    .containsExactly("status=200 bytes=-", "status=200 bytes=7", "status=200 bytes=3");
        }
    }

    @Test
    void anInitThatFailsIsAFailureOfTheStart() {
        App app = new App();
        app.mount("/a", new Recorded("a"));
        app.mount("/b", new HttpServlet() {
            private static final long serialVersionUID = 1;

            @Override
            public void init() throws ServletException {
                throw new ServletException("no database");
            }
        });
        App inner = new App();
        inner.onShutdown(() -> events.add("stop inner"));
        inner.mount("/never", new Recorded("c"));
        app.mount("/inner", inner);
        app.onShutdown(() -> events.add("stop"));
        assertThatThrownBy(() -> LiveServer.start(app))
                .hasStackTraceContaining("/b (ServletMountsTest.java:")
                .hasStackTraceContaining("expected its servlet to start, got 'jakarta.servlet.ServletException")
                .hasStackTraceContaining("no database");
        assertThat(events).containsExactly("init a", "destroy a", "stop inner", "stop");
    }

    @Test
    void anUnavailableServletIsA503WithRetryAfter() throws Exception {
        App app = new App();
        app.mount("/legacy", new HttpServlet() {
            private static final long serialVersionUID = 1;

            @Override
            protected void doGet(HttpServletRequest req, HttpServletResponse resp) throws ServletException {
                if (req.getPathInfo() == null) {
                    throw new UnavailableException("for good");
                }
                throw new UnavailableException("for now", 7);
            }
        });
        try (LiveServer server = LiveServer.start(app)) {
            HttpResponse<String> answer = get(server, "/legacy/x");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("7");
            assertThat(get(server, "/legacy").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aStopWaitsForTheServlet() throws Exception {
        CompletableFuture<AsyncContext> reached = new CompletableFuture<>();
        App app = new App();
        app.mount("/legacy", new HttpServlet() {
            private static final long serialVersionUID = 1;

            @Override
            protected void doGet(HttpServletRequest req, HttpServletResponse resp) {
                reached.complete(req.startAsync());
            }
        });
        app.onShutdown(() -> events.add("stop"));
        JettyServer server = new JettyServer(app).host("127.0.0.1").port(0).start();
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/legacy");
        CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        AsyncContext context = reached.get(20, TimeUnit.SECONDS);
        Thread stop = new Thread(server::stop);
        stop.start();
        stop.join(300);
        assertThat(app.openExchanges()).isEqualTo(1);
        assertThat(events).isEmpty();
        context.getResponse().getWriter().write("done");
        context.complete();
        assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("done");
        stop.join();
        assertThat(events).containsExactly("stop");
    }

    @Test
    void aServletOfAnAppThatIsMountedTwiceIsInitialisedOnce() throws Exception {
        Recorded servlet = new Recorded("a");
        App inner = new App();
        inner.mount("/legacy", servlet);
        App app = new App();
        app.mount("/one", inner);
        app.mount("/two", inner);
        try (LiveServer server = LiveServer.start(app)) {
            assertThat(get(server, "/two/legacy/x").body()).isEqualTo("a /x");
        }
        assertThat(events).containsExactly("init a", "destroy a");
    }

    @Test
    void aServletThatIsMountedInSeveralPlacesIsInitialisedOnce() throws Exception {
        Recorded servlet = new Recorded("a");
        App app = new App();
        app.mount("/one", servlet);
        app.mount("/two", servlet).before((req, res) -> res.header("X-Two", "yes"));
        App inner = new App();
        inner.mount("/three", servlet);
        app.mount("/inner", inner);
        App other = new App();
        other.mount("/four", servlet);
        other.mount("/five", new Recorded("b"));
        try (LiveServer around = LiveServer.start(other)) {
            try (LiveServer server = LiveServer.start(app)) {
                assertThat(get(server, "/one/x").headers().map()).doesNotContainKey("x-two");
                assertThat(get(server, "/two/x").headers().firstValue("X-Two")).contains("yes");
                assertThat(get(server, "/two/x").body()).isEqualTo("a /x");
                assertThat(get(server, "/inner/three/x").body()).isEqualTo("a /x");
            }
            assertThat(get(around, "/four/x").body()).isEqualTo("a /x");
            assertThat(events).containsExactly("init a", "init b");
        }
        assertThat(events).containsExactly("init a", "init b", "destroy b", "destroy a");
    }

    @Test
    void itKeepsTheContextOfTheFirstServer() throws Exception {
        App app = new App();
        app.mount("/legacy", new HttpServlet() {
            private static final long serialVersionUID = 1;

            @Override
            protected void doGet(HttpServletRequest req, HttpServletResponse resp) throws IOException {
                boolean isOfThisServer = getServletContext() == req.getServletContext();
                resp.getWriter().write(isOfThisServer ? "this" : "another");
            }
        });
        LiveServer first = LiveServer.start(app);
        try (LiveServer second = LiveServer.start(app)) {
            assertThat(get(first, "/legacy").body()).isEqualTo("this");
            first.close();
            assertThat(get(second, "/legacy").body()).isEqualTo("another");
        }
        try (LiveServer third = LiveServer.start(app)) {
            assertThat(get(third, "/legacy").body()).isEqualTo("this");
        }
    }

    @Test
    void optionsForBodiesAreRefused() {
        App app = new App();
        Route route = app.mount("/legacy", new Recorded("a"));
        String where = "mount .* /legacy \\(ServletMountsTest.java:\\d+\\): expected no option for bodies, which its"
                + " servlet takes by itself, got '%s'\\. Leave it out, and limit them in the container\\.";
        assertThatThrownBy(() -> route.maxBody(1024))
                .isInstanceOf(StartupError.class)
                .hasMessageMatching(where.formatted("maxBody"));
        assertThatThrownBy(route::streaming)
                .isInstanceOf(StartupError.class)
                .hasMessageMatching(where.formatted("streaming"));
    }

    /** Reads its body as its path says, and answers with that, or with the name of an exception. */
    private static final class Reading extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doPost(HttpServletRequest req, HttpServletResponse resp) throws IOException {
            String answer;
            try {
                answer = read(req);
            } catch (IllegalStateException | IOException refused) {
                answer = refused.getClass().getSimpleName();
            }
            resp.setCharacterEncoding("utf-8");
            resp.getWriter().write(answer);
        }

        private static String read(HttpServletRequest req) throws IOException {
            switch (req.getPathInfo()) {
                case "/stream-and-reader" -> {
                    req.getInputStream();
                    return req.getReader().readLine();
                }
                case "/reader-and-stream" -> {
                    req.getReader();
                    return "" + req.getInputStream().read();
                }
                case "/stream-twice" -> {
                    return "" + req.getInputStream().read()
                            + req.getInputStream().read();
                }
                default -> {
                    return req.getReader().readLine() + req.getReader().readLine();
                }
            }
        }
    }

    /** How {@link Reading} answers, whether a middleware has read the body before or not. */
    private static String read(String path, String type, boolean isReadBefore) throws Exception {
        App app = new App();
        app.use((req, res, next) ->
                isReadBefore ? req.whenBody().thenCompose(body -> next.handle(req, res)) : next.handle(req, res));
        app.mount("/legacy", new Reading());
        try (LiveServer server = LiveServer.start(app)) {
            HttpRequest request = HttpRequest.newBuilder(server.url("/legacy" + path))
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString("été\n1\n2"))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /** Javadoc of ServletRequest; Servlet 6.0, section 3.12. */
    @ParameterizedTest
    @CsvSource({
        "/reader-twice,      text/plain;charset=utf-8, été1",
        "/reader-twice,      text/plain,               Ã©tÃ©1",
        "/stream-twice,      text/plain,               195169",
        "/stream-and-reader, text/plain,               IllegalStateException",
        "/reader-and-stream, text/plain,               IllegalStateException",
    })
    void aBodyThatMiddlewareHasReadIsReadAsAnyOther(String path, String type, String expected) throws Exception {
        assertThat(read(path, type, true)).isEqualTo(expected);
        assertThat(read(path, type, false)).isEqualTo(expected);
    }

    /** Javadoc of ServletRequest, which Jetty itself does not follow here. */
    @ParameterizedTest
    @ValueSource(strings = {"klingon", "%", "utf-8-x"})
    void aCharsetThatNobodyKnowsIsAnExceptionOfTheReader(String charset) throws Exception {
        String type = "text/plain;charset=" + charset;
        assertThat(read("/reader-twice", type, true)).isEqualTo("UnsupportedEncodingException");
        assertThat(read("/stream-twice", type, true)).isEqualTo("195169");
    }

    @Test
    void anAppIsCompiledAndRunsWithoutTheServletApi(@TempDir Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("Without.java"), """
                import io.bocadillo.App;
                import io.bocadillo.testing.TestClient;
                import java.util.function.Supplier;

                public class Without implements Supplier<String> {
                    public String get() {
                        App api = new App();
                        api.get("/x", (req, res) -> res.text("inside"));
                        App app = new App();
                        app.mount("/api", api).name("api");
                        return TestClient.of(app).get("/api/x").text();
                    }
                }
                """);
        String classPath = TestClassPath.of(entry -> !entry.contains("servlet-api"));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", classPath, "-d", folder.toString(), source.toString());
        assertThat(compiled).isZero();
        try (URLClassLoader loader = TestClassPath.loader(folder + File.pathSeparator + classPath)) {
            assertThatThrownBy(() -> loader.loadClass(ServletConfig.class.getName()))
                    .isInstanceOf(ClassNotFoundException.class);
            Object without = loader.loadClass("Without").getConstructor().newInstance();
            assertThat(((Supplier<?>) without).get()).isEqualTo("inside");
            assertThat(Objects.requireNonNull(
                            loader.loadClass(App.class.getName()).getMethods()))
                    .isNotEmpty();
        }
    }
}
