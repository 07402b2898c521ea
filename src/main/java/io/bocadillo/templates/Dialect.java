package io.bocadillo.templates;

import io.bocadillo.Json;
import java.util.Set;
import org.thymeleaf.processor.IProcessor;
import org.thymeleaf.standard.StandardDialect;

/** Thymeleaf's own, but for how values are written into scripts and plain text. */
final class Dialect extends StandardDialect {

    Dialect(Json json) {
        setJavaScriptSerializer(new ScriptValues(json));
    }

    @Override
    public Set<IProcessor> getProcessors(String prefix) {
        Set<IProcessor> processors = super.getProcessors(prefix);
        processors.removeIf(PlainText::replaces);
        processors.add(new PlainText(prefix));
        return processors;
    }
}
