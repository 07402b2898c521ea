package io.bocadillo.bench.server;

import io.bocadillo.App;
import io.bocadillo.bench.server.Content.Greeting;
import io.bocadillo.bench.server.Content.Note;

/** The endpoints in Bocadillo. */
final class BocadilloServer {

    private BocadilloServer() {}

    static App app(int middleware) {
        App app = new App();
        for (int i = 1; i <= middleware; i++) {
            String name = Content.header(i);
            app.use((req, res, next) -> {
                res.header(name, "1");
                return next.handle(req, res);
            });
        }
        app.get("/plaintext", (req, res) -> res.text(Content.TEXT));
        app.get("/json", (req, res) -> res.json(new Greeting(Content.TEXT)));
        app.post("/echo", (req, res) -> res.json(req.json(Note.class)));
        app.get("/wait", (req, res) -> Delay.text().thenCompose(res::text));
        app.get("/big", (req, res) -> res.content(Content.BIG, Content.BYTES_TYPE));
        for (int i = 0; i < Content.EARLIER_ROUTES; i++) {
            app.get(
                    Content.earlierRoute(i),
                    (req, res) -> res.text(req.param("name").value()));
        }
        app.get(
                "/users/{id}/posts/{slug}",
                (req, res) -> res.text(
                        Content.post(req.param("id").value(), req.param("slug").value())));
        return app;
    }
}
