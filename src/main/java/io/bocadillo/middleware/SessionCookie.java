package io.bocadillo.middleware;

import io.bocadillo.Cookie;
import io.bocadillo.Headers;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.Session;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of a session: content under a seal, with the times from which and until which it is good.
 *
 * @param cookie its name and attributes
 * @param seals the first one seals, each of them opens
 * @param outlivesBrowser whether it is kept when the browser is closed
 */
record SessionCookie(Cookie cookie, List<Seal> seals, SessionLife life, boolean outlivesBrowser) {

    /** What a browser takes, name and value together (RFC 6265bis, section 5.7). */
    private static final int MOST_BYTES = 4096;

    private static final int TIMES = 2 * Long.BYTES;

    private static final String REMEDY =
            " Keep less in the session, or keep it on the server: new Sessions(key).store(new MemorySessionStore()).";

    /**
     * A cookie that came.
     *
     * @param started when the session was made, in seconds of the epoch
     * @param expires when it ends unless it is saved again, in seconds of the epoch
     */
    record Ticket(byte[] content, long started, long expires) {}

    boolean came(Request req) {
        return req.cookie(cookie.name()).isPresent();
    }

    /** The first cookie that is ours and still good; others of that name may come from whoever has a host beside this one. */
    @Nullable
    Ticket read(Request req) {
        if (req.firstHeader("Cookie") == null) {
            return null;
        }
        for (String text : req.cookie(cookie.name()).values()) {
            for (Seal seal : seals) {
                byte[] content = text.length() > MOST_BYTES ? null : seal.open(cookie.name(), text);
                Ticket ticket = content == null ? null : ticket(content);
                if (ticket != null) {
                    return ticket;
                }
            }
        }
        return null;
    }

    /** When the session was made that is saved now: one of a new identity is a new one. */
    long started(Session session, @Nullable Ticket ticket) {
        return ticket == null || session.isRotated() ? life.now() : ticket.started();
    }

    void write(Response res, byte[] content, long started) {
        byte[] timed = ByteBuffer.allocate(TIMES + content.length)
                .putLong(started)
                .putLong(life.expires(started))
                .put(content)
                .array();
        String text = seals.get(0).seal(cookie.name(), timed);
        int bytes = cookie.name().length() + text.length();
        if (bytes > MOST_BYTES) {
            throw new IllegalStateException(
                    "session: expected at most " + MOST_BYTES + " bytes in its cookie, got " + bytes + "." + REMEDY);
        }
        Cookie sealed = cookie.value(text);
        res.cookie(outlivesBrowser ? sealed.maxAge(life.rest(started)) : sealed.untilBrowserCloses());
        keepFromSharedCaches(res);
    }

    void delete(Response res) {
        res.cookie(cookie.deleted());
    }

    /** Caches must not give to one client what was made for another (RFC 9110, section 12.5.5; RFC 9111, section 5.2.2.7). */
    static void mark(Response res) {
        Headers headers = res.headers().vary("Cookie");
        if (!headers.contains(CacheControl.NAME)) {
            headers.set(CacheControl.NAME, "private");
        }
    }

    /** Whatever the view says: a cookie that a cache gives to others would be one session for all of them. */
    private static void keepFromSharedCaches(Response res) {
        if (!CacheControl.has(res.headers(), "no-store") && !CacheControl.has(res.headers(), "private")) {
            res.header(CacheControl.NAME, "private");
        }
    }

    private @Nullable Ticket ticket(byte[] timed) {
        if (timed.length < TIMES) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(timed);
        long started = buffer.getLong();
        long expires = buffer.getLong();
        byte[] content = new byte[buffer.remaining()];
        buffer.get(content);
        Ticket ticket = new Ticket(content, started, expires);
        return life.isGood(ticket) ? ticket : null;
    }
}
