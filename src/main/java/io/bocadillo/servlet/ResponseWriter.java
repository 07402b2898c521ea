package io.bocadillo.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a large answer as fast as the client takes it, without holding a thread.
 *
 * <pre>
 *   WRITING ── all is flushed ────▶ DONE
 *      │
 *      └── write failed ─────────▶ DONE, with the failure
 * </pre>
 */
final class ResponseWriter implements WriteListener {

    /** What is handed over at once: until the container takes more, it may keep a copy of that size. */
    private static final int SLICE = 32 * 1024;

    private final ServletOutputStream out;
    private final byte[] body;
    private final Consumer<@Nullable Throwable> done;
    private final SerialTask writing = new SerialTask(this::writeOrFail);
    private int position;
    private boolean flushed;
    private boolean over;

    /** Calls {@code done} at least once: with null when all is flushed, or with what went wrong. */
    ResponseWriter(ServletOutputStream out, byte[] body, Consumer<@Nullable Throwable> done) {
        this.out = out;
        this.body = body;
        this.done = done;
    }

    @Override
    public void onWritePossible() {
        writing.signal();
    }

    @Override
    public void onError(Throwable failure) {
        done.accept(failure);
    }

    private void writeOrFail() {
        if (over) {
            return;
        }
        try {
            over = write();
            if (over) {
                done.accept(null);
            }
        } catch (Throwable failure) {
            over = true;
            done.accept(failure);
        }
    }

    /**
     * Writes while the container takes more; true when all is flushed. {@code isReady()} is asked before each call and
     * once more at the end: completing with a write pending truncates the answer on Jetty and hangs on Tomcat 10.1.
     */
    private boolean write() throws IOException {
        while (out.isReady()) {
            if (position < body.length) {
                int length = Math.min(SLICE, body.length - position);
                out.write(body, position, length);
                position += length;
            } else if (!flushed) {
                out.flush();
                flushed = true;
            } else {
                return true;
            }
        }
        return false;
    }
}
