package io.bocadillo.templates;

import java.net.URL;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.cache.AlwaysValidCacheEntryValidity;
import org.thymeleaf.cache.NonCacheableCacheEntryValidity;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ITemplateResolver;
import org.thymeleaf.templateresolver.TemplateResolution;

/** Templates and fragments by their names, which no expression makes into something else. */
final class NamedTemplates implements ITemplateResolver {

    private final TemplateSource source;
    private final boolean reloading;

    NamedTemplates(TemplateSource source, boolean reloading) {
        this.source = source;
        this.reloading = reloading;
    }

    @Override
    public String getName() {
        return source.folder();
    }

    @Override
    public Integer getOrder() {
        return 2;
    }

    @Override
    public @Nullable TemplateResolution resolveTemplate(
            IEngineConfiguration configuration,
            @Nullable String owner,
            String name,
            @Nullable Map<String, Object> attributes) {
        URL found = source.find(name);
        return found == null
                ? null
                : new TemplateResolution(
                        new TemplateFile(source, name, found),
                        true,
                        mode(name),
                        false,
                        reloading ? NonCacheableCacheEntryValidity.INSTANCE : AlwaysValidCacheEntryValidity.INSTANCE);
    }

    private static TemplateMode mode(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "html", "htm", "xhtml", "xht" -> TemplateMode.HTML;
            case "xml", "svg", "rss", "atom", "xsl", "xslt" -> TemplateMode.XML;
            case "js", "mjs", "json" -> TemplateMode.JAVASCRIPT;
            case "css" -> TemplateMode.CSS;
            default -> TemplateMode.TEXT;
        };
    }
}
