package io.bocadillo.middleware;

import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** What can be read of a stream of Brotli that is not at its end. */
public final class Unbrotlied {

    private Unbrotlied() {}

    /** The text of what has come so far. */
    public static String text(byte[] come) throws IOException {
        StringBuilder text = new StringBuilder();
        if (come.length == 0) {
            return "";
        }
        Brotli4jLoader.ensureAvailability();
        BrotliInputStream in = new BrotliInputStream(new ByteArrayInputStream(come));
        in.enableEagerOutput();
        try (in) {
            for (int c = in.read(); c >= 0; c = in.read()) {
                text.append((char) c);
            }
        } catch (IOException notAllThere) {
            assertThat(notAllThere).hasMessageContaining("end");
        }
        return text.toString();
    }
}
