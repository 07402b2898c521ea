package io.bocadillo.multipart;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of a {@link Spool} on its way to a place to stay.
 *
 * @param file the temporary file that has it; null if it is in memory
 */
record Departure(@Nullable Path file, ByteBuffer inMemory) {

    private static final FileAttribute<?> OWNER_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** Makes the target; it never replaces a file, because what makes one fails if there is one, in one step. */
    void to(Path target) throws IOException {
        if (file == null) {
            create(target);
        } else {
            link(file, target);
        }
    }

    static void write(FileChannel open, ByteBuffer content) throws IOException {
        while (content.hasRemaining()) {
            open.write(content);
        }
    }

    private void create(Path target) throws IOException {
        boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix ? new FileAttribute<?>[] {OWNER_ALONE} : new FileAttribute<?>[0];
        boolean whole = false;
        FileChannel created =
                FileChannel.open(target, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);
        try (FileChannel open = created) {
            write(open, inMemory.duplicate());
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(target);
            }
        }
    }

    /** A rename would replace, and to look before it leaves a moment between. */
    private static void link(Path source, Path target) throws IOException {
        try {
            Files.createLink(target, source);
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (FileSystemException | UnsupportedOperationException noLink) {
            // Another file system, or one without links. A copy is deleted if it fails.
            Files.copy(source, target);
        }
    }
}
