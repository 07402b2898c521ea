package io.bocadillo.testing;

import io.bocadillo.Headers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of one visitor, kept and sent as a browser does (RFC 6265bis, sections 5.7 and 5.8.3). Safe for use by many
 * threads.
 *
 * <p>Every connection counts as secure, and every request as one of the same site: there is no wire to listen on, and no
 * other site. The list of public suffixes is not consulted.
 */
final class CookieJar {

    private final InstantSource clock;
    private final List<StoredCookie> cookies = new ArrayList<>();

    CookieJar() {
        this(InstantSource.system());
    }

    CookieJar(InstantSource clock) {
        this.clock = clock;
    }

    /** Keeps what an answer of that host sets; one that is expired removes what is there. */
    synchronized void keep(String authority, String path, Headers answer) {
        Instant now = clock.instant();
        for (String field : answer.all("Set-Cookie")) {
            StoredCookie cookie = StoredCookie.parse(field, host(authority), path, now);
            if (cookie == null) {
                continue;
            }
            int same = indexOfSame(cookie);
            if (cookie.isOver(now)) {
                if (same >= 0) {
                    cookies.remove(same);
                }
            } else if (same >= 0) {
                cookies.set(same, cookie); // Its place is that of its creation (section 5.7).
            } else {
                cookies.add(cookie);
            }
        }
    }

    /** The field {@code Cookie} for a request, with longer paths first; null if there is nothing to send. */
    synchronized @Nullable String header(String authority, String path) {
        Instant now = clock.instant();
        cookies.removeIf(cookie -> cookie.isOver(now));
        String header = cookies.stream()
                .filter(cookie -> cookie.isFor(host(authority), path))
                .sorted(Comparator.comparingInt(cookie -> -cookie.path().length()))
                .map(StoredCookie::pair)
                .collect(Collectors.joining("; "));
        return header.isEmpty() ? null : header;
    }

    private int indexOfSame(StoredCookie cookie) {
        for (int i = 0; i < cookies.size(); i++) {
            if (cookies.get(i).isSame(cookie)) {
                return i;
            }
        }
        return -1;
    }

    /** Without its port, which does not count for cookies (section 8.5). */
    private static String host(String authority) {
        return authority.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
    }
}
