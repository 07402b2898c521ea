package io.bocadillo.middleware;

import io.bocadillo.ContentCoding;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** The coding {@code gzip} (RFC 1952). */
record GzipCoding(int level) implements ContentCoding {

    private static final int BUFFER = 4 * 1024;

    @Override
    public String name() {
        return "gzip";
    }

    @Override
    public OutputStream encode(OutputStream to) throws IOException {
        return new Stream(to, level);
    }

    /** Gives what it has when it is flushed; frees the native memory of its deflater when it is closed. */
    private static final class Stream extends GZIPOutputStream {

        Stream(OutputStream to, int level) throws IOException {
            super(to, BUFFER, true);
            def.setLevel(level);
        }
    }
}
