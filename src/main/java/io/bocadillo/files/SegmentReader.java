package io.bocadillo.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads segments of a file piece by piece; opens it with the first, if it is the same. For one thread at a time. */
final class SegmentReader {

    /** In bytes: a system call and a hop between threads cost little beside it, and a thousand slow clients 64 MB. */
    static final int PIECE = 32 * 1024;

    private final Representation file;
    private final List<Segment> segments;
    private long remaining;
    private int segment;
    private long offset;
    private @Nullable Content content;

    SegmentReader(Representation file, List<Segment> segments) {
        this.file = file;
        this.segments = segments;
        this.remaining = segments.stream().mapToLong(Segment::length).sum();
    }

    boolean isAtEnd() {
        return remaining == 0;
    }

    /** The next piece, which may span segments, in a buffer of its own. */
    ByteBuffer read() throws IOException {
        Content open = content;
        if (open == null) {
            open = file.open();
            content = open;
        }
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, remaining));
        while (piece.hasRemaining()) {
            Segment current = segments.get(segment);
            int before = piece.position();
            current.read(open, offset, piece);
            offset += piece.position() - before;
            if (offset == current.length()) {
                segment++;
                offset = 0;
            }
        }
        remaining -= piece.position();
        return piece.flip();
    }

    void close() {
        try {
            if (content != null) {
                content.close();
            }
        } catch (IOException harmless) {
            // Nothing was written that could be lost.
        }
    }
}
