package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.Form;
import io.bocadillo.Settings;
import java.time.Duration;
import java.util.function.Supplier;

/** Takes bodies in each way there is. */
public final class TakingApp implements Supplier<App> {

    @Override
    public App get() {
        App app = new App(Settings.defaults().timeout(Duration.ofSeconds(20)));
        app.post("/form", (req, res) -> {
            Form form = req.form();
            byte[] file = form.file("file").content().readAllBytes();
            return res.text(form.field("name").value() + " " + form.file("file").fileName() + " " + Taker.whole(file));
        });
        app.post("/text", (req, res) -> res.text(req.text()));
        app.post("/stream", (req, res) -> {
                    Taker taker = new Taker();
                    req.stream().subscribe(taker);
                    taker.subscription().request(Long.MAX_VALUE);
                    return taker.outcome().thenCompose(res::text);
                })
                .streaming();
        return app;
    }
}
