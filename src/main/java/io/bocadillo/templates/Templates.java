package io.bocadillo.templates;

import io.bocadillo.Request;
import io.bocadillo.TemplateEngine;
import io.bocadillo.routing.Printable;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Templates by Thymeleaf 3.1, in a folder of the working directory, else in one of the class path.
 *
 * <p>The name of a template is its path in the folder, {@code mail/welcome.txt}: segments of ASCII letters, digits,
 * {@code _}, {@code -} and {@code .}, which none of them begins with. It is never an expression. Its extension says how values
 * are escaped: {@code html}, {@code xml}, {@code js}, {@code css}, and not at all for anything else.
 *
 * <p>Safe for use by many threads.
 */
public final class Templates implements TemplateEngine {

    private final TemplateSource source;
    private final boolean reloading;
    private final Set<String> found = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ThymeleafEngine engine;

    /** Creates those in {@code templates}, read once; called by {@link java.util.ServiceLoader} too. */
    public Templates() {
        this("templates");
    }

    /** Creates those in a folder of that name, read once. */
    public Templates(String folder) {
        this(new TemplateSource(folder), false);
    }

    private Templates(TemplateSource source, boolean reloading) {
        this.source = source;
        this.reloading = reloading;
    }

    /** The same templates, read each time they are rendered, as one wants it in development, or once. */
    public Templates reloading(boolean reloading) {
        return new Templates(source, reloading);
    }

    /** Whether there is a template of that name, to be asked about a name that a client chooses. */
    public boolean exists(String name) {
        return source.find(name) != null;
    }

    /**
     * Renders a template for nobody in particular, such as a mail: there are no {@code @{route:...}} links, no session and
     * no CSRF token in it.
     *
     * @throws IllegalArgumentException if there is no template of that name
     * @throws IllegalStateException if Thymeleaf is not on the class path
     */
    public String render(String name, Map<String, ?> model) {
        return engine().render(known(name), model, null);
    }

    @Override
    public String render(String name, Map<String, ?> model, Request req) {
        return engine().render(known(name), model, req);
    }

    /**
     * Renders the text of a template, which is HTML; see {@link #render(String, Map)}.
     *
     * @param template of the app's own: who writes it can call methods of any object in the model
     */
    public String renderString(String template, Map<String, ?> model) {
        return engine().renderString(template, model);
    }

    /** One that was read once need not be looked for. */
    private String known(String name) {
        if (!reloading && found.contains(name)) {
            return name;
        }
        if (!exists(name)) {
            throw new IllegalArgumentException("templates: expected a template in the folder '" + source.folder()
                    + "' of the working directory or of the class path, got '" + Printable.of(name)
                    + "'. Write its path there, with its extension: index.html.");
        }
        found.add(name);
        return name;
    }

    private ThymeleafEngine engine() {
        ThymeleafEngine created = engine;
        if (created == null) {
            try {
                created = new ThymeleafEngine(source, reloading);
            } catch (NoClassDefFoundError missing) {
                throw new IllegalStateException(
                        "templates: expected Thymeleaf 3.1 on the class path, got no '" + missing.getMessage()
                                + "'. Add the dependency org.thymeleaf:thymeleaf.",
                        missing);
            }
            engine = created;
        }
        return created;
    }
}
