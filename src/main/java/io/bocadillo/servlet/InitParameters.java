package io.bocadillo.servlet;

import io.bocadillo.settings.Layer;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What {@code web.xml}, annotations and containers say about a servlet, as sources of settings. */
final class InitParameters {

    private InitParameters() {}

    /** Those of the servlet, then those of its context, which are among those of other libraries. */
    static List<Layer> of(ServletConfig config) {
        ServletContext context = config.getServletContext();
        return List.of(
                new Layer(
                        "init parameter {} of the servlet",
                        values(config.getInitParameterNames(), config::getInitParameter)),
                new Layer(
                        "init parameter {} of the context",
                        values(context.getInitParameterNames(), context::getInitParameter),
                        Layer.Naming.KEYS_AMONG_OTHERS));
    }

    private static Map<String, String> values(Enumeration<String> names, Function<String, String> value) {
        Map<String, String> values = new HashMap<>();
        Collections.list(names).forEach(name -> values.put(name, value.apply(name)));
        return values;
    }
}
