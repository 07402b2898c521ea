package io.bocadillo.templates;

import io.bocadillo.CspNonce;
import io.bocadillo.CsrfToken;
import io.bocadillo.Json;
import io.bocadillo.Request;
import io.bocadillo.Session;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.TemplateSpec;
import org.thymeleaf.cache.StandardCacheManager;
import org.thymeleaf.context.Context;
import org.thymeleaf.context.LazyContextVariable;
import org.thymeleaf.templatemode.TemplateMode;

/** Thymeleaf with our names, our links, and what a request has for a template. */
final class ThymeleafEngine {

    /** The same on every machine; Thymeleaf wants a language. */
    private static final Locale LOCALE = Locale.ENGLISH;

    /** As many as the check of the links reads. They are held softly: where memory is short, they are read again. */
    private static final int MOST_KEPT = 1000;

    private final TemplateEngine engine = new TemplateEngine();

    ThymeleafEngine(TemplateSource source, boolean reloading, Json json) {
        StandardCacheManager cache = new StandardCacheManager();
        cache.setTemplateCacheMaxSize(MOST_KEPT);
        engine.setCacheManager(cache);
        engine.setDialect(new Dialect(json));
        engine.setTemplateResolvers(Set.of(new NamedTemplates(source, reloading), new InlineTemplates()));
        engine.setLinkBuilders(Set.of(new RouteLinks(), new PathLinks()));
        engine.getConfiguration(); // A library that is missing shows now, and not in the first page.
    }

    String render(String name, Map<String, ?> model, @Nullable Request req) {
        Map<String, Object> variables = new HashMap<>();
        if (req != null) {
            variables.put(Links.VARIABLE, new Links(req));
            variables.put(
                    "session",
                    lazy(() -> req.find(Session.class)
                            .filter(session -> !session.isClosed() || session.isUsed())
                            .map(Session::values)
                            .orElse(Map.of())));
            variables.put(
                    "csrfToken",
                    lazy(() -> req.find(Session.class)
                            .filter(session -> !session.isClosed())
                            .flatMap(session -> req.find(CsrfToken.class))
                            .map(CsrfToken::value)
                            .orElse(null)));
            variables.put(
                    "cspNonce",
                    lazy(() -> req.find(CspNonce.class).map(CspNonce::value).orElse(null)));
        }
        variables.putAll(model);
        return engine.process(name, new Context(LOCALE, variables));
    }

    String renderString(String template, Map<String, ?> model) {
        TemplateSpec inline = new TemplateSpec(template, null, TemplateMode.HTML, InlineTemplates.MARK);
        return engine.process(inline, new Context(LOCALE, new HashMap<>(model)));
    }

    /** What no template asks for is not read: an answer depends on the session only if it shows something of it. */
    private static Object lazy(Supplier<? extends @Nullable Object> value) {
        return new LazyContextVariable<@Nullable Object>() {
            @Override
            protected @Nullable Object loadValue() {
                return value.get();
            }
        };
    }
}
