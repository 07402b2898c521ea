package io.bocadillo.templates;

import io.bocadillo.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.standard.serializer.IStandardJavaScriptSerializer;

/**
 * Writes values into scripts as JSON, without what would end the script of a page: the same value in other characters,
 * because all of them stand in texts alone (HTML standard, section 4.12.1.3; RFC 8259, section 7).
 */
final class ScriptValues implements IStandardJavaScriptSerializer {

    private final Json json;

    ScriptValues(Json json) {
        this.json = json;
    }

    @Override
    public void serializeValue(@Nullable Object value, Writer out) {
        String text = new String(json.encode(value), StandardCharsets.UTF_8);
        try {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                switch (c) {
                    case '<' -> out.write("\\u003C");
                    case '>' -> out.write("\\u003E");
                    case '&' -> out.write("\\u0026");
                    // Ends of lines in texts, before ECMAScript 2019.
                    case 0x2028 -> out.write("\\u2028");
                    case 0x2029 -> out.write("\\u2029");
                    default -> out.write(c);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
