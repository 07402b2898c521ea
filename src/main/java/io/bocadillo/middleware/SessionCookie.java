package io.bocadillo.middleware;

import io.bocadillo.Cookie;
import io.bocadillo.Headers;
import io.bocadillo.Request;
import io.bocadillo.Response;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of a session: content under a seal, with the time until which it is good.
 *
 * @param cookie its name and attributes
 * @param seals the first one seals, each of them opens
 * @param isRolling whether it is set anew when half of its time is over
 */
record SessionCookie(Cookie cookie, List<Seal> seals, Duration maxAge, boolean isRolling, InstantSource clock) {

    /** What a browser takes, name and value together (RFC 6265bis, section 5.7). */
    private static final int MOST_BYTES = 4096;

    private static final String REMEDY =
            " Keep less in the session, or keep it on the server: new Sessions(key).store(new MemorySessionStore()).";

    /**
     * A cookie that came.
     *
     * @param expires in seconds of the epoch
     */
    record Ticket(byte[] content, long expires) {}

    boolean came(Request req) {
        return req.cookie(cookie.name()).isPresent();
    }

    /** The first cookie that is ours and still good; others of that name may come from whoever has a host beside this one. */
    @Nullable
    Ticket read(Request req) {
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

    void write(Response res, byte[] content) {
        byte[] timed = ByteBuffer.allocate(Long.BYTES + content.length)
                .putLong(seconds() + maxAge.toSeconds())
                .put(content)
                .array();
        String text = seals.get(0).seal(cookie.name(), timed);
        int bytes = cookie.name().length() + text.length();
        if (bytes > MOST_BYTES) {
            throw new IllegalStateException(
                    "session: expected at most " + MOST_BYTES + " bytes in its cookie, got " + bytes + "." + REMEDY);
        }
        res.cookie(cookie.value(text).maxAge(maxAge));
        keepFromSharedCaches(res);
    }

    void delete(Response res) {
        res.cookie(cookie.deleted());
    }

    boolean isToRenew(@Nullable Ticket ticket) {
        return isRolling && ticket != null && ticket.expires() - seconds() < maxAge.toSeconds() / 2;
    }

    /** Caches must not give to one client what was made for another (RFC 9110, section 12.5.5; RFC 9111, section 5.2.2.7). */
    static void mark(Response res) {
        Headers headers = res.headers().vary("Cookie");
        if (!headers.contains("Cache-Control")) {
            headers.set("Cache-Control", "private");
        }
    }

    /** Whatever the view says: a cookie that a cache gives to others would be one session for all of them. */
    private static void keepFromSharedCaches(Response res) {
        String set = String.join(",", res.headers().all("Cache-Control")).toLowerCase(Locale.ROOT);
        if (!set.contains("no-store") && !set.contains("private")) {
            res.header("Cache-Control", "private");
        }
    }

    private @Nullable Ticket ticket(byte[] timed) {
        if (timed.length < Long.BYTES) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(timed);
        long expires = buffer.getLong();
        byte[] content = new byte[buffer.remaining()];
        buffer.get(content);
        return seconds() < expires ? new Ticket(content, expires) : null;
    }

    private long seconds() {
        return clock.instant().getEpochSecond();
    }
}
