package io.bocadillo;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes values as a media type: see {@link App#mediaType(String, MediaHandler)}. Safe for use by many threads. */
@FunctionalInterface
public interface MediaHandler {

    /**
     * Writes a value, or null.
     *
     * @throws Exception any failure; a checked one becomes the cause of an {@link IllegalArgumentException}
     */
    byte[] encode(@Nullable Object value) throws Exception;

    /** Writes what {@code String.valueOf} gives, in UTF-8; as HTML that is not escaped. */
    static MediaHandler text() {
        return value -> String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    }
}
