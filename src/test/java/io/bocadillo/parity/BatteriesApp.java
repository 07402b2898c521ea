package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.HttpError;
import io.bocadillo.Middleware;
import io.bocadillo.Settings;
import io.bocadillo.middleware.AccessLog;
import io.bocadillo.middleware.AllowedHosts;
import io.bocadillo.middleware.ConcurrencyLimit;
import io.bocadillo.middleware.Cors;
import io.bocadillo.middleware.ForwardedHeaders;
import io.bocadillo.middleware.Hsts;
import io.bocadillo.middleware.RateLimit;
import io.bocadillo.middleware.RequestId;
import io.bocadillo.middleware.SecurityHeaders;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** An app with all of the middleware that comes with the library. */
public final class BatteriesApp implements Supplier<App> {

    static final int LARGE = 10_000_000;
    static final int PIECES = 100;

    @Override
    public App get() {
        App app = new App(Settings.defaults().eventHeartbeat(Duration.ofMillis(100)));
        Reports reports = new Reports();
        ConcurrencyLimit one = new ConcurrencyLimit(1);
        app.use(ForwardedHeaders.xForwarded("127.0.0.1").host());
        app.use(new RequestId());
        app.use(new AccessLog());
        app.use(outcomes(reports));
        app.use(new AllowedHosts("test", "*.app.example"));
        app.use(Cors.allow("https://app.example").methods("GET", "PUT").credentials());
        app.use(new SecurityHeaders());
        app.get("/hello", (req, res) -> res.text("hello"));
        app.get("/seen", (req, res) -> res.text(req.remoteAddress() + " " + req.scheme() + " " + req.host()));
        app.get("/secure", (req, res) -> res.text("secure")).use(new Hsts());
        app.get("/rare", (req, res) -> res.text("rare"))
                .use(new RateLimit(2, Duration.ofHours(1)).by(req -> req.firstHeader("X-Key")));
        app.get("/single", (req, res) -> res.events(events -> events.send("hello")))
                .use(one);
        app.get("/under-way", (req, res) -> res.text("" + one.underWay()));
        app.get("/large", (req, res) -> res.content(new byte[LARGE], "application/x-test"));
        app.get(
                "/pieces",
                (req, res) -> res.stream(IntStream.range(0, PIECES).mapToObj(i -> ResponseStreamViews.piece(i))));
        app.get("/teapot", (req, res) -> {
            throw new HttpError(418);
        });
        app.get("/bug", (req, res) -> {
            throw new IllegalStateException("SECRET");
        });
        app.get("/open", (req, res) -> res.text("" + app.openExchanges()));
        reports.register(app);
        return app;
    }

    private static Middleware outcomes(Reports reports) {
        return (req, res, next) -> {
            String token = req.firstHeader("X-Token");
            if (token != null) {
                req.onEnd(outcome -> reports.add(
                        token,
                        outcome.status() + " " + outcome.bytes() + " "
                                + (outcome.failure() == null
                                        ? "sent"
                                        : outcome.failure().getClass().getSimpleName())));
            }
            return next.handle(req, res);
        };
    }
}
