package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.ErrorHandlers;
import io.bocadillo.HttpError;
import io.bocadillo.Recipe;
import io.bocadillo.Redirect;
import io.bocadillo.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A recipe and an app in an app, with a link, a redirect, a body and a stream in each of them. */
final class MountedApps {

    static final int MAX_BODY = 1000;

    private final Reports reports;

    MountedApps(Reports reports) {
        this.reports = reports;
    }

    void register(App app) {
        Recipe tacos = new Recipe("tacos");
        tacos.use((req, res, next) -> next.handle(req, res).thenRun(() -> res.header("X-Recipe", "tacos")));
        tacos.get("/", (req, res) -> res.text("tacos"));
        tacos.get("/{x}", (req, res) -> res.text(req.urlFor("tacos:detail", Map.of("x", "a b"), Map.of("q", "ü")) + ""))
                .name("detail");
        app.include("/recipes", tacos);
        app.redirect("/old-tacos/{x}", "tacos:detail");
        app.mount("/mounted/{tenant}", api()).name("mounted");
        app.get(
                "/link-into-mount",
                (req, res) -> res.redirect(req.urlFor("mounted:deep:where", Map.of("tenant", "café", "x", 7))));
    }

    private App api() {
        App api = new App(Settings.defaults().maxBody(MAX_BODY).timeout(Duration.ofMillis(200)));
        api.onError(HttpError.class, ErrorHandlers.text());
        api.use((req, res, next) -> next.handle(req, res)
                .thenRun(() -> res.header("X-Mounted", req.mountPath().length() + "")));
        api.get("/", (req, res) -> res.text("home of " + req.param("tenant")));
        api.post("/echo", (req, res) -> res.text(req.text()));
        api.post("/stream", (req, res) -> res.stream(req.stream())).streaming();
        api.get("/never", (req, res) -> new CompletableFuture<>());
        api.get(
                "/later",
                (req, res) -> CompletableFuture.runAsync(
                                () -> {}, CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS))
                        .thenCompose(done -> res.redirect("/later/" + req.param("tenant"))));
        api.get("/thrown", (req, res) -> {
            throw new Redirect("/");
        });
        api.get("/task", (req, res) -> {
            String token = req.query("token").value();
            res.background(() -> reports.add(token, "done"));
            return res.text("task");
        });
        App deep = new App();
        deep.get("/where/{x}", (req, res) -> res.text(req.basePath() + "|" + req.path() + "|" + req.mountPath()))
                .name("where");
        deep.get("/link", (req, res) -> res.text("" + req.urlFor("where", Map.of("x", 1))));
        api.mount("/deep", deep).name("deep");
        return api;
    }
}
