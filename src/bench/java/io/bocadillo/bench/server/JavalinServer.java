package io.bocadillo.bench.server;

import io.bocadillo.bench.server.Content.Greeting;
import io.bocadillo.bench.server.Content.Note;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.RoutesConfig;
import io.javalin.json.JavalinJackson3;
import jakarta.servlet.Servlet;

/** The endpoints in Javalin. */
final class JavalinServer {

    private JavalinServer() {}

    static Servlet servlet(int middleware) {
        return Javalin.create(config -> {
                    config.startup.startupWatcherEnabled = false;
                    config.http.compressionStrategy = CompressionStrategy.NONE;
                    config.jsonMapper(new JavalinJackson3());
                    addMiddleware(config.routes, middleware);
                    addRoutes(config.routes);
                })
                .javalinServlet();
    }

    private static void addMiddleware(RoutesConfig routes, int middleware) {
        for (int i = 1; i <= middleware; i++) {
            String name = Content.header(i);
            routes.before(ctx -> ctx.header(name, "1"));
        }
    }

    private static void addRoutes(RoutesConfig routes) {
        routes.get("/plaintext", ctx -> ctx.result(Content.TEXT));
        routes.get("/json", ctx -> ctx.json(new Greeting(Content.TEXT)));
        routes.post("/echo", ctx -> ctx.json(ctx.bodyAsClass(Note.class)));
        routes.get("/wait", ctx -> ctx.future(() -> Delay.text().thenAccept(ctx::result)));
        // Without a length Javalin sends chunks, which the others do not.
        String length = String.valueOf(Content.BIG.length);
        routes.get(
                "/big",
                ctx -> ctx.contentType(Content.BYTES_TYPE)
                        .header("Content-Length", length)
                        .result(Content.BIG));
        for (int i = 0; i < Content.EARLIER_ROUTES; i++) {
            routes.get(Content.earlierRoute(i), ctx -> ctx.result(ctx.pathParam("name")));
        }
        routes.get(
                "/users/{id}/posts/{slug}",
                ctx -> ctx.result(Content.post(ctx.pathParam("id"), ctx.pathParam("slug"))));
    }
}
