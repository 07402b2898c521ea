package io.bocadillo.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A stretch of a body. */
sealed interface Segment {

    /** In bytes. */
    long length();

    /** Reads as many bytes as fit into {@code target}, from {@code offset} within this segment on. */
    void read(Content content, long offset, ByteBuffer target) throws IOException;

    /** Text of the answer itself: what stands between two parts. */
    record Text(byte[] bytes) implements Segment {

        static Text of(String text) {
            return new Text(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void read(Content content, long offset, ByteBuffer target) {
            target.put(bytes, (int) offset, Math.min(target.remaining(), bytes.length - (int) offset));
        }
    }

    /** Bytes of the resource; {@link EOFException} if it has become too short for them. */
    record Region(ByteRange range) implements Segment {

        @Override
        public long length() {
            return range.length();
        }

        @Override
        public void read(Content content, long offset, ByteBuffer target) throws IOException {
            int limit = target.limit();
            target.limit(target.position() + (int) Math.min(target.remaining(), range.length() - offset));
            long position = range.first() + offset;
            while (target.hasRemaining()) {
                int count = content.read(target, position);
                if (count < 0) {
                    throw new EOFException("file: expected bytes up to " + range.last() + ", got its end at " + position
                            + ". It was cut short while it was sent.");
                }
                position += count;
            }
            target.limit(limit);
        }
    }
}
