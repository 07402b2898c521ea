package io.bocadillo.multipart;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Gathers the header lines of one part after the other, up to and with the empty line. */
final class HeadBuffer {

    private final int most;
    private byte[] lines = new byte[256];
    private int size;
    private int lineStart;

    HeadBuffer(int most) {
        this.most = most;
    }

    /** Takes bytes up to the end of the empty line, and says whether that has been reached; then {@link #take} them. */
    boolean add(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (size == most) {
                throw MultipartException.headTooLarge(
                        "headers of a part: expected at most " + most + " bytes, got more.");
            }
            if (size == lines.length) {
                lines = Arrays.copyOf(lines, 2 * size);
            }
            byte b = bytes.get();
            boolean afterCr = size > lineStart && lines[size - 1] == '\r';
            if (afterCr != (b == '\n')) {
                throw MultipartException.malformed(
                        "headers of a part: expected lines that end with CRLF, got a CR or LF alone.");
            }
            lines[size++] = b;
            if (b == '\n') {
                if (size - lineStart == 2) {
                    return true;
                }
                lineStart = size;
            }
        }
        return false;
    }

    /** The lines, valid until more are added. */
    ByteBuffer take() {
        ByteBuffer taken = ByteBuffer.wrap(lines, 0, size);
        size = 0;
        lineStart = 0;
        return taken;
    }
}
