package io.bocadillo.multipart;

import io.bocadillo.routing.Printable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/** A field that is no file, on its way to text. */
final class TextPart {

    private final PartHead head;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(32);

    TextPart(PartHead head) {
        this.head = head;
    }

    String name() {
        return head.name();
    }

    void add(ByteBuffer content) {
        byte[] copy = new byte[content.remaining()];
        content.get(copy);
        bytes.writeBytes(copy);
    }

    /** The text, in the charset of the {@code Content-Type} of the part, else in the one given. */
    String text(Charset fallback) {
        String type = head.contentType();
        String declared =
                type == null ? null : Parameters.parse("Content-Type", type).get("charset");
        return decode(declared == null ? fallback : charset(declared));
    }

    String decode(Charset charset) {
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw MultipartException.malformed("field '" + Printable.of(name()) + "': expected " + charset
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
