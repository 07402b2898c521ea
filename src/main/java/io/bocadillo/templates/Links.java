package io.bocadillo.templates;

import io.bocadillo.Request;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.IExpressionContext;

/** The links that a template can make for the client of a request. */
record Links(Request req) {

    /** Under which a context has it; no expression finds it, since a dot is none of a name. */
    static final String VARIABLE = "io.bocadillo.links";

    static @Nullable Links of(IExpressionContext context) {
        return (Links) context.getVariable(VARIABLE);
    }

    String root() {
        return req.root();
    }

    String urlFor(String name, Map<String, ?> params) {
        return req.urlFor(name, params).toString();
    }
}
