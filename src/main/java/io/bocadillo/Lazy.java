package io.bocadillo;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that requests may have and that is made for those alone that are asked for it: {@code req.put(lazy)}, then {@code
 * req.get(type)}. For middleware, one object for all requests; safe for use by many threads.
 *
 * <p>A request that nobody asks costs nothing: what is noted on it is the same for all that come the same way.
 */
public final class Lazy<T> {

    private final Class<T> type;
    private final Function<? super Request, ? extends @Nullable T> maker;

    /** Takes the place of this one when it is closed, and makes nothing; null for one that is such a thing. */
    private final @Nullable Lazy<T> closed;

    private volatile @Nullable Values noted;

    /**
     * Creates it.
     *
     * @param maker is called once for each {@code put} that is followed by a {@code get}; what it throws, {@code get} does
     */
    public Lazy(Class<T> type, Function<? super Request, ? extends T> maker) {
        this(type, maker, new Lazy<>(type, req -> null, null));
    }

    private Lazy(Class<T> type, Function<? super Request, ? extends @Nullable T> maker, @Nullable Lazy<T> closed) {
        this.type = type;
        this.maker = maker;
        this.closed = closed;
    }

    /** What was made for that request since it was {@code put} the last time; null if nobody has asked. */
    public @Nullable T made(Request req) {
        Values made = Values.madeBy(req.values, this);
        return made == null ? null : type.cast(made.value());
    }

    /**
     * What was made for that request. If nobody has asked, there is none from here on, until it is {@code put} anew: for
     * middleware that can't do any more what the value is for.
     */
    public @Nullable T close(Request req) {
        T made = made(req);
        if (made == null) {
            req.put(Objects.requireNonNull(closed));
        }
        return made;
    }

    /** Whether it is this one that {@code get} asks: it was {@code put} the last of its class, and is not closed. */
    public boolean isOpen(Request req) {
        return Values.isLatest(req.values, this, type);
    }

    /** Null if it is closed; an app that is mounted may have found this one before it was. */
    @Nullable
    T make(Request req) {
        return closed != null && closed.isOpen(req) ? null : type.cast(maker.apply(req));
    }

    Values before(@Nullable Values earlier) {
        Values known = noted;
        if (known != null && known.earlier() == earlier) {
            return known;
        }
        Values values = new Values(type, null, this, earlier);
        if (values.isOfNoRequest()) {
            noted = values;
        }
        return values;
    }
}
