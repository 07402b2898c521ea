package io.bocadillo;

import org.jspecify.annotations.Nullable;

/**
 * What was left on a request, the latest first; immutable.
 *
 * @param value null for one that is not made yet
 * @param lazy what makes or has made it; null for one that was put as it is
 */
record Values(
        Class<?> type,
        @Nullable Object value,
        @Nullable Lazy<?> lazy,
        @Nullable Values earlier) {

    /** The class of the request of the app around a mounted one, which stands below all that the latter has left. */
    private static final class Border {}

    /** What the request has under that class, made now if it has to be; null for nothing. */
    static <T> @Nullable T get(Request req, Class<T> type) {
        Values found = find(req.values, type);
        if (found == null) {
            return null;
        }
        Lazy<?> lazy = found.value == null ? found.lazy : null;
        return type.cast(lazy == null ? found.value : made(req, found, lazy));
    }

    /** What a mounted app finds of the app around it; nothing costs nothing. */
    static @Nullable Values ofOutside(Request outside) {
        return outside.values == null ? null : new Values(Border.class, outside, null, outside.values);
    }

    /** One that an app around this one has noted is made there, unless it was since: it is the same for both. */
    private static @Nullable Object made(Request req, Values noted, Lazy<?> lazy) {
        Object known = madeSince(noted, req.values);
        if (known != null) {
            return known;
        }
        Values border = find(req.values, Border.class);
        Object made = border != null && border.value instanceof Request outside && isBelow(border, noted)
                ? made(outside, noted, lazy)
                : lazy.make(req);
        if (made != null) {
            req.values = new Values(noted.type, made, lazy, req.values);
        }
        return made;
    }

    /** What was made of that one, which stands below; null if nobody has asked, or only for one that was put later. */
    private static @Nullable Object madeSince(Values noted, @Nullable Values latest) {
        Object made = null;
        for (Values values = latest; values != null; values = values.earlier) {
            if (values == noted) {
                return made;
            }
            if (values.lazy == noted.lazy) {
                made = values.value;
            }
        }
        return null;
    }

    private static boolean isBelow(Values border, Values sought) {
        Values values = border;
        while (values != null && values != sought) {
            values = values.earlier;
        }
        return values != null;
    }

    /** The latest of that class; null for none. */
    private static @Nullable Values find(@Nullable Values latest, Class<?> type) {
        Values values = latest;
        while (values != null && values.type != type) {
            values = values.earlier;
        }
        return values;
    }

    /** Whether there is something under that class, be it one that is closed. */
    static boolean isNoted(@Nullable Values latest, Class<?> type) {
        return find(latest, type) != null;
    }

    /** Whether the latest of that class is what this one makes, or has made. */
    static boolean isLatest(@Nullable Values latest, Lazy<?> lazy, Class<?> type) {
        Values found = find(latest, type);
        return found != null && found.lazy == lazy;
    }

    /** What this one has made since it was put the last time; null for nothing. */
    static @Nullable Values madeBy(@Nullable Values latest, Lazy<?> lazy) {
        Values values = latest;
        while (values != null && values.lazy != lazy) {
            values = values.earlier;
        }
        return values == null || values.value == null ? null : values;
    }

    /** Whether it has nothing of a request in it, so that another one may have it too. */
    boolean isOfNoRequest() {
        return value == null && (earlier == null || earlier.isOfNoRequest());
    }
}
