package io.bocadillo.streams;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The bytes of what may stand in a stream. */
public final class Chunks {

    private static final String EXPECTED = "stream: expected items that are String, byte[] or ByteBuffer, got '";
    private static final String REMEDY = "'. Map each item to one of these.";

    private Chunks() {}

    /**
     * Returns the bytes of an item: of text in UTF-8, of a buffer from its position to its limit.
     *
     * <p>Arrays and buffers are shared, not copied; the position of the given buffer stays where it is.
     *
     * @throws IllegalArgumentException for anything but {@link CharSequence}, {@code byte[]} and {@link ByteBuffer}
     * @throws NullPointerException for null
     */
    public static ByteBuffer of(Object item) {
        Objects.requireNonNull(item, EXPECTED + "null" + REMEDY);
        if (item instanceof CharSequence text) {
            return ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        if (item instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        if (item instanceof ByteBuffer buffer) {
            return buffer.duplicate();
        }
        throw new IllegalArgumentException(EXPECTED + item.getClass().getTypeName() + REMEDY);
    }
}
