package io.bocadillo.templates;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.cache.NonCacheableCacheEntryValidity;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ITemplateResolver;
import org.thymeleaf.templateresolver.TemplateResolution;
import org.thymeleaf.templateresource.StringTemplateResource;

/** Templates that are given as texts: nothing else is ever taken for the text of one. */
final class InlineTemplates implements ITemplateResolver {

    static final Map<String, Object> MARK = Map.of("inline", true);

    @Override
    public String getName() {
        return "inline";
    }

    @Override
    public Integer getOrder() {
        return 1;
    }

    /** What it includes has it for an owner, and is a name. */
    @Override
    public @Nullable TemplateResolution resolveTemplate(
            IEngineConfiguration configuration,
            @Nullable String owner,
            String template,
            @Nullable Map<String, Object> attributes) {
        return owner != null || !MARK.equals(attributes)
                ? null
                : new TemplateResolution(
                        new StringTemplateResource(template),
                        TemplateMode.HTML,
                        NonCacheableCacheEntryValidity.INSTANCE);
    }
}
