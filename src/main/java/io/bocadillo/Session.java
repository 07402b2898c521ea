package io.bocadillo;

import java.lang.reflect.Type;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is kept for one client from one request to the next, by name: texts, numbers, booleans, and lists and maps of
 * these. {@link Request#session} gives it.
 *
 * <p>Numbers are kept as {@code long} and {@code double}. What is there may have been put there by an earlier version of
 * the app: a value of another type than the one asked for counts as none.
 *
 * <p>As the request it belongs to, not for use by several threads at once. It is saved when the answer is there; after
 * that, what has been used can still be read, and a change, or the first use, is an {@link IllegalStateException}.
 */
public final class Session {

    private @Nullable Supplier<byte @Nullable []> source;
    private Map<String, Object> values = Map.of();
    private Set<String> put = Set.of();
    private boolean changed;
    private boolean rotated;
    private boolean closed;

    /**
     * For middleware: a session with values that are read when they are needed.
     *
     * @param json gives what {@link #json} has written, or null for a new session; what is something else counts as null
     */
    public Session(Supplier<byte @Nullable []> json) {
        source = json;
    }

    /**
     * The value of that name as that type.
     *
     * @throws IllegalArgumentException unless it is {@code String}, {@code Integer}, {@code Long}, {@code Double},
     *     {@code Boolean}, {@code List} or {@code Map}
     */
    public <T> Optional<T> find(String name, Class<T> type) {
        return SessionValue.as(read().get(name), type);
    }

    /** The value of that name as the type of {@code fallback}, or {@code fallback}: {@code session.get("visits", 0) + 1}. */
    @SuppressWarnings("unchecked")
    public <T> T get(String name, T fallback) {
        Class<?> type =
                fallback instanceof List ? List.class : fallback instanceof Map ? Map.class : fallback.getClass();
        return (T) find(name, (Class<Object>) type).orElse(fallback);
    }

    /**
     * Keeps a copy of a value under that name.
     *
     * @throws IllegalArgumentException for a value of a type that is not kept, or nested more than 16 deep
     */
    public Session put(String name, Object value) {
        Map<String, Object> open = open();
        Object kept = SessionValue.of(name, value);
        changed |= !kept.equals(open.put(name, kept));
        if (put.isEmpty()) {
            put = new HashSet<>();
        }
        put.add(name);
        return this;
    }

    /** Forgets the value of that name, if there is one. */
    public Session remove(String name) {
        changed |= open().remove(name) != null;
        return this;
    }

    /** Forgets all values, for instance when somebody logs out; what is put afterwards is in a new session. */
    public Session clear() {
        Map<String, Object> open = open();
        changed |= !open.isEmpty();
        open.clear();
        rotated = true;
        return this;
    }

    /**
     * Keeps the values in a session of a new identity, with new CSRF tokens; to be called when somebody logs in: whoever
     * knows the old one, or has planted it, does not know the new one.
     */
    public Session rotate() {
        remove(CsrfToken.SECRET);
        changed = true;
        rotated = true;
        return this;
    }

    /** All values by name, unmodifiable; without the secret of the CSRF token, which must not get into an answer. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>(read());
        values.remove(CsrfToken.SECRET);
        return Collections.unmodifiableMap(values);
    }

    /** Whether there is no value. */
    public boolean isEmpty() {
        return read().isEmpty();
    }

    /** For middleware: whether anybody has read or changed it, so that the answer depends on it. */
    public boolean isUsed() {
        return source == null;
    }

    /** For middleware: whether it has to be saved. */
    public boolean isChanged() {
        return changed;
    }

    /** For middleware: whether it has to be saved as a new one. */
    public boolean isRotated() {
        return rotated;
    }

    /** For middleware: all values, as the constructor reads them. */
    public byte[] json() {
        return JacksonJson.DEFAULT.encode(read());
    }

    /** For middleware: forgets all values but those that this request has put. */
    public void forgetRead() {
        read().keySet().retainAll(put);
    }

    /** For middleware: refuses changes from here on, and all use if nobody has used it. */
    public void close() {
        closed = true;
    }

    /** For middleware: whether it refuses changes. */
    public boolean isClosed() {
        return closed;
    }

    private Map<String, Object> open() {
        if (closed) {
            throw new IllegalStateException(
                    "session: expected a change before the answer goes out, got one after. Change it in the view.");
        }
        return read();
    }

    private Map<String, Object> read() {
        Supplier<byte @Nullable []> unread = source;
        if (unread != null) {
            if (closed) {
                throw new IllegalStateException(
                        "session: expected the first use before the answer goes out, got it after."
                                + " Read it in the view, before its stage completes.");
            }
            source = null;
            byte[] json = unread.get();
            values = json == null ? new LinkedHashMap<>() : decode(json);
        }
        return values;
    }

    private static Map<String, Object> decode(byte[] json) {
        Map<String, Object> kept = new LinkedHashMap<>();
        try {
            Map<String, Object> read = JacksonJson.DEFAULT.decode(json, (Type) Map.class);
            read.forEach((name, value) -> kept.put(name, SessionValue.of(name, value)));
        } catch (HttpError | IllegalArgumentException notOurs) {
            kept.clear();
        }
        return kept;
    }

    static IllegalStateException missing(Request req) {
        return new IllegalStateException("session of " + req
                + ": expected the middleware Sessions before this, and an answer that is not there yet, got none."
                + " Add app.use(new Sessions(key)), and ask in the view, before its stage completes.");
    }
}
