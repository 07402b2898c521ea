package io.bocadillo;

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
    private final Function<? super Request, ? extends T> maker;
    private volatile @Nullable Values noted;

    /**
     * Creates it.
     *
     * @param maker is called once for each {@code put} that is followed by a {@code get}; what it throws, {@code get} does
     */
    public Lazy(Class<T> type, Function<? super Request, ? extends T> maker) {
        this.type = type;
        this.maker = maker;
    }

    /** What was made for that request since it was {@code put} the last time; null if nobody has asked. */
    public @Nullable T made(Request req) {
        Values made = Values.madeBy(req.values, this);
        return made == null ? null : type.cast(made.value());
    }

    T make(Request req) {
        return type.cast(maker.apply(req));
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
