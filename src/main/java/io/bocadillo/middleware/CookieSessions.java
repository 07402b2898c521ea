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
    private final SessionBinding binding = new SessionBinding(req -> req.get(Visit.class).session);

    CookieSessions(SessionCookie cookie) {
        this.cookie = cookie;
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) {
        if (binding.isBound(req)) {
            return next.handle(req, res);
        }
        binding.bind(req.put(visits));
        CompletionStage<?> stage = next.handle(req, res);
        if (Answered.isThere(stage)) {
            finish(req, res, null);
            return stage;
        }
        return stage.whenComplete((answered, failure) -> finish(req, res, failure));
    }

    private void finish(Request req, Response res, @Nullable Throwable failure) {
        Session session = binding.release(req);
        if (session != null && failure == null) {
            save(session, visits.made(req), req, res);
        }
    }

    private void save(Session session, @Nullable Visit visit, Request req, Response res) {
        if (visit == null || !session.isUsed() || res.hasEnded()) {
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
