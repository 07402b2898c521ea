package io.bocadillo;

import io.bocadillo.multipart.FilePart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that came with a form.
 *
 * <p>Its content is deleted at the end of the exchange, unless it was moved; what asks for it then gets an {@link
 * IllegalStateException}.
 */
public final class UploadedFile {

    private final FilePart part;

    UploadedFile(FilePart part) {
        this.part = part;
    }

    /** The name of the form field. */
    public String name() {
        return part.name();
    }

    /**
     * What the client calls the file, without any folders or control characters; may be empty, never a dot segment.
     *
     * <p>Good to show. To store under, a name of your own is better: this one may be that of another file too.
     */
    public String fileName() {
        return part.fileName();
    }

    /** What the client says it is, such as {@code image/png}, unproven; null when it says nothing. */
    public @Nullable String contentType() {
        return part.contentType();
    }

    /** How many bytes it has. */
    public long size() {
        return part.content().size();
    }

    /** The content from its beginning, as often as one likes; to be closed. */
    public InputStream content() throws IOException {
        return part.content().open();
    }

    /** The whole content in memory: for files whose {@link #size} is known to be small. */
    public byte[] bytes() throws IOException {
        try (InputStream content = content()) {
            return content.readAllBytes();
        }
    }

    /**
     * Keeps the file there, readable by the owner of this process alone; without copying if it is on disk already, on a
     * file system that has links.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one, however short a time: no file is ever replaced
     * @throws IllegalStateException if it has been moved before
     */
    public void moveTo(Path target) throws IOException {
        part.content().moveTo(target);
    }

    /** The names for messages and logs: {@code avatar: me.png}. */
    @Override
    public String toString() {
        return name() + ": " + fileName();
    }
}
