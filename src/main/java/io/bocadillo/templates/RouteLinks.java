package io.bocadillo.templates;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.linkbuilder.ILinkBuilder;

/** {@code @{route:about(who=${name})}}: the URL of the route of that name. */
final class RouteLinks implements ILinkBuilder {

    private static final String PREFIX = "route:";

    @Override
    public String getName() {
        return "route";
    }

    @Override
    public Integer getOrder() {
        return 1;
    }

    @Override
    public @Nullable String buildLink(
            IExpressionContext context, @Nullable String base, @Nullable Map<String, Object> parameters) {
        if (base == null || !base.startsWith(PREFIX)) {
            return null;
        }
        Links links = Links.of(context);
        if (links == null) {
            throw new IllegalStateException("templates: expected a request for '@{" + base
                    + "}', got none. Use res.render, or pass the URL in the model.");
        }
        return links.urlFor(base.substring(PREFIX.length()), parameters == null ? Map.of() : parameters);
    }
}
