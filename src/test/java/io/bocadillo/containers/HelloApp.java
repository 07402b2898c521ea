package io.bocadillo.containers;

import io.bocadillo.App;
import java.util.function.Supplier;

/** The smallest app there is. */
public final class HelloApp implements Supplier<App> {

    @Override
    public App get() {
        App app = new App();
        app.get("/", (req, res) -> res.text("hello"));
        return app;
    }
}
