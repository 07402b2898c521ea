package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.Cookie;
import io.bocadillo.CsrfToken;
import io.bocadillo.Session;
import io.bocadillo.middleware.Csrf;
import io.bocadillo.middleware.MemorySessionStore;
import io.bocadillo.middleware.SessionStore;
import io.bocadillo.middleware.Sessions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

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
        count(app, "stored", new Sessions(KEY).store(new LateStore()));
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

    private static final class LateStore implements SessionStore {

        private final SessionStore inner = new MemorySessionStore();

        @Override
        public CompletionStage<Optional<byte[]>> load(String key) {
            return later(inner.load(key));
        }

        @Override
        public CompletionStage<?> create(String key, byte[] json, Duration lifetime) {
            return later(inner.create(key, json, lifetime));
        }

        @Override
        public CompletionStage<?> replace(String key, byte[] json, Duration lifetime) {
            return later(inner.replace(key, json, lifetime));
        }

        @Override
        public CompletionStage<?> delete(String key) {
            return later(inner.delete(key));
        }

        private static <T> CompletionStage<T> later(CompletionStage<T> stage) {
            return stage.thenApplyAsync(value -> value, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
        }
    }
}
