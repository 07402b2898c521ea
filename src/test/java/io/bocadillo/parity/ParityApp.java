package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.HttpError;
import io.bocadillo.Redirect;
import io.bocadillo.Settings;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The app of the parity suite: ordinary code, each route for one thing that containers do differently. */
public final class ParityApp implements Supplier<App> {

    /** The limit of bodies, small enough for many tests beyond it. */
    static final int MAX_BODY = 64 * 1024;

    @Override
    public App get() {
        App app = new App(Settings.defaults().maxBody(MAX_BODY).eventHeartbeat(Duration.ofMillis(200)));
        app.get("/", (req, res) -> res.text("root"));
        app.get("/hello", (req, res) -> res.text("hello"));
        paths(app);
        methods(app);
        answers(app);
        errors(app);
        Reports reports = new Reports();
        reports.register(app);
        new BodyViews(reports).register(app);
        new AsyncViews(reports).register(app);
        Gates gates = new Gates();
        gates.register(app);
        new RequestStreamViews(gates, reports).register(app);
        new ResponseStreamViews(gates, reports).register(app);
        new FileViews().register(app);
        new EventViews(reports).register(app);
        new UploadViews(gates).register(app);
        new MountedApps(reports).register(app);
        new SessionViews().register(app);
        new TemplateViews().register(app);
        app.get("/open", (req, res) -> res.text("" + app.openExchanges()));
        return app;
    }

    private static void paths(App app) {
        app.get("/segment/{x}", (req, res) -> res.text(req.param("x").value()));
        app.get("/tail/{rest:path}", (req, res) -> res.text(req.param("rest").value()));
        app.get("/slash/", (req, res) -> res.text("slash"));
        app.get("/b", (req, res) -> res.text("b"));
        app.get("/base", (req, res) -> res.text(req.basePath()));
        app.get("/query", (req, res) -> res.json(req.queries()));
    }

    private static void methods(App app) {
        app.route("/many", (req, res) -> res.text(req.method()), "GET", "POST", "PUT", "PATCH", "DELETE");
        app.route("/dav", (req, res) -> res.text(req.method()), "PROPFIND");
        app.options("/options", (req, res) -> res.text("own"));
        app.head("/head", (req, res) -> res.header("X-Own", "yes").empty());
    }

    private static void answers(App app) {
        app.get("/empty", (req, res) -> res.empty());
        app.get("/reset", (req, res) -> res.status(205).text("hello"));
        app.get("/reset/stream", (req, res) -> res.status(205).stream(Stream.of("hello")));
        app.get("/nothing", (req, res) -> res.text(""));
        app.get(
                "/not-modified",
                (req, res) -> res.status(304).header("ETag", "\"1\"").empty());
        app.get(
                "/bytes/{n:int}",
                (req, res) -> res.content(Bytes.pattern(req.param("n").asInt()), "application/x-test"));
        byte[] shared = Bytes.pattern(10 * 1024 * 1024);
        app.get("/shared-bytes", (req, res) -> res.content(shared, "application/x-test"));
        app.get("/cookies", (req, res) -> {
            res.headers().add("Set-Cookie", "a=1; Path=/").add("Set-Cookie", "b=2; HttpOnly");
            return res.text("cookies");
        });
        app.get("/type", (req, res) -> res.header("Content-Type", "text/x-own").text("typed"));
        app.get("/lying-length", (req, res) -> res.header("Content-Length", "3").text("hello"));
        app.get("/redirect", (req, res) -> res.redirect(req.query("to").value()));
        app.get("/see-other", (req, res) -> {
            throw new Redirect(303, "/hello");
        });
        app.get(
                "/echo-header",
                (req, res) -> res.header("X-Echo", req.header("X-In").value())
                        .json(req.header("X-In").values()));
    }

    private static void errors(App app) {
        app.get("/boom", (req, res) -> {
            throw new IllegalStateException("SECRET");
        });
        app.get("/error", (req, res) -> {
            throw new AssertionError("SECRET");
        });
        app.get("/teapot", (req, res) -> {
            throw new HttpError(418, "short and stout").header("X-Tea", "green");
        });
        app.get("/null", (req, res) -> null);
        app.get(
                "/status/{n:int}",
                (req, res) -> res.status(req.param("n").asInt()).text("of the app"));
    }
}
