package io.bocadillo.templates;

import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.engine.AttributeName;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.IProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.standard.processor.AbstractStandardExpressionAttributeTagProcessor;
import org.thymeleaf.standard.processor.StandardTextTagProcessor;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.util.LazyEscapingCharSequence;

/**
 * {@code [[${name}]]} in plain text: the value as it is. Where the text becomes part of something else, such as a page, it
 * is escaped for HTML, as Thymeleaf does in all text.
 */
final class PlainText extends AbstractStandardExpressionAttributeTagProcessor {

    PlainText(String prefix) {
        super(
                TemplateMode.TEXT,
                prefix,
                StandardTextTagProcessor.ATTR_NAME,
                StandardTextTagProcessor.PRECEDENCE,
                true,
                true);
    }

    /** Whether it is the standard one for text, in whose place this one is. */
    static boolean replaces(IProcessor processor) {
        return processor instanceof StandardTextTagProcessor standard
                && standard.getTemplateMode() == TemplateMode.TEXT;
    }

    @Override
    protected void doProcess(
            ITemplateContext context,
            IProcessableElementTag tag,
            AttributeName attributeName,
            String attributeValue,
            @Nullable Object value,
            IElementTagStructureHandler handler) {
        String text = value == null ? "" : value.toString();
        handler.setBody(
                isAllText(context)
                        ? text
                        : new LazyEscapingCharSequence(context.getConfiguration(), TemplateMode.TEXT, text),
                false);
    }

    /** From the template that was asked for down to this text. */
    private static boolean isAllText(ITemplateContext context) {
        return context.getTemplateStack().stream()
                .allMatch(template -> template.getTemplateMode() == TemplateMode.TEXT);
    }
}
