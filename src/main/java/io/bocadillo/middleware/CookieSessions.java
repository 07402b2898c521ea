package io.bocadillo.middleware;

import io.bocadillo.Middleware;
import io.bocadillo.Next;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.Session;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sessions that are in their cookies, which are read when the session is. */
final class CookieSessions implements Middleware {

    private final SessionCookie cookie;

    CookieSessions(SessionCookie cookie) {
        this.cookie = cookie;
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) {
        Visit visit = new Visit(req);
        Session session = new Session(visit);
        req.put(Session.class, session);
        return next.handle(req, res).thenRun(() -> save(session, visit.ticket, req, res));
    }

    private void save(Session session, SessionCookie.@Nullable Ticket ticket, Request req, Response res) {
        session.close();
        if (!session.isUsed()) {
            return;
        }
        SessionCookie.mark(res);
        if (Sessions.isLost(res)) {
            return;
        }
        if (!session.isEmpty() && (session.isChanged() || cookie.isToRenew(ticket))) {
            cookie.write(res, session.json());
        } else if (session.isEmpty() && session.isChanged() && cookie.came(req)) {
            cookie.delete(res);
        }
    }

    private final class Visit implements Supplier<byte @Nullable []> {

        private final Request req;
        private SessionCookie.@Nullable Ticket ticket;

        Visit(Request req) {
            this.req = req;
        }

        @Override
        public byte @Nullable [] get() {
            SessionCookie.Ticket read = cookie.read(req);
            ticket = read;
            return read == null ? null : read.content();
        }
    }
}
