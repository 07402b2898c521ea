package io.bocadillo.testing;

import io.bocadillo.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer that a {@link TestClient} takes piece by piece, such as a stream of events; for one thread.
 *
 * <p>Closing it is what a client does that goes before the end.
 */
public final class TestStream implements AutoCloseable {

    private final Received received;

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
     * The next piece as UTF-8 text; null at the end.
     *
     * @throws IllegalStateException if the answer breaks off, or nothing comes for 30 s
     */
    public @Nullable String next() throws InterruptedException {
        ByteBuffer piece = received.next();
        return piece == null ? null : StandardCharsets.UTF_8.decode(piece).toString();
    }

    /** Goes, and waits for the tasks that follow the answer. */
    @Override
    public void close() {
        received.close();
    }
}
