package io.bocadillo.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file at one moment, as far as its file system tells its versions apart.
 *
 * @param length in bytes
 * @param key tells a file from one that has taken its place, on this machine alone; null where the file system has none
 */
public record FileVersion(
        Path file, long length, FileTime modified, @Nullable Object key) implements Resource {

    /**
     * Looks at the file, which blocks as a disk does, and opens nothing.
     *
     * @throws NoSuchFileException if it is no regular file, or may not be read
     */
    public static FileVersion of(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new NoSuchFileException(file.toString(), null, "expected a regular file that may be read, got none.");
        }
        return look(file);
    }

    @Override
    public Instant changed() {
        return modified.toInstant();
    }

    @Override
    public String fingerprint() {
        return Fingerprint.of(length, changed());
    }

    @Override
    public boolean hasRandomAccess() {
        return true;
    }

    @Override
    public Content open(boolean mayGrow) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            // After opening: what takes the place of the file from here on is not what was opened.
            FileVersion now = look(file);
            if (!equals(now) && !(mayGrow && now.isGrownFrom(this))) {
                throw new FileSystemException(
                        file.toString(),
                        null,
                        "expected " + this + ", got " + now + ". It was changed before it was sent.");
            }
            return new OpenFile(channel);
        } catch (Throwable refused) {
            channel.close();
            throw refused;
        }
    }

    /** What it is told apart by. */
    @Override
    public String toString() {
        return length + " bytes of " + modified;
    }

    private boolean isGrownFrom(FileVersion earlier) {
        return key != null && Objects.equals(key, earlier.key) && length >= earlier.length;
    }

    private static FileVersion look(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileVersion(file, attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }

    private record OpenFile(FileChannel channel) implements Content {

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return channel.read(target, position);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
