package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.HttpError;
import io.bocadillo.Request;
import io.bocadillo.Response;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Views whose answer comes from another thread, each marked with the token in the query. */
final class AsyncViews {

    private final Reports reports;
    private final Map<String, CompletableFuture<Void>> held = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "user-code");
        thread.setDaemon(true);
        return thread;
    });

    AsyncViews(Reports reports) {
        this.reports = reports;
    }

    void register(App app) {
        app.onShutdown(threads::shutdownNow);
        app.get(
                "/async/now",
                (req, res) -> CompletableFuture.completedFuture(token(req)).thenCompose(res::text));
        app.get(
                "/async/later",
                (req, res) ->
                        CompletableFuture.supplyAsync(() -> token(req), threads).thenCompose(res::text));
        app.get(
                "/async/bytes/{n:int}",
                (req, res) -> CompletableFuture.supplyAsync(
                                () -> Bytes.pattern(req.param("n").asInt()), threads)
                        .thenCompose(bytes -> res.content(bytes, "application/x-test")));
        app.get(
                "/async/failed",
                (req, res) -> CompletableFuture.supplyAsync(
                        () -> {
                            throw new HttpError(409, token(req));
                        },
                        threads));
        app.get("/async/boom", (req, res) -> CompletableFuture.failedFuture(new IllegalStateException("SECRET")));
        app.get(
                "/async/error",
                (req, res) -> CompletableFuture.runAsync(
                        () -> {
                            throw new AssertionError("SECRET");
                        },
                        threads));
        app.get("/async/twice", this::twice);
        app.get("/held/{token}", this::hold);
        app.post("/release/{token}", (req, res) -> {
            held(req.param("token").value()).complete(null);
            return res.text("released");
        });
        app.post(
                "/async/echo",
                (req, res) -> CompletableFuture.supplyAsync(req::text, threads).thenCompose(res::text));
    }

    /** Completes its stage and, when released, answers and completes once more. */
    private CompletionStage<?> twice(Request req, Response res) {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        String token = token(req);
        threads.execute(() -> {
            res.text(token);
            stage.complete(null);
        });
        held(token).thenRun(() -> {
            reports.add(token, refusal(() -> res.text("again")) + " | " + refusal(req::headers));
            stage.completeExceptionally(new IllegalStateException("again"));
            stage.obtrudeException(new IllegalStateException("by force"));
        });
        return stage;
    }

    /** Answers when released, however late. */
    private CompletionStage<?> hold(Request req, Response res) {
        String token = req.param("token").value();
        return held(token).thenRun(() -> {
            String report = refusal(() -> res.text(token));
            reports.add(token, report);
        });
    }

    private CompletableFuture<Void> held(String token) {
        return held.computeIfAbsent(token, unseen -> new CompletableFuture<>());
    }

    private static String token(Request req) {
        return req.query("token").value();
    }

    private static String refusal(Runnable use) {
        try {
            use.run();
            return "taken";
        } catch (IllegalStateException refused) {
            return refused.getMessage();
        }
    }
}
