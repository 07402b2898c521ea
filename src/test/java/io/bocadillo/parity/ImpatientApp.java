package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.ErrorHandlers;
import io.bocadillo.HttpError;
import io.bocadillo.Settings;
import io.bocadillo.middleware.ConcurrencyLimit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** An app that gives up on its views soon. */
public final class ImpatientApp implements Supplier<App> {

    static final long TIMEOUT_MILLIS = 100;

    @Override
    public App get() {
        Duration timeout = Duration.ofMillis(TIMEOUT_MILLIS);
        App app = new App(Settings.defaults().timeout(timeout).bodyIdleTimeout(timeout));
        Reports reports = new Reports();
        reports.register(app);
        new AsyncViews(reports).register(app);
        app.onError(HttpError.class, (req, res, error) -> {
            res.header("X-Thread", Thread.currentThread().toString());
            return ErrorHandlers.json().handle(req, res, error);
        });
        app.get("/hello", (req, res) -> res.text("hello"));
        app.post("/echo", (req, res) -> res.text(req.text()));
        ConcurrencyLimit limit = new ConcurrencyLimit(100);
        app.post("/limited", (req, res) -> res.text(req.text())).use(limit);
        app.get("/limited/under-way", (req, res) -> res.text("" + limit.underWay()));
        app.get("/after/{micros:int}", (req, res) -> {
            String token = req.query("token").value();
            return CompletableFuture.supplyAsync(
                            () -> token,
                            CompletableFuture.delayedExecutor(
                                    req.param("micros").asInt(), TimeUnit.MICROSECONDS))
                    .thenCompose(res::text);
        });
        return app;
    }
}
