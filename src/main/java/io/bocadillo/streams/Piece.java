package io.bocadillo.streams;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Gathers bytes into one buffer of up to 16 KB; grows with what is there. Not for use by several threads at once. */
final class Piece {

    /** What one TLS record carries. */
    static final int CAPACITY = 16 * 1024;

    private static final int FIRST = 512;
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    int room() {
        return CAPACITY - count;
    }

    /** Adds as much as there is room for, and returns how much that is. */
    int add(byte[] source, int offset, int length) {
        int added = Math.min(length, room());
        grow(added);
        System.arraycopy(source, offset, bytes, count, added);
        count += added;
        return added;
    }

    /** Adds all of it: there has to be room. */
    void add(ByteBuffer source) {
        int added = source.remaining();
        grow(added);
        source.get(bytes, count, added);
        count += added;
    }

    /** Returns what was gathered, and starts afresh. */
    ByteBuffer take() {
        ByteBuffer taken = ByteBuffer.wrap(bytes, 0, count);
        bytes = NOTHING;
        count = 0;
        return taken;
    }

    private void grow(int added) {
        if (count + added > bytes.length) {
            int length = Math.max(count + added, Math.max(FIRST, 2 * bytes.length));
            bytes = Arrays.copyOf(bytes, Math.min(length, CAPACITY));
        }
    }
}
