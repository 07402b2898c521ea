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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The content of one part: in memory while it is small, then in a temporary file that only its owner may read.
 *
 * <pre>
 *   memory ── threshold, no memory left, spill ──▶ file ── moveTo ──▶ moved
 *      │                                             │
 *      └── close ──▶ closed ◀── close, failure ──────┘
 * </pre>
 *
 * <p>A write that fails closes the spool: no file stays behind. May be closed by another thread than the one that writes
 * or reads.
 */
public final class Spool implements Closeable {

    private final int threshold;
    private final Memory memory;
    private final Path directory;

    private byte[] bytes = {};
    private int inMemory;
    private long size;
    private @Nullable Path file;
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
     * @throws IOException if they can't be written, for instance because the disk is full; the spool is closed then
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
        Path source = release();
        boolean moved = false;
        try {
            // A rename where possible, which is atomic, else a copy, which is deleted if it fails.
            Files.move(source, target);
            moved = true;
        } finally {
            settle(source, moved ? target : null);
        }
    }

    /** Deletes the content, unless it was moved; open streams of it may be read to their end. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        forget();
        Path temporary = file;
        file = null;
        try {
            finish();
        } finally {
            if (temporary != null) {
                Files.deleteIfExists(temporary);
            }
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
        boolean first = file == null;
        Path target = first ? Files.createTempFile(directory, "bocadillo-", ".upload") : file;
        file = target;
        FileChannel open = channel == null ? FileChannel.open(target, StandardOpenOption.APPEND) : channel;
        channel = open;
        if (first) {
            writeFully(open, ByteBuffer.wrap(bytes, 0, inMemory));
            forget();
        }
        writeFully(open, content);
    }

    private void forget() {
        memory.giveBack(inMemory);
        inMemory = 0;
        bytes = new byte[0];
    }

    private static void writeFully(FileChannel open, ByteBuffer content) throws IOException {
        while (content.hasRemaining()) {
            open.write(content);
        }
    }

    /** Takes the file away, so that nobody waits for a lock, nor deletes the file, while it is moved. */
    private synchronized Path release() throws IOException {
        if (movedTo != null) {
            throw new IllegalStateException("uploaded file: expected one move, got another. It is at " + movedTo + ".");
        }
        spill();
        finish();
        Path source = Objects.requireNonNull(file);
        file = null;
        moving = true;
        return source;
    }

    private synchronized void settle(Path source, @Nullable Path target) throws IOException {
        moving = false;
        movedTo = target;
        if (target == null && closed) {
            Files.deleteIfExists(source);
        } else if (target == null) {
            file = source;
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
                    "uploaded file: expected use before or after its move, got it meanwhile." + " Wait for moveTo.");
        }
    }
}
