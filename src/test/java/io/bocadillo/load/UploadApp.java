package io.bocadillo.load;

import io.bocadillo.App;
import java.util.function.Supplier;

/** Takes uploads, and answers pings meanwhile. */
public final class UploadApp implements Supplier<App> {

    @Override
    public App get() {
        App app = new App();
        app.get("/ping", (req, res) -> res.text("pong"));
        app.post("/uploads", (req, res) -> res.text(req.body().length + " bytes"));
        return app;
    }
}
