package io.bocadillo.middleware;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import io.bocadillo.ContentCoding;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The coding {@code br} (RFC 7932), by brotli4j and its native library.
 *
 * @param quality how hard it tries, up to 11
 * @param windowBits how far it looks back, 2 to the power of that in bytes, which it holds in memory
 */
record Brotli(int quality, int windowBits) implements ContentCoding {

    /** For bodies that are compressed at once; a higher quality is for files that are compressed once for all. */
    static final Brotli OF_BODIES = new Brotli(4, 22);

    /** For what may go on for hours, such as events, each with its own memory: a ninth of that of the other. */
    static final Brotli OF_STREAMS = new Brotli(3, 16);

    /** Whether the native library is there for this system; {@link LinkageError} if brotli4j is not. */
    static boolean isAvailable() {
        return Brotli4jLoader.isAvailable();
    }

    @Override
    public String name() {
        return "br";
    }

    @Override
    public OutputStream encode(OutputStream to) throws IOException {
        return new BrotliOutputStream(
                to, new Encoder.Parameters().setQuality(quality).setWindow(windowBits));
    }
}
