package io.bocadillo.middleware;

import io.bocadillo.Cookie;
import io.bocadillo.Middleware;
import io.bocadillo.Next;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.Session;
import io.bocadillo.StartupError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives requests a {@link Session}: {@code app.use(new Sessions(key))}, then {@link Request#session}.
 *
 * <p>It is in a cookie with a signature (HMAC-SHA256), which the client can read but not change, or in a {@link #store}.
 * The cookie is {@code session}, {@code HttpOnly}, {@code SameSite=Lax}, {@code Secure} on https, and good for 14 days after
 * the last change. It is set if the session has changed; an answer for which the session was read is marked with
 * {@code Vary: Cookie} and, unless it says something else, {@code Cache-Control: private}. A cookie that is not ours, or too
 * old, is an empty session. With an answer of status 500 or more nothing is saved.
 *
 * <p>Of two requests of one client at the same time the last answer wins, whole; but what was deleted from a store
 * meanwhile does not come back. The same object twice around a request, on an app and on what is mounted in it, gives it one
 * session, saved once. Immutable: every setter returns a changed copy.
 */
public final class Sessions implements Middleware {

    /** As much as the hash (RFC 2104, section 3). */
    private static final int LEAST_KEY_BYTES = 32;

    private final List<byte[]> keys;
    private final InstantSource clock;
    private Cookie cookie = Cookie.of("session", "");
    private Duration maxAge = Duration.ofDays(14);
    private @Nullable Duration absoluteTimeout;
    private boolean rolling;
    private boolean outlivesBrowser = true;
    private boolean encrypted;
    private @Nullable SessionStore store;
    private Middleware chosen;

    /**
     * Creates sessions whose cookies are signed.
     *
     * @param key a secret of at least 32 bytes, the same on all servers of the app: {@code openssl rand -base64 32}
     * @param olderKeys secrets whose cookies are still good
     * @throws StartupError for a key that is missing or short
     */
    public Sessions(String key, String... olderKeys) {
        this(InstantSource.system(), key, olderKeys);
    }

    Sessions(InstantSource clock, String key, String... olderKeys) {
        List<byte[]> checked = new ArrayList<>();
        checked.add(checked(key));
        for (String older : olderKeys) {
            checked.add(checked(older));
        }
        this.keys = List.copyOf(checked);
        this.clock = clock;
        this.chosen = choose();
    }

    private Sessions(Sessions other) {
        keys = other.keys;
        clock = other.clock;
        cookie = other.cookie;
        maxAge = other.maxAge;
        absoluteTimeout = other.absoluteTimeout;
        rolling = other.rolling;
        outlivesBrowser = other.outlivesBrowser;
        encrypted = other.encrypted;
        store = other.store;
        chosen = other.chosen;
    }

    /** Encrypts the cookies too (AES-256-GCM), so that clients can't read them. */
    public Sessions encrypted() {
        Sessions changed = new Sessions(this);
        changed.encrypted = true;
        return changed.chosen();
    }

    /** Keeps the sessions there, and in the cookies nothing but a random identifier. */
    public Sessions store(SessionStore store) {
        Sessions changed = new Sessions(this);
        changed.store = store;
        return changed.chosen();
    }

    /** Sets how long a session lives after its last change, 14 days by default; {@link StartupError} if under a second. */
    public Sessions maxAge(Duration age) {
        Sessions changed = new Sessions(this);
        changed.maxAge = checked(age);
        return changed.chosen();
    }

    /**
     * Ends a session that long after it was made, or had its identity {@linkplain Session#rotate changed} by a login, however
     * much it is used; never unless set. {@link StartupError} if under a second.
     */
    public Sessions absoluteTimeout(Duration time) {
        Sessions changed = new Sessions(this);
        changed.absoluteTimeout = checked(time);
        return changed.chosen();
    }

    /** Lets a session live on while it is used: it is renewed, though it has not changed, when half of its time is over. */
    public Sessions rolling() {
        Sessions changed = new Sessions(this);
        changed.rolling = true;
        return changed.chosen();
    }

    /** Lets the browser forget the cookie when it is closed; until then it is as good as it would be otherwise. */
    public Sessions untilBrowserCloses() {
        Sessions changed = new Sessions(this);
        changed.outlivesBrowser = false;
        return changed.chosen();
    }

    /** Sets name and attributes of the cookie, whose value and age do not matter: {@code Cookie.of("__Host-session", "")}. */
    public Sessions cookie(Cookie cookie) {
        Sessions changed = new Sessions(this);
        changed.cookie = cookie;
        return changed.chosen();
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) throws Exception {
        return chosen.handle(req, res, next);
    }

    /** Whether what the session has become is not to be saved: the request has failed. */
    static boolean isLost(Response res) {
        return res.status() >= 500;
    }

    private Sessions chosen() {
        chosen = choose();
        return this;
    }

    private Middleware choose() {
        Function<byte[], Seal> seal = encrypted ? EncryptedSeal::new : SignedSeal::new;
        List<Seal> seals = keys.stream().map(seal).toList();
        SessionLife life = new SessionLife(maxAge, absoluteTimeout, rolling, clock);
        SessionCookie sealed = new SessionCookie(cookie, seals, life, outlivesBrowser);
        return store == null ? new CookieSessions(sealed) : new StoredSessions(sealed, store);
    }

    private static Duration checked(Duration age) {
        if (age.toSeconds() < 1) {
            throw new StartupError(
                    "sessions: expected an age of a second or more, got '" + age + "'. Give a longer time.");
        }
        return age;
    }

    private static byte[] checked(@Nullable String key) {
        byte[] bytes = key == null ? new byte[0] : key.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < LEAST_KEY_BYTES) {
            throw new StartupError("sessions: expected a key of at least " + LEAST_KEY_BYTES + " bytes, got "
                    + bytes.length + " bytes. Make one with 'openssl rand -base64 32', and keep it out of the code.");
        }
        return bytes;
    }
}
