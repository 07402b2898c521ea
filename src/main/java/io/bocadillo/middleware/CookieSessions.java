package io.bocadillo.middleware;

import io.bocadillo.Lazy;
import io.bocadillo.Middleware;
import io.bocadillo.Next;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.Session;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sessions that are in their cookies, which are read when the session is. */
final class CookieSessions implements Middleware {

    private final SessionCookie cookie;
    private final Lazy<Visit> visits = new Lazy<>(Visit.class, Visit::new);
    private final Lazy<Session> sessions = new Lazy<>(Session.class, req -> req.get(Visit.class).session);

    CookieSessions(SessionCookie cookie) {
        this.cookie = cookie;
    }

    /** One that is open is that of the same object around this one, which will save it. */
    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) {
        Session around = sessions.made(req);
        if (around == null ? sessions.isOpen(req) : !around.isClosed()) {
            return next.handle(req, res);
        }
        req.put(visits).put(sessions);
        CompletionStage<?> stage = next.handle(req, res);
        if (Answered.isThere(stage)) {
            save(req, res);
            return stage;
        }
        return stage.thenRun(() -> save(req, res));
    }

    private void save(Request req, Response res) {
        Session session = sessions.close(req);
        Visit visit = visits.made(req);
        if (session == null || visit == null || session.isClosed()) {
            return;
        }
        session.close();
        if (!session.isUsed() || res.hasEnded()) {
            return;
        }
        SessionCookie.mark(res);
        if (Sessions.isLost(res)) {
            return;
        }
        if (!session.isEmpty() && (session.isChanged() || cookie.life().isToRenew(visit.ticket))) {
            cookie.write(res, session.json(), cookie.started(session, visit.ticket));
        } else if (session.isEmpty() && session.isChanged() && cookie.came(req)) {
            cookie.delete(res);
        }
    }

    /** A request whose session somebody has asked for. */
    private final class Visit {

        private final Request req;
        private final Session session = new Session(this::json);
        private SessionCookie.@Nullable Ticket ticket;

        Visit(Request req) {
            this.req = req;
        }

        private byte @Nullable [] json() {
            SessionCookie.Ticket read = cookie.read(req);
            ticket = read;
            return read == null ? null : read.content();
        }
    }
}
