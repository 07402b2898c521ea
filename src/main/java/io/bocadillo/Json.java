package io.bocadillo;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into JSON and back; safe for use by many threads.
 *
 * <p>The default is Jackson 3; {@link Settings#json} takes another one.
 */
public interface Json {

    /**
     * Writes a value, or null, as UTF-8 (RFC 8259, section 8.1).
     *
     * @throws IllegalArgumentException for a value that can't be written
     */
    byte[] encode(@Nullable Object value);

    /**
     * Reads a value of the given type.
     *
     * @param <T> the type asked for
     * @throws HttpError 400 for text that is not JSON, or does not fit the type; its detail tells the client where
     */
    <T> T decode(byte[] json, Type type);
}
