package io.bocadillo;

import java.util.Map;

/**
 * Makes texts of templates, for {@link Response#render}; safe for use by many threads.
 *
 * <p>The default is Thymeleaf, {@code io.bocadillo.templates.Templates}, found by {@link java.util.ServiceLoader};
 * {@link Settings#templates} takes another one.
 */
public interface TemplateEngine {

    /** Where templates are unless told so in code. */
    SettingKey<String> FOLDER = SettingKey.text(
                    "templates.folder", "The folder of the templates, beside the app and on the class path.")
            .orElse("templates");

    /** Whether they are read each time unless told so in code. */
    SettingKey<Boolean> RELOAD = SettingKey.flag(
            "templates.reload", "Whether a template is read each time; true if env is dev or development.");

    /**
     * Renders the template of that name for the client of a request, whole: an error leaves nothing.
     *
     * @param model what the template finds by name; values may be null
     * @throws IllegalArgumentException if there is no template of that name
     */
    String render(String name, Map<String, ?> model, Request req);

    /**
     * The names of routes that its templates link to, as far as it can tell without rendering them, each with its place:
     * {@code "about"} and {@code "index.html:7"}. An app that starts checks that there are routes of these names.
     */
    default Map<String, String> routeNames() {
        return Map.of();
    }

    /** The same for an app with these settings, which count where the code has said nothing; itself unless overridden. */
    default TemplateEngine with(Settings settings) {
        return this;
    }
}
