package io.bocadillo.files;

import io.bocadillo.routing.Printable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file as it is now: what an answer carries and preconditions are about (RFC 9110, section 8).
 *
 * @param resource what was looked at, the only version that will be sent
 * @param contentType without control characters, else {@link IllegalArgumentException}
 * @param lastModified that of the file is never in the future (RFC 9110, section 8.8.2.1)
 */
public record Representation(Resource resource, String contentType, Instant lastModified, ETag etag) {

    /** What the file system may take for the same time; two seconds is the coarsest, that of FAT. */
    private static final Duration TIMER_TICK = Duration.ofSeconds(2);

    public Representation {
        if (contentType.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("Content-Type of a file: expected no control characters, got '"
                    + Printable.of(contentType) + "'. Use MediaTypes.of(fileName).");
        }
    }

    /**
     * Looks at the file, which blocks as a disk does, and opens nothing.
     *
     * <p>The entity tag is made of length and modification time, and so the same on all servers that have the file with its
     * time; {@link #withValidators} gives it another one. It is weak until the file has been left alone for two seconds:
     * until then the next change might be in the same tick of the clock, and the tag would name two contents (RFC 9110,
     * section 8.8.1).
     *
     * @throws NoSuchFileException if it is no regular file, or may not be read
     */
    public static Representation of(Path file, String contentType) throws IOException {
        return of(FileVersion.of(file), contentType);
    }

    /** The same for what was looked at; the tag of what a URL names is strong. */
    public static Representation of(Resource resource, String contentType) {
        Instant now = Instant.now();
        Instant changed = resource.changed();
        String fingerprint = resource.fingerprint();
        boolean mayChange = resource instanceof FileVersion && isRecent(changed, now);
        return new Representation(
                resource,
                contentType,
                changed.isAfter(now) ? now : changed,
                mayChange ? ETag.weak(fingerprint) : ETag.strong(fingerprint));
    }

    /** The length of the file in bytes. */
    public long length() {
        return resource.length();
    }

    /** The same file by a tag of the caller, for instance a hash of the content. */
    public Representation withETag(ETag etag) {
        return new Representation(resource, contentType, lastModified, etag);
    }

    /** The same file as another type. */
    public Representation withContentType(String contentType) {
        return new Representation(resource, contentType, lastModified, etag);
    }

    /**
     * The same file by validators of the caller, as they stand in {@code ETag} and {@code Last-Modified}; null for those
     * that it has. {@link IllegalArgumentException} for what is no tag, or no date: no client could ever be told that it
     * has the file already.
     */
    public Representation withValidators(@Nullable String etag, @Nullable String lastModified) {
        return new Representation(
                resource,
                contentType,
                lastModified == null ? this.lastModified : HttpDate.of("Last-Modified", lastModified),
                etag == null ? this.etag : ETag.of(etag));
    }

    /**
     * Opens the file if it is the version that was looked at. Under a weak tag it may have grown: versions that share one
     * are as good as each other, and a file that is written to all the time, such as a log, could not be sent otherwise.
     *
     * @throws FileSystemException if it is another version
     */
    Content open() throws IOException {
        return resource.open(etag.isWeak());
    }

    /** Whether its date is a strong validator: the file will not change once more with that date (section 8.8.2.2). */
    boolean hasStrongDate() {
        return !isRecent(lastModified, Instant.now());
    }

    private static boolean isRecent(Instant changed, Instant now) {
        return changed.plus(TIMER_TICK).isAfter(now);
    }
}
