package io.bocadillo.multipart;

import io.bocadillo.routing.Printable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** A field that is no file, on its way to text. */
final class TextPart {

    private final String name;
    private final @Nullable String contentType;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(32);

    TextPart(PartHead head) {
        this.name = head.name();
        this.contentType = head.contentType();
    }

    String name() {
        return name;
    }

    void add(ByteBuffer content) {
        byte[] copy = new byte[content.remaining()];
        content.get(copy);
        bytes.writeBytes(copy);
    }

    /** The text, in the charset of the {@code Content-Type} of the part, else in the one given. */
    String text(Charset fallback) {
        String declared = contentType == null
                ? null
                : Parameters.parse("Content-Type", contentType).get("charset");
        return decode(declared == null ? fallback : charset(declared));
    }

    String decode(Charset charset) {
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw MultipartException.malformed("field '" + Printable.of(name) + "': expected " + charset
                    + " text, got bytes that are none. Give files a filename.");
        }
    }

    static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException unknown) {
            throw MultipartException.unknownCharset(
                    "multipart: expected a known charset, got '" + Printable.of(name) + "'. Send utf-8.");
        }
    }
}
