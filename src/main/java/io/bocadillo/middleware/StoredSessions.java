package io.bocadillo.middleware;

import io.bocadillo.Middleware;
import io.bocadillo.Next;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.Session;
import java.security.SecureRandom;
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
    private static final CompletionStage<@Nullable Void> DONE = CompletableFuture.completedStage(null);

    private final SessionCookie cookie;
    private final SessionStore store;

    private final SessionBinding binding = new SessionBinding(this::loaded);

    /** What was in the store of those sessions; null for nothing. */
    private record Loaded(StoredSessions by, byte @Nullable [] json) {}

    StoredSessions(SessionCookie cookie, SessionStore store) {
        this.cookie = cookie;
        this.store = store;
    }

    /** What is in the store is there before the view runs, so that the session is a plain value. */
    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) {
        if (binding.isBound(req)) {
            return next.handle(req, res);
        }
        SessionCookie.Ticket ticket = cookie.read(req);
        return ticket == null
                ? goOn(null, req, res, next)
                : onAppThread(store.load(Sha256.of(ticket.content())), req)
                        .thenCompose(json -> goOn(ticket, json.orElse(null), req, res, next));
    }

    /** A session that the store has forgotten does not come back under its identifier. */
    private CompletionStage<?> goOn(
            SessionCookie.Ticket ticket, byte @Nullable [] json, Request req, Response res, Next next) {
        req.put(Loaded.class, new Loaded(this, json));
        return goOn(json == null ? null : ticket, req, res, next);
    }

    private CompletionStage<?> goOn(SessionCookie.@Nullable Ticket ticket, Request req, Response res, Next next) {
        binding.bind(req);
        CompletionStage<?> stage = next.handle(req, res);
        if (Answered.isThere(stage)) {
            Session session = binding.release(req);
            return session == null ? stage : save(session, ticket, req, res);
        }
        return stage.handle((answered, failure) -> {
                    Session session = binding.release(req);
                    return session == null || failure != null ? stage : save(session, ticket, req, res);
                })
                .thenCompose(saved -> saved);
    }

    private Session loaded(Request req) {
        byte[] json = req.find(Loaded.class)
                .filter(loaded -> loaded.by == this)
                .map(Loaded::json)
                .orElse(null);
        return new Session(() -> json);
    }

    private CompletionStage<?> save(Session session, SessionCookie.@Nullable Ticket ticket, Request req, Response res) {
        if (!session.isUsed() || res.hasEnded()) {
            return DONE;
        }
        SessionCookie.mark(res);
        boolean isToSave = session.isChanged() || cookie.life().isToRenew(ticket);
        if (Sessions.isLost(res) || !isToSave) {
            return DONE;
        }
        if (session.isEmpty()) {
            if (cookie.came(req)) {
                cookie.delete(res);
            }
            return ticket == null ? DONE : delete(ticket, req);
        }
        byte[] json = checked(session.json());
        if (ticket == null) {
            return create(json, req, res);
        }
        if (session.isRotated()) {
            return delete(ticket, req)
                    .thenCompose(wasThere -> wasThere ? create(json, req, res) : createAnew(session, req, res));
        }
        String key = Sha256.of(ticket.content());
        return onAppThread(store.replace(key, json, cookie.life().rest(ticket.started())), req)
                .thenAccept(wasThere -> {
                    if (wasThere) {
                        cookie.write(res, ticket.content(), ticket.started());
                    }
                });
    }

    private CompletionStage<@Nullable Void> create(byte[] json, Request req, Response res) {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        long started = cookie.life().now();
        return onAppThread(store.create(Sha256.of(id), json, cookie.life().rest(started)), req)
                .thenRun(() -> cookie.write(res, id, started));
    }

    /** Somebody has logged out meanwhile: what was read must not come back. A login at the same time stays one. */
    private CompletionStage<@Nullable Void> createAnew(Session session, Request req, Response res) {
        session.forgetRead();
        return session.isEmpty() ? DONE : create(session.json(), req, res);
    }

    private CompletionStage<Boolean> delete(SessionCookie.Ticket ticket, Request req) {
        return onAppThread(store.delete(Sha256.of(ticket.content())), req);
    }

    /** The thread on which a store answers later, or fails, is the store's: what the app does next may block it. */
    private static <T> CompletionStage<T> onAppThread(CompletionStage<T> stage, Request req) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        return future.isDone() ? future : future.whenCompleteAsync((value, error) -> {}, req.executor());
    }

    private static byte[] checked(byte[] json) {
        if (json.length > MOST_BYTES) {
            throw new IllegalStateException("session: expected at most " + MOST_BYTES + " bytes of JSON, got "
                    + json.length + ". Keep large things where they belong, and an identifier here.");
        }
        return json;
    }
}
