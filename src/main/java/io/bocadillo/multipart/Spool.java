package io.bocadillo.multipart;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The content of one part: in memory while it is small, then in a temporary file that only its owner may read.
 *
 * <pre>
 *   memory ── threshold, no memory left, spill ──▶ file
 *      │                                             │
 *      ├── moveTo ──▶ moved ◀── moveTo ──────────────┤
 *      └── close ──▶ closed ◀── close, failure ──────┘
 * </pre>
 *
 * <p>A write that fails closes the spool: no file stays behind. May be closed by another thread than the one that writes
 * or reads.
 */
public final class Spool implements Closeable {

    /** A disk with less is full: what failed to go there was smaller, and others may have made room since. */
    private static final long ROOM = 1024 * 1024;

    private final int threshold;
    private final Memory memory;
    private final Path directory;

    private byte[] bytes = {};
    private int inMemory;
    private long size;
    private @Nullable Path file;
    private volatile boolean onDisk;
    private @Nullable FileChannel channel;
    private @Nullable Path movedTo;
    private boolean moving;
    private boolean closed;

    /**
     * Creates an empty spool.
     *
     * @param threshold the most bytes to hold in memory
     * @param memory where those bytes are taken from; the file is used at once when there are not enough
     * @param directory where the temporary file goes
     */
    public Spool(int threshold, Memory memory, Path directory) {
        this.threshold = threshold;
        this.memory = memory;
        this.directory = directory;
    }

    /**
     * Adds the bytes that remain.
     *
     * @throws DiskFullException if there is no room for them; the spool is closed then
     * @throws IOException if they can't be written for another reason; the spool is closed then
     */
    public synchronized void write(ByteBuffer content) throws IOException {
        checkOpen();
        int length = content.remaining();
        try {
            if (file == null && size + length <= threshold && memory.take(length)) {
                keep(content, length);
            } else {
                append(content);
            }
        } catch (IOException | RuntimeException failed) {
            closeAfter(failed);
            throw failed;
        }
        size += length;
    }

    /** Says that nothing more is coming soon, which closes the file until the next {@link #write}. */
    public synchronized void finish() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    /** How many bytes have been written. */
    public synchronized long size() {
        return size;
    }

    /** Whether there is a temporary file, or will be in a moment; never waits for one that is being written. */
    boolean isOnDisk() {
        return onDisk;
    }

    /** Moves what is in memory to the file, to make room; an {@link IOException} closes the spool. */
    public synchronized void spill() throws IOException {
        checkOpen();
        if (file == null) {
            try {
                append(ByteBuffer.allocate(0));
                finish();
            } catch (IOException | RuntimeException failed) {
                closeAfter(failed);
                throw failed;
            }
        }
    }

    /**
     * The content, from its beginning, as often as one likes, from its new place when it was moved.
     *
     * @throws IllegalStateException after {@link #close()}, unless it was moved
     */
    public synchronized InputStream open() throws IOException {
        if (movedTo != null) {
            return Files.newInputStream(movedTo);
        }
        checkOpen();
        return file == null ? new ByteArrayInputStream(bytes, 0, inMemory) : Files.newInputStream(file);
    }

    /**
     * Gives the content a place to stay, a file that only its owner may read; never replaces a file.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is such a file
     * @throws IllegalStateException after {@link #close()} or another move
     */
    public void moveTo(Path target) throws IOException {
        Departure content = release();
        boolean moved = false;
        try {
            content.to(target);
            moved = true;
        } finally {
            settle(content, moved ? target : null);
        }
    }

    /**
     * Deletes the content, unless it was moved; open streams of it may be read to their end. May be called again if it
     * fails.
     */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        forget();
        try {
            finish();
        } finally {
            delete();
        }
    }

    private void keep(ByteBuffer content, int length) {
        if (bytes.length - inMemory < length) {
            bytes = Arrays.copyOf(bytes, Math.max(inMemory + length, Math.min(2 * bytes.length, threshold)));
        }
        content.get(bytes, inMemory, length);
        inMemory += length;
    }

    private void append(ByteBuffer content) throws IOException {
        onDisk = true;
        try {
            appendToFile(content);
        } catch (IOException failed) {
            throw isFull() ? new DiskFullException(failed) : failed;
        }
    }

    private void appendToFile(ByteBuffer content) throws IOException {
        boolean first = file == null;
        Path target = first ? Files.createTempFile(directory, "bocadillo-", ".upload") : file;
        file = target;
        FileChannel open = channel == null ? FileChannel.open(target, StandardOpenOption.APPEND) : channel;
        channel = open;
        if (first) {
            Departure.write(open, ByteBuffer.wrap(bytes, 0, inMemory));
            forget();
        }
        Departure.write(open, content);
    }

    /** Asked before the file is deleted. Of the failure itself there is but the text of the system, in its language. */
    private boolean isFull() {
        try {
            return Files.getFileStore(directory).getUsableSpace() < ROOM;
        } catch (IOException unknown) {
            return false;
        }
    }

    private void forget() {
        memory.giveBack(inMemory);
        inMemory = 0;
        bytes = new byte[0];
    }

    private void delete() throws IOException {
        Path temporary = file;
        if (temporary != null) {
            Files.deleteIfExists(temporary);
            file = null;
        }
        onDisk = false;
    }

    /** Takes the content away, so that nobody waits for a lock, nor deletes the file, while it is moved. */
    private synchronized Departure release() throws IOException {
        if (movedTo != null) {
            throw new IllegalStateException("uploaded file: expected one move, got another. It is at " + movedTo + ".");
        }
        checkOpen();
        finish();
        Departure content = new Departure(file, ByteBuffer.wrap(bytes, 0, inMemory));
        file = null;
        moving = true;
        return content;
    }

    private synchronized void settle(Departure content, @Nullable Path target) throws IOException {
        moving = false;
        movedTo = target;
        file = content.file();
        if (target != null) {
            forget();
            try {
                delete();
            } catch (IOException undeleted) {
                // The move has succeeded, and close tries again.
            }
        } else if (closed) {
            delete();
        }
    }

    private void closeAfter(Throwable failed) {
        try {
            close();
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("uploaded file: expected use before the end of the exchange, got it after."
                    + " Call moveTo for what shall stay.");
        }
        if (moving) {
            throw new IllegalStateException(
                    "uploaded file: expected use before or after its move, got it meanwhile. Wait for moveTo.");
        }
    }
}
