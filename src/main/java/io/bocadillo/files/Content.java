package io.bocadillo.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a resource that is open; for one thread at a time. */
public interface Content extends Closeable {

    /**
     * Reads at least one byte into {@code target}, from that position of the resource on; -1 if that is its end.
     *
     * @throws IllegalArgumentException for a position before what was read, unless the resource has random access
     */
    int read(ByteBuffer target, long position) throws IOException;
}
