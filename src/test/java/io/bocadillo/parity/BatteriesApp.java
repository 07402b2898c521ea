package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.CsrfToken;
import io.bocadillo.HttpError;
import io.bocadillo.Request;
import io.bocadillo.Settings;
import io.bocadillo.middleware.AccessLog;
import io.bocadillo.middleware.AllowedHosts;
import io.bocadillo.middleware.ConcurrencyLimit;
import io.bocadillo.middleware.Cors;
import io.bocadillo.middleware.Csrf;
import io.bocadillo.middleware.ForwardedHeaders;
import io.bocadillo.middleware.Gzip;
import io.bocadillo.middleware.Hsts;
import io.bocadillo.middleware.RateLimit;
import io.bocadillo.middleware.RequestId;
import io.bocadillo.middleware.SecurityHeaders;
import io.bocadillo.middleware.Sessions;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** An app with all of the middleware that comes with the library, in one stack, and an app in it with sessions of its own. */
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
        app.use(reports.ofOutcomes());
        app.use(new AllowedHosts("test", "*.app.example"));
        app.use(Cors.allow("https://app.example").methods("GET", "PUT").credentials());
        app.use(new SecurityHeaders());
        app.use(new Gzip());
        app.use(new Sessions(SessionViews.KEY));
        app.use(new Csrf().trust("https://app.example").exempt("admin:hook"));
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
        app.get(
                "/lines",
                (req, res) -> res.header("Content-Type", "text/plain; charset=utf-8").stream(
                        IntStream.range(0, PIECES).mapToObj(i -> "line " + i + "\n")));
        app.get("/teapot", (req, res) -> {
            throw new HttpError(418);
        });
        app.get("/bug", (req, res) -> {
            throw new IllegalStateException("SECRET");
        });
        app.get("/open", (req, res) -> res.text("" + app.openExchanges()));
        app.get(
                "/page",
                (req, res) -> res.html(
                        "<p>" + visits(req) + "</p>" + req.get(CsrfToken.class).value() + "<hr>".repeat(1000)));
        app.post(
                "/form",
                (req, res) -> res.text(
                        req.form().field("a").value() + " " + req.session().get("visits", 0)));
        app.mount("/admin", admin()).name("admin");
        reports.register(app);
        return app;
    }

    /** With the same cookie, name and all, but for its path. */
    private static App admin() {
        App admin = new App();
        admin.use(new Sessions(SessionViews.KEY + " of its own"));
        admin.get("/page", (req, res) -> res.text(visits(req) + " " + req.urlFor("page") + " " + req.url()))
                .name("page");
        admin.post("/form", (req, res) -> res.text("" + visits(req)));
        admin.post("/hook", (req, res) -> res.text("" + visits(req))).name("hook");
        return admin;
    }

    private static int visits(Request req) {
        int visits = req.session().get("visits", 0) + 1;
        req.session().put("visits", visits);
        return visits;
    }
}
