package io.bocadillo.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Instant;

/** Something that can be sent, as it was when it was looked at: a file, or what a URL names. */
public sealed interface Resource permits FileVersion, UrlResource {

    /** In bytes. */
    long length();

    /** When it was last changed, as far as its place tells; it may be in the future. */
    Instant changed();

    /** What tells this version from all others, on every server alike, as an entity tag has it. */
    String fingerprint();

    /** Whether any part of it can be read without what is before; else several ranges of it are not sent. */
    boolean hasRandomAccess();

    /**
     * Opens it if it is the version that was looked at: another one must not go out under the tag and length of this one
     * (RFC 9110, sections 8.8.1 and 15.3.7.3).
     *
     * @param mayGrow whether the same file will do when something was written behind its end
     * @throws FileSystemException if it is another version
     */
    Content open(boolean mayGrow) throws IOException;
}
