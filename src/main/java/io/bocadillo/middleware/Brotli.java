package io.bocadillo.middleware;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import io.bocadillo.ContentCoding;
import java.io.IOException;
import java.io.OutputStream;

/** The coding {@code br} (RFC 7932), by brotli4j and its native library. */
record Brotli() implements ContentCoding {

    /** Of 11: those above are for files that are compressed once. */
    private static final int QUALITY = 4;

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
        return new BrotliOutputStream(to, new Encoder.Parameters().setQuality(QUALITY));
    }
}
