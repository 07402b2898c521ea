package io.bocadillo.routing;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first registered route that matches a method and a path.
 *
 * <p>The cost depends on the path, not on the number of routes. A route for GET answers HEAD too (RFC 9110 section
 * 9.3.2). Methods are case-sensitive (section 9.1).
 *
 * <p>Immutable, so any number of threads may use it. No argument or result is null.
 *
 * @param <T> the type of the routes
 */
public final class RouteTable<T> {

    private static final List<String> USUAL = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final Comparator<String> ALLOW_ORDER = Comparator.<String>comparingInt(
                    method -> USUAL.contains(method) ? USUAL.indexOf(method) : USUAL.size())
            .thenComparing(Comparator.naturalOrder());

    private static final String[] NO_VALUES = {};

    private final Node<T> root;
    private final List<String> methods;

    private RouteTable(Node<T> root, Set<String> methods) {
        this.root = root;
        this.methods = List.copyOf(methods);
    }

    /** Returns a builder of a table without routes. */
    public static <T> Builder<T> builder() {
        return new Builder<>();
    }

    /** Returns the route for the method and the path, or why there is none. */
    public Match<T> match(String method, Path path) {
        RouteEntry<T> entry = root.find(path, method);
        if (entry == null) {
            return mismatch(path);
        }
        if (entry.pattern().names().isEmpty()) {
            return new Match.Found<>(entry, NO_VALUES);
        }
        String[] values = entry.pattern().match(path);
        if (values == null) {
            throw new AssertionError("the table and the pattern '" + entry.pattern() + "' disagree on '" + path + "'");
        }
        return new Match.Found<>(entry, values);
    }

    private Match<T> mismatch(Path path) {
        SortedSet<String> allow = new TreeSet<>(ALLOW_ORDER);
        for (String method : methods) {
            if (root.find(path, method) != null) {
                allow.add(method);
            }
        }
        if (allow.isEmpty()) {
            return new Match.NotFound<>();
        }
        allow.add("OPTIONS");
        return new Match.MethodNotAllowed<>(Collections.unmodifiableSortedSet(allow));
    }

    /**
     * Takes routes in the order in which they are to be tried. For one thread, and for one table.
     *
     * @param <T> the type of the routes
     */
    public static final class Builder<T> {

        private final Node<T> root = new Node<>(0);
        private final Set<String> methods = new HashSet<>();
        private int added;
        private int longest;
        private boolean built;

        private Builder() {}

        /**
         * Adds a route after those already there.
         *
         * @param methods the methods it answers; GET brings HEAD with it
         * @return the earlier routes that cover this one, so that it can never run: for each of its methods one that
         *     matches every path this one matches; empty if it can run
         * @throws IllegalArgumentException if there is no method
         * @throws IllegalStateException if the table has been built
         */
        public List<T> add(Pattern pattern, Set<String> methods, T value) {
            if (built) {
                throw new IllegalStateException("route table: expected no route after build(), got '" + pattern
                        + "'. Add routes before the app starts.");
            }
            if (methods.isEmpty()) {
                throw Pattern.refused(pattern.toString(), "a method", "", "Name one, such as GET.");
            }
            Set<String> answered = new LinkedHashSet<>(methods);
            if (answered.contains("GET")) {
                answered.add("HEAD");
            }
            List<T> covering = covering(pattern, answered);
            root.add(new RouteEntry<>(added++, pattern, value), answered);
            this.methods.addAll(answered);
            longest = Math.max(longest, pattern.segments().size());
            return covering;
        }

        /** Returns the routes that {@link #add} would return, and adds nothing. */
        public List<T> covering(Pattern pattern, Set<String> methods) {
            Path sample = Coverage.sample(pattern, longest + 1);
            Set<RouteEntry<T>> covering = new LinkedHashSet<>();
            for (String method : methods) {
                RouteEntry<T> earlier = covering(pattern, sample, method);
                if (earlier == null) {
                    return List.of();
                }
                covering.add(earlier);
            }
            return covering.stream().map(RouteEntry::value).toList();
        }

        /** Whatever covers the pattern matches the sample too, so only the few that do are examined. */
        private @Nullable RouteEntry<T> covering(Pattern pattern, Path sample, String method) {
            RouteEntry<T> earlier = root.find(sample, method);
            while (earlier != null && !Coverage.covers(earlier.pattern(), pattern)) {
                earlier = root.findAfter(earlier.order(), sample, method);
            }
            return earlier;
        }

        /** Returns the table of these routes. */
        public RouteTable<T> build() {
            built = true;
            return new RouteTable<>(root, methods);
        }
    }
}
