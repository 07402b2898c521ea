package io.bocadillo.testing;

import io.bocadillo.Headers;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer that a {@link TestClient} takes piece by piece, such as a stream of events; for one thread.
 *
 * <p>Closing it is what a client does that goes before the end.
 */
public final class TestStream implements AutoCloseable {

    private final Received received;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);

    /** The beginning of a character whose rest is in the next piece. */
    private ByteBuffer begun = ByteBuffer.allocate(0);

    TestStream(Received received) {
        this.received = received;
    }

    /** The status code. */
    public int status() {
        return received.response().status();
    }

    /** The header fields. */
    public Headers headers() {
        return received.response().headers();
    }

    /**
     * The next piece as UTF-8 text, a character that it cuts with the piece that completes it; null at the end.
     *
     * @throws IllegalStateException if the answer breaks off, or nothing comes for 30 s
     */
    public @Nullable String next() throws InterruptedException {
        for (ByteBuffer piece = received.next(); piece != null; piece = received.next()) {
            String text = decode(piece, false);
            if (!text.isEmpty()) {
                return text;
            }
        }
        String rest = decode(ByteBuffer.allocate(0), true);
        return rest.isEmpty() ? null : rest;
    }

    /** The next piece as it came, for a stream that is no text; null at the end. Fails as {@link #next} does. */
    public byte @Nullable [] nextBytes() throws InterruptedException {
        ByteBuffer piece = received.next();
        if (piece == null) {
            return null;
        }
        byte[] bytes = new byte[piece.remaining()];
        piece.duplicate().get(bytes);
        return bytes;
    }

    private String decode(ByteBuffer piece, boolean last) {
        ByteBuffer bytes = ByteBuffer.allocate(begun.remaining() + piece.remaining())
                .put(begun)
                .put(piece.duplicate())
                .flip();
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        decoder.reset().decode(bytes, text, last);
        begun = bytes;
        return text.flip().toString();
    }

    /** Goes, and waits for the tasks that follow the answer. */
    @Override
    public void close() {
        received.close();
    }
}
