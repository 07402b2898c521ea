package io.bocadillo.files;

import io.bocadillo.routing.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A file as it is now: what an answer carries and preconditions are about (RFC 9110, section 8).
 *
 * @param contentType without control characters, else {@link IllegalArgumentException}
 * @param length in bytes
 * @param lastModified never in the future (RFC 9110, section 8.8.2.1)
 */
public record Representation(Path file, String contentType, long length, Instant lastModified, ETag etag) {

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
     * <p>The entity tag is made of length, modification time and, where the file system has one, file key; so a file that
     * takes the place of another has its own. It is weak until the file has been left alone for two seconds: until then
     * the next change might be in the same tick of the clock, and the tag would name two contents (RFC 9110, section
     * 8.8.1). A file that is on several servers has a tag on each; {@link #withETag} gives it a common one.
     *
     * @throws NoSuchFileException if it is no regular file, or may not be read
     */
    public static Representation of(Path file, String contentType) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new NoSuchFileException(file.toString(), null, "expected a regular file that may be read, got none.");
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Instant now = Instant.now();
        Instant changed = attributes.lastModifiedTime().toInstant();
        String version = version(attributes);
        return new Representation(
                file,
                contentType,
                attributes.size(),
                changed.isAfter(now) ? now : changed,
                isRecent(changed, now) ? ETag.weak(version) : ETag.strong(version));
    }

    /** The same file by a tag of the caller, for instance a hash of the content. */
    public Representation withETag(ETag etag) {
        return new Representation(file, contentType, length, lastModified, etag);
    }

    /** The same file as another type. */
    public Representation withContentType(String contentType) {
        return new Representation(file, contentType, length, lastModified, etag);
    }

    /** Whether its date is a strong validator: the file will not change once more with that date (section 8.8.2.2). */
    boolean hasStrongDate() {
        return !isRecent(lastModified, Instant.now());
    }

    private static boolean isRecent(Instant changed, Instant now) {
        return changed.plus(TIMER_TICK).isAfter(now);
    }

    /** A digest, because a file key would tell the numbers of inodes. */
    private static String version(BasicFileAttributes attributes) {
        FileTime changed = attributes.lastModifiedTime();
        String version = attributes.size() + "/" + changed.toInstant() + "/" + attributes.fileKey();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(version.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest)
                    .substring(0, 22);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }
}
