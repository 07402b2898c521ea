package io.bocadillo.middleware;

import io.bocadillo.Lazy;
import io.bocadillo.Request;
import io.bocadillo.Session;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The session of a request, from where a {@link Sessions} is around it for the first time to where that is over. Around it
 * a second time, further in, the same object leaves it alone: two copies of one session would overwrite each other.
 *
 * <pre>
 *   not bound ── bind() ──▶ bound, made when somebody asks ── release() ──▶ closed: what was read can be read
 *                 ▲                                                            │
 *                 └──── a middleware further out calls on once more ───────────┘
 * </pre>
 */
final class SessionBinding {

    private final Lazy<Session> sessions;

    /** Creates the binding of one {@link Sessions}, which makes the session of a request that is bound. */
    SessionBinding(Function<Request, Session> maker) {
        this.sessions = new Lazy<>(Session.class, maker);
    }

    boolean isBound(Request req) {
        Session made = sessions.made(req);
        return sessions.isOpen(req) && (made == null || !made.isClosed());
    }

    void bind(Request req) {
        req.put(sessions);
    }

    /** Refuses changes and a first use from here on; null if nobody has asked for the session. */
    @Nullable
    Session release(Request req) {
        Session made = sessions.close(req);
        if (made != null) {
            made.close();
        }
        return made;
    }
}
