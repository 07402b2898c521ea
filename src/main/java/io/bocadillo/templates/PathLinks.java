package io.bocadillo.templates;

import java.util.Map;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.linkbuilder.StandardLinkBuilder;

/** All other links; {@code @{/style.css}} is a path of the app that renders, wherever that is served or mounted. */
final class PathLinks extends StandardLinkBuilder {

    PathLinks() {
        setOrder(2);
    }

    @Override
    protected String computeContextPath(IExpressionContext context, String base, Map<String, Object> parameters) {
        Links links = Links.of(context);
        return links == null ? "" : links.root();
    }
}
