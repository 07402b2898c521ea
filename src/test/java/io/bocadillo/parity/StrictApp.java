package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.ServerEvent;
import io.bocadillo.Settings;
import java.time.Duration;
import java.util.function.Supplier;

/** An app whose clients may not stand still for long. */
public final class StrictApp implements Supplier<App> {

    @Override
    public App get() {
        App app = new App(Settings.defaults()
                .bodyIdleTimeout(Duration.ofMillis(500))
                .writeIdleTimeout(Duration.ofMillis(500))
                .eventHeartbeat(Duration.ofMillis(200)));
        Reports reports = new Reports();
        reports.register(app);
        byte[] large = Bytes.pattern(20 * 1024 * 1024);
        app.get("/hello", (req, res) -> res.text("hello"));
        app.get("/open", (req, res) -> res.text("" + app.openExchanges()));
        app.get("/large", (req, res) -> res.content(large, "application/x-test"));
        app.post("/echo", (req, res) -> res.content(req.body(), "application/x-test"));
        app.post("/stream", (req, res) -> res.stream(req.stream())).streaming();
        app.get("/events", (req, res) -> {
            String token = req.query("token").value();
            String last = req.lastEventId().orElse("none");
            return res.events(events -> {
                events.onClose(() -> reports.add(token, "closed"));
                events.send(ServerEvent.of("first\nline").name("greeting").id("é1"));
                events.send(last);
            });
        });
        app.get("/task", (req, res) -> {
            String token = req.query("token").value();
            StringBuilder order = new StringBuilder();
            res.background(() -> order.append("one "));
            res.background(() -> reports.add(token, order + "two"));
            return req.query("stream").isPresent() ? res.write(out -> out.write(large, 0, 100_000)) : res.text("done");
        });
        return app;
    }
}
