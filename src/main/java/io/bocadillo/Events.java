package io.bocadillo;

import io.bocadillo.streams.Outbox;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of events to one client, safe for use by several threads.
 *
 * <p>Every event is sent at once. A comment every {@link Settings#eventHeartbeat} without an event finds out about clients
 * that have gone, and keeps proxies from closing the connection.
 */
public final class Events {

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    private final Outbox<ByteBuffer> outbox;
    private final Json json;
    private final Executor threads;
    private final String request;
    private volatile long lastSent = System.nanoTime();

    Events(Outbox<ByteBuffer> outbox, Json json, Executor threads, String request) {
        this.outbox = outbox;
        this.json = json;
        this.threads = threads;
        this.request = request;
    }

    /**
     * Sends an event.
     *
     * @return completes when the next one may come, with {@link EventQueue#waiting} not before there is room for it;
     *     fails if the client has gone or is too slow ({@link ClientDisconnect}), the stream is closed, or too many events
     *     wait ({@link IllegalStateException}). Whoever does not care need not look
     */
    public CompletionStage<Void> send(ServerEvent event) {
        return send(event.write(json));
    }

    /** Sends an event whose data is that text. */
    public CompletionStage<Void> send(String data) {
        return send(ServerEvent.of(data));
    }

    /**
     * Whether events can be sent: not after {@link #close}, nor when the client has gone, as far as that is known. It
     * shows when something is sent, at the latest two {@link Settings#eventHeartbeat} later.
     */
    public boolean isOpen() {
        return outbox.isOpen();
    }

    /** Ends the stream after what has been sent; the client will come back unless told otherwise. */
    public void close() {
        outbox.close();
    }

    /** Lets a task run, on a thread that may block, when the stream has ended: closed, or because the client has gone. */
    public void onClose(Task task) {
        outbox.whenEnded().whenComplete((nothing, failure) -> {
            try {
                threads.execute(() -> run(task));
            } catch (RuntimeException full) {
                run(task);
            }
        });
    }

    /** Closes a resource when the stream has ended, for instance a subscription: see {@link #onClose}. */
    public void closing(AutoCloseable resource) {
        onClose(resource::close);
    }

    CompletionStage<Void> send(ByteBuffer bytes) {
        lastSent = System.nanoTime();
        return outbox.offer(bytes);
    }

    /** Sends bytes that are no event, which neither drop one nor wait in its place. */
    void sendIfIdle(ByteBuffer bytes) {
        lastSent = System.nanoTime();
        outbox.offerIfEmpty(bytes);
    }

    /** Breaks the stream off; a failure that comes after its end is logged, because nobody else would hear of it. */
    void fail(Throwable failure) {
        if (!outbox.fail(failure) && !(Stages.cause(failure) instanceof ClientDisconnect)) {
            LOG.warn("{}: its events failed after their end", request, failure);
        }
    }

    long lastSent() {
        return lastSent;
    }

    private void run(Task task) {
        try {
            task.run();
        } catch (Throwable failure) {
            LOG.error("{}: onClose of its events failed", request, failure);
        }
    }
}
