package io.bocadillo.routing;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RouteTable} has for a method and a path.
 *
 * <p>Immutable. No argument is null, and only {@link Found#param} may return null.
 *
 * @param <T> the type of the routes
 */
public sealed interface Match<T> {

    /**
     * The first registered route that matches both.
     *
     * @param <T> the type of the route
     */
    final class Found<T> implements Match<T> {

        private final RouteEntry<T> entry;
        private final String[] values;

        Found(RouteEntry<T> entry, String[] values) {
            this.entry = entry;
            this.values = values;
        }

        /** Returns the route, as it was added. */
        public T value() {
            return entry.value();
        }

        /** Returns the pattern of the route. */
        public Pattern pattern() {
            return entry.pattern();
        }

        /** Returns the decoded value of a parameter, or null if the pattern names no such parameter. */
        public @Nullable String param(String name) {
            int index = entry.pattern().names().indexOf(name);
            return index < 0 ? null : values[index];
        }
    }

    /**
     * Routes match the path, none of them with the method: a 405, or the answer to OPTIONS (RFC 9110 sections 9.3.7 and
     * 15.5.6).
     *
     * @param <T> the type of the routes
     * @param allow the methods of every route on the path, HEAD with GET, and OPTIONS always; in the order of an Allow
     *     header
     */
    record MethodNotAllowed<T>(Set<String> allow) implements Match<T> {}

    /**
     * No route matches the path, whatever the method.
     *
     * @param <T> the type of the routes
     */
    record NotFound<T>() implements Match<T> {}
}
