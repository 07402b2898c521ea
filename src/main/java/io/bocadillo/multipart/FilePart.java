package io.bocadillo.multipart;

import org.jspecify.annotations.Nullable;

/**
 * A file that has been uploaded: what is kept of what was said about it, and its content.
 *
 * @param name the name of the form field
 * @param fileName as {@link PartHead#fileName} has it
 * @param contentType as {@link PartHead#contentType} has it
 */
public record FilePart(
        String name, String fileName, @Nullable String contentType, Spool content) {}
