package io.bocadillo.starvation;

import io.bocadillo.App;
import io.bocadillo.HttpError;
import io.bocadillo.Settings;
import java.time.Duration;
import java.util.function.Supplier;

/** Takes small bodies for a short time, and gives small and large answers. */
public final class ThriftyApp implements Supplier<App> {

    static final int MAX_BODY = 1000;
    static final int SIXTEEN_K = 16 * 1024;
    static final int TEN_MEGABYTES = 10 * 1024 * 1024;

    @Override
    public App get() {
        App app = new App(Settings.defaults().timeout(Duration.ofSeconds(2)).maxBody(MAX_BODY));
        app.get("/ping", (req, res) -> res.text("pong"));
        app.get("/16k", (req, res) -> res.content(new byte[SIXTEEN_K], "application/octet-stream"));
        app.post("/uploads", (req, res) -> res.text(req.text()));
        app.post("/private", (req, res) -> res.text("secret")).use((req, res, next) -> {
            throw new HttpError(401);
        });
        app.post("/large", (req, res) -> res.empty())
                .use((req, res, next) -> res.content(new byte[TEN_MEGABYTES], "application/octet-stream"));
        return app;
    }
}
