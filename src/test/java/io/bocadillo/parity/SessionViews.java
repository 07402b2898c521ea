package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.Cookie;
import io.bocadillo.CsrfToken;
import io.bocadillo.Session;
import io.bocadillo.middleware.Csrf;
import io.bocadillo.middleware.LateStore;
import io.bocadillo.middleware.MemorySessionStore;
import io.bocadillo.middleware.Sessions;
import java.time.Duration;

/** Cookies, and sessions in them and in a store that answers later, on a thread of its own. */
final class SessionViews {

    static final String KEY = "a key that is used for nothing but tests";

    void register(App app) {
        app.get(
                "/cookies/set",
                (req, res) -> res.cookie(Cookie.of("a", "1"))
                        .cookie(Cookie.of("b", "2").httpOnly(false))
                        .cookie(Cookie.of("a", "3").maxAge(Duration.ofHours(1)))
                        .text("set"));
        app.get("/cookies/read", (req, res) -> res.json(req.cookie("a").values()));
        count(app, "signed", new Sessions(KEY));
        count(app, "encrypted", new Sessions(KEY).encrypted());
        count(app, "stored", new Sessions(KEY).store(new LateStore(new MemorySessionStore())));
        Sessions sessions = new Sessions(KEY).cookie(Cookie.of("forms", ""));
        app.get(
                        "/guarded/token",
                        (req, res) -> res.text(req.get(CsrfToken.class).value()))
                .use(sessions)
                .use(new Csrf());
        app.post("/guarded", (req, res) -> res.text(req.form().field("a").value()))
                .use(sessions)
                .use(new Csrf());
    }

    private static void count(App app, String kind, Sessions sessions) {
        app.get("/session/" + kind, (req, res) -> {
                    Session session = req.session();
                    int n = session.get("n", 0) + 1;
                    session.put("n", n);
                    return res.text("" + n);
                })
                .use(sessions);
        app.get("/session/" + kind + "/end", (req, res) -> {
                    req.session().clear();
                    return res.text("bye");
                })
                .use(sessions);
    }
}
