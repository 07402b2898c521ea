package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.Settings;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** An app that has few threads for what blocks, which are easily all in use. */
public final class NarrowApp implements Supplier<App> {

    static final int THREADS = 2;

    @Override
    public App get() {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        App app = new App(Settings.defaults().executor(threads));
        app.onShutdown(threads::shutdown);
        app.get("/hello", (req, res) -> res.text("hello"));
        app.get(
                "/endless",
                (req, res) -> res.write(out -> {
                    while (true) {
                        out.write(ResponseStreamViews.piece(0));
                    }
                }));
        return app;
    }
}
