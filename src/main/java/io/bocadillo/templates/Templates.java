package io.bocadillo.templates;

import io.bocadillo.Request;
import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import io.bocadillo.TemplateEngine;
import io.bocadillo.routing.Printable;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Templates by Thymeleaf 3.1, in a folder of the working directory, else in one of the class path.
 *
 * <p>The name of a template is its path in the folder, {@code mail/welcome.txt}: segments of ASCII letters, digits,
 * {@code _}, {@code -} and {@code .}, which none of them begins with. It is never an expression. Its extension says how values
 * are written: escaped in {@code html} and {@code xml}, as JSON in {@code js} and {@code json}, as texts of CSS in {@code
 * css}, and as they are in anything else, which is plain text.
 *
 * <p>Safe for use by many threads.
 */
public final class Templates implements TemplateEngine {

    private static final Set<String> DEVELOPMENT = Set.of("dev", "development");

    private final @Nullable String folder;
    private final @Nullable Boolean reloading;
    private final Settings settings;
    private final TemplateSource source;
    private final boolean isReloading;
    private final Set<String> found = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ThymeleafEngine engine;

    /** Creates those in {@code templates}, or where the settings of the app say; called by {@link java.util.ServiceLoader} too. */
    public Templates() {
        this(null, null, Settings.defaults());
    }

    /** Creates those in a folder of that name; an empty one is an {@link IllegalArgumentException}. */
    public Templates(String folder) {
        this(folder, null, Settings.defaults());
    }

    private Templates(@Nullable String folder, @Nullable Boolean reloading, Settings settings) {
        this.folder = folder;
        this.reloading = reloading;
        this.settings = settings;
        this.source = folder == null ? source(settings) : new TemplateSource(folder);
        this.isReloading = reloading == null ? isReloading(settings) : reloading;
    }

    /**
     * The same templates, read each time they are rendered, as one wants it in development, or once. By default the settings
     * of the app say that: {@code templates.reload}, else {@code env}; without them they are read once.
     */
    public Templates reloading(boolean reloading) {
        return new Templates(folder, reloading, settings);
    }

    @Override
    public Templates with(Settings settings) {
        return new Templates(folder, reloading, settings);
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

    /** Those in {@code @{route:about}} links, of a thousand templates at most; none if their folder can't be listed. */
    @Override
    public Map<String, String> routeNames() {
        return RouteNames.of(source);
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
        if (!isReloading && found.contains(name)) {
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

    private static TemplateSource source(Settings settings) {
        try {
            return new TemplateSource(settings.get(FOLDER));
        } catch (IllegalArgumentException refused) {
            throw StartupError.of(settings, String.valueOf(refused.getMessage()), FOLDER);
        }
    }

    private static boolean isReloading(Settings settings) {
        return settings.find(RELOAD)
                .orElseGet(() ->
                        DEVELOPMENT.contains(settings.get("env").orElse("").toLowerCase(Locale.ROOT)));
    }

    private ThymeleafEngine engine() {
        ThymeleafEngine created = engine;
        return created == null ? create() : created;
    }

    /** Once, whoever needs it first. */
    private synchronized ThymeleafEngine create() {
        ThymeleafEngine created = engine;
        if (created == null) {
            try {
                created = new ThymeleafEngine(source, isReloading, settings.json());
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
