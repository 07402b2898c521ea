package io.bocadillo;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A whole app without a server: from the request line to the response that a server would send. */
@State(Scope.Benchmark)
public class AppBenchmark {

    private record Greeting(String message) {}

    private String textPath = "/users/1742";
    private String jsonPath = "/json";
    private final App app = app(0);
    private final App behindMiddleware = app(5);

    @Setup
    public void start() {
        app.start();
        behindMiddleware.start();
    }

    @Benchmark
    public Response text() {
        return answer(app, textPath);
    }

    @Benchmark
    public Response json() {
        return answer(app, jsonPath);
    }

    @Benchmark
    public Response textBehind5Middleware() {
        return answer(behindMiddleware, textPath);
    }

    /** The part of {@link #json} that is the codec's. */
    @Benchmark
    public byte[] jsonCodecAlone() {
        return JacksonJson.DEFAULT.encode(new Greeting("Hello, World!"));
    }

    private static App app(int middleware) {
        App app = new App();
        for (int i = 0; i < middleware; i++) {
            String name = "X-Middleware-" + i;
            app.use((req, res, next) -> {
                res.header(name, "1");
                return next.handle(req, res);
            });
        }
        app.get("/users/{id}", (req, res) -> res.text(req.param("id").value()));
        app.get("/json", (req, res) -> res.json(new Greeting("Hello, World!")));
        return app;
    }

    private static Response answer(App app, String path) {
        Response response = app.handle(new StubExchange("GET", "", path)).join();
        response.sent(null, 0);
        return response;
    }
}
