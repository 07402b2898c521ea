package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.CsrfToken;
import io.bocadillo.HttpError;
import io.bocadillo.Middleware;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.Settings;
import io.bocadillo.middleware.Csrf;
import io.bocadillo.middleware.Gzip;
import io.bocadillo.middleware.RequestId;
import io.bocadillo.middleware.Sessions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** An app with servlets in it, and a middleware around them that does what the query says. */
public final class ServletsApp implements Supplier<App> {

    static final int TIMEOUT_MILLIS = 1500;

    @Override
    public App get() {
        App app = new App();
        Reports reports = new Reports();
        reports.register(app);
        app.use(new Gzip());
        app.use(new RequestId());
        app.use(reports.ofOutcomes());
        app.use(asTheQuerySays(reports));
        app.onError(
                LegacyServlet.LegacyException.class,
                (req, res, e) -> res.status(409).text("legacy " + req.urlFor("hello")));
        app.get("/hello", (req, res) -> res.text("hello")).name("hello");
        app.get("/open", (req, res) -> res.text("" + app.openExchanges()));
        app.get("/legacy/mine", (req, res) -> res.text("mine"));
        app.mount("/legacy", new LegacyServlet());
        app.mount("/of/{tenant}/old", new LegacyServlet())
                .before((req, res) -> res.header("X-Tenant", req.param("tenant").value()));
        App inner = new App();
        inner.use((req, res, next) -> next.handle(req, res).thenRun(() -> res.header("X-Inner", req.mountPath())));
        inner.mount("/legacy", new LegacyServlet());
        app.mount("/inner", inner);
        App impatient = new App(Settings.defaults().timeout(Duration.ofMillis(TIMEOUT_MILLIS)));
        impatient.mount("/legacy", new LegacyServlet());
        app.mount("/impatient", impatient);
        App guarded = new App();
        guarded.use(new Sessions("0123456789abcdef0123456789abcdef"));
        guarded.use((req, res, next) -> {
            req.session().put("seen", "yes");
            return next.handle(req, res);
        });
        guarded.mount("/legacy", new LegacyServlet());
        app.mount("/sessions", guarded);
        App forms = new App();
        forms.use(new Sessions("0123456789abcdef0123456789abcdef"));
        forms.use(new Csrf());
        forms.get("/token", (req, res) -> res.text(req.get(CsrfToken.class).value()));
        forms.mount("/legacy", new LegacyServlet());
        app.mount("/forms", forms);
        return app;
    }

    private static Middleware asTheQuerySays(Reports reports) {
        return (req, res, next) -> {
            res.header("X-Before", "yes");
            if (says(req, "refuse")) {
                throw new HttpError(403);
            }
            CompletionStage<?> before = says(req, "body")
                    ? req.whenBody()
                    : says(req, "form") ? req.whenForm() : says(req, "before") ? later() : null;
            CompletionStage<?> answered =
                    before == null ? next.handle(req, res) : before.thenCompose(done -> next.handle(req, res));
            return answered.thenCompose(done -> after(req, res, reports));
        };
    }

    private static CompletionStage<?> after(Request req, Response res, Reports reports) {
        if (says(req, "later")) {
            return later().thenRun(
                            () -> res.header("X-After", "" + res.status()).header("X-Legacy", "changed"));
        }
        if (says(req, "instead")) {
            return res.status(299).text("instead");
        }
        if (says(req, "fail")) {
            throw new HttpError(418);
        }
        if (says(req, "thread")) {
            reports.add(req.firstHeader("X-Token"), Thread.currentThread().getName());
        }
        res.header("X-After", "" + res.status());
        return CompletableFuture.completedFuture(null);
    }

    private static CompletableFuture<Void> later() {
        return CompletableFuture.runAsync(() -> {}, OwnThread.EACH);
    }

    private static boolean says(Request req, String what) {
        return ("," + req.query("do").orElse("") + ",").contains("," + what + ",");
    }
}
