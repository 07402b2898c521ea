package io.bocadillo.middleware;

import io.bocadillo.Middleware;
import io.bocadillo.Next;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.Session;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in a store: their cookies have a random identifier of 256 bits, by whose hash the store knows them, so that
 * what leaks from it opens no session.
 */
final class StoredSessions implements Middleware {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 32;
    private static final int MOST_BYTES = 64 * 1024;
    private static final CompletionStage<?> DONE = CompletableFuture.completedStage(null);

    private final SessionCookie cookie;
    private final SessionStore store;

    StoredSessions(SessionCookie cookie, SessionStore store) {
        this.cookie = cookie;
        this.store = store;
    }

    /** What is in the store is there before the view runs, so that the session is a plain value. */
    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) {
        SessionCookie.Ticket ticket = cookie.read(req);
        if (ticket == null) {
            return handle(null, null, req, res, next);
        }
        CompletableFuture<Optional<byte[]>> loading =
                store.load(key(ticket.content())).toCompletableFuture();
        return loading.isDone()
                ? loading.thenCompose(json -> handle(ticket, json.orElse(null), req, res, next))
                : loading.thenComposeAsync(json -> handle(ticket, json.orElse(null), req, res, next), req.executor());
    }

    /** A session that the store has forgotten does not come back under its identifier. */
    private CompletionStage<?> handle(
            SessionCookie.@Nullable Ticket ticket, byte @Nullable [] json, Request req, Response res, Next next) {
        Session session = new Session(() -> json);
        req.put(Session.class, session);
        SessionCookie.Ticket known = json == null ? null : ticket;
        return next.handle(req, res).thenCompose(answered -> save(session, known, req, res));
    }

    private CompletionStage<?> save(Session session, SessionCookie.@Nullable Ticket ticket, Request req, Response res) {
        session.close();
        if (!session.isUsed()) {
            return DONE;
        }
        SessionCookie.mark(res);
        boolean isToSave = session.isChanged() || cookie.isToRenew(ticket);
        if (Sessions.isLost(res) || !isToSave) {
            return DONE;
        }
        if (session.isEmpty()) {
            if (cookie.came(req)) {
                cookie.delete(res);
            }
            return delete(ticket);
        }
        byte[] json = checked(session.json());
        if (ticket != null && !session.isRotated()) {
            return store.replace(key(ticket.content()), json, cookie.maxAge())
                    .thenRun(() -> cookie.write(res, ticket.content()));
        }
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        return store.create(key(id), json, cookie.maxAge())
                .thenCompose(created -> delete(ticket))
                .thenRun(() -> cookie.write(res, id));
    }

    private CompletionStage<?> delete(SessionCookie.@Nullable Ticket ticket) {
        return ticket == null ? DONE : store.delete(key(ticket.content()));
    }

    private static byte[] checked(byte[] json) {
        if (json.length > MOST_BYTES) {
            throw new IllegalStateException("session: expected at most " + MOST_BYTES + " bytes of JSON, got "
                    + json.length + ". Keep large things where they belong, and an identifier here.");
        }
        return json;
    }

    private static String key(byte[] id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("expected a JDK with SHA-256", impossible);
        }
    }
}
