package io.bocadillo.containers;

import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.List;

/**
 * Where and how a web application registers the servlet under test.
 *
 * @param contextPath empty, or from its slash: {@code /shop}
 * @param mappings URL patterns such as {@code /api/*}
 * @param async whether the servlet is registered with asynchronous support
 * @param filters class names of the filters before it, in order; each says with {@code @WebFilter} if it supports async
 */
public record Home(String contextPath, List<String> mappings, boolean async, List<String> filters) {

    public Home(String contextPath, String... mappings) {
        this(contextPath, List.of(mappings), true, List.of());
    }

    public Home behind(Class<? extends Filter> filter) {
        List<String> more = new ArrayList<>(filters);
        more.add(filter.getName());
        return new Home(contextPath, mappings, async, List.copyOf(more));
    }

    public Home withoutAsync() {
        return new Home(contextPath, mappings, false, filters);
    }

    /** The part of every path before the app's own: context path and first mapping. */
    public String base() {
        return contextPath + mappings.get(0).replace("/*", "");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("'" + contextPath + "' " + String.join(" ", mappings));
        if (!async) {
            text.append(" without async");
        }
        filters.forEach(filter -> text.append(" behind ").append(filter.replaceAll(".*\\.", "")));
        return text.toString();
    }
}
