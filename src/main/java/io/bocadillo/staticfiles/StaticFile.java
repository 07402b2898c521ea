package io.bocadillo.staticfiles;

import io.bocadillo.files.Representation;
import org.jspecify.annotations.Nullable;

/**
 * What a client gets of a name: the file itself, or one beside it that has it in a content coding.
 *
 * @param coding {@code gzip} or {@code br}; null for none
 * @param varies whether another client might get another form (RFC 9110, section 12.5.5)
 * @param cacheControl how long it may be kept
 */
public record StaticFile(
        Representation representation, @Nullable String coding, boolean varies, String cacheControl) {}
