package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.Next;
import io.bocadillo.Request;
import io.bocadillo.Response;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Views that take a body, and middleware around it. */
final class BodyViews {

    static final int SMALL_LIMIT = 1000;

    private final Reports reports;

    BodyViews(Reports reports) {
        this.reports = reports;
    }

    void register(App app) {
        app.post("/echo", (req, res) -> res.content(req.body(), "application/octet-stream"));
        app.post("/asynchronous", (req, res) -> {
            HttpServletRequest request = req.get(HttpServletRequest.class);
            return res.text(request.isAsyncStarted() + " " + req.text());
        });
        app.post("/text", (req, res) -> res.text(req.text()));
        app.post("/small", (req, res) -> res.text("" + req.body().length)).maxBody(SMALL_LIMIT);
        app.post("/large", (req, res) -> res.text("" + req.body().length)).maxBody(16 * 1024 * 1024);
        app.post("/refused", (req, res) -> res.text("not reached"))
                .use((req, res, next) -> res.status(403).text("refused"));
        app.post("/watched", (req, res) -> res.text("view")).use(this::watch);
        app.post("/hop", (req, res) -> res.text(req.text())).use(BodyViews::hop);
        app.post("/threads", BodyViews::thread);
        app.post("/hop/threads", BodyViews::thread).use(BodyViews::hop);
    }

    /** Reports how the reading of the body went, under the token in the query. */
    private CompletionStage<?> watch(Request req, Response res, Next next) {
        String token = req.query("token").value();
        req.whenBody()
                .whenComplete((body, failure) -> reports.add(token, failure == null ? "read" : failure.getMessage()));
        return next.handle(req, res);
    }

    private static CompletionStage<?> hop(Request req, Response res, Next next) {
        return CompletableFuture.runAsync(() -> {}).thenCompose(done -> next.handle(req, res));
    }

    private static CompletionStage<?> thread(Request req, Response res) {
        return res.text(Thread.currentThread().toString());
    }
}
