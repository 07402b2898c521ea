package io.bocadillo;

import java.util.Map;

/**
 * Makes texts of templates, for {@link Response#render}; safe for use by many threads.
 *
 * <p>The default is Thymeleaf, {@code io.bocadillo.templates.Templates}, found by {@link java.util.ServiceLoader};
 * {@link Settings#templates} takes another one.
 */
public interface TemplateEngine {

    /**
     * Renders the template of that name for the client of a request, whole: an error leaves nothing.
     *
     * @param model what the template finds by name; values may be null
     * @throws IllegalArgumentException if there is no template of that name
     */
    String render(String name, Map<String, ?> model, Request req);
}
