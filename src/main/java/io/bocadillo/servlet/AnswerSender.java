package io.bocadillo.servlet;

import io.bocadillo.ClientDisconnect;
import io.bocadillo.Response;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sends the answer to an exchange and ends it: a small one at once, any other as fast as the client takes it.
 *
 * <p>Where the exchange has no asynchronous mode, or a filter has put its own stream in the place of the container's, it
 * is written blocking.
 */
final class AnswerSender {

    /** Over HTTP/1, a body up to here fits into the buffers between us and the wire; HTTP/2 asks the client for each. */
    private static final int SMALL = 16 * 1024;

    private static final int SLICE = 32 * 1024;

    /** How long a body that nobody has read may take before the answer, and after it, until the connection is closed. */
    private static final int UNREAD_BODY_MILLIS = 100;

    private static final int DROPPING_MILLIS = 5000;

    private final ServletExchange exchange;
    private final boolean mayWriteDirectly;

    /** Whether a body of unknown length might else be delimited by the end of the connection. */
    private final boolean mustDeclareChunks;

    private final boolean begunByFilter;
    private volatile @Nullable ResponseWriter writer;
    private volatile @Nullable PieceQueue pieces;

    /** What was written blocking. */
    private volatile long bytes;

    /**
     * Creates a sender of the answer to an exchange over that protocol.
     *
     * @param begunByFilter whether the response was committed before; what commits it later is a container that breaks off
     */
    AnswerSender(ServletExchange exchange, String protocol, boolean begunByFilter) {
        Container container = exchange.host().container();
        this.exchange = exchange;
        this.begunByFilter = begunByFilter;
        this.mayWriteDirectly = container.limitsBlockingWrites() && protocol.startsWith("HTTP/1");
        this.mustDeclareChunks = container.chunksIfDeclared() && protocol.equals("HTTP/1.1");
    }

    /** Whether it can be sent, and the exchange ended, on this thread at once without waiting for a client. */
    boolean isInstant(Response answer) {
        return isSmall(answer) && !answer.isFollowedByTasks() && exchange.body().unread() == null;
    }

    private boolean isSmall(Response answer) {
        return !answer.sendsBody() || mayWriteDirectly && answer.bodyStream() == null && answer.body().length <= SMALL;
    }

    /** Sends on this thread, which is in {@code service()}: what it throws there closes the connection. */
    void sendInService(Response answer, HttpServletResponse response) throws AbortException {
        exchange.decidedFor(answer);
        try {
            Flow.Publisher<ByteBuffer> stream = streamOf(answer);
            if (stream == null) {
                writeNow(answer, response);
                if (answer.isFollowedByTasks()) {
                    response.flushBuffer();
                }
            } else {
                writeBlocking(answer, stream);
            }
            exchange.end(null);
        } catch (AbortException cause) {
            exchange.end(cause);
            throw cause;
        } catch (RuntimeException | IOException | Error failure) {
            if (!response.isCommitted()) {
                exchange.end(failure);
                return;
            }
            // A blocking write that fails is how a client's going shows itself.
            Throwable reason = failure instanceof IOException ? new ClientDisconnect(failure) : failure;
            AbortException cause = AbortException.brokenOff(reason);
            exchange.end(cause);
            throw cause;
        }
    }

    /**
     * Sends as fast as the client takes it; the asynchronous mode is on.
     *
     * <p>A body that nobody has read may be there already: dropped before the answer, it leaves a connection in step.
     */
    void send(Response answer) {
        if (!exchange.decidedFor(answer)) {
            return;
        }
        BodyReader unread = exchange.body().isTaken() ? null : exchange.body().unread();
        if (unread == null) {
            sendNow(answer);
            return;
        }
        try {
            AtomicBoolean sent = new AtomicBoolean();
            Runnable sendOnce = () -> {
                if (sent.compareAndSet(false, true)) {
                    sendNow(answer);
                }
            };
            // Tomcat ends a failed exchange when its callback returns: the answer goes out from inside, or not at all.
            CompletableFuture<Boolean> dropped = unread.drop();
            dropped.thenRunAsync(sendOnce, exchange.userThreads());
            exchange.host()
                    .limit(dropped.copy(), false, UNREAD_BODY_MILLIS, exchange)
                    .thenRunAsync(sendOnce, exchange);
        } catch (Throwable failure) {
            exchange.end(failure);
        }
    }

    private void sendNow(Response answer) {
        if (!exchange.decidedFor(answer)) {
            return;
        }
        try {
            Flow.Publisher<ByteBuffer> stream = streamOf(answer);
            if (stream != null) {
                stream(answer, stream);
            } else if (isSmall(answer) || isFiltered()) {
                exchange.withResponse(response -> {
                    writeNow(answer, response);
                    response.flushBuffer();
                    written(null);
                });
            } else {
                begin(answer, PieceQueue.of(answer.body()));
            }
        } catch (Throwable failure) {
            written(failure);
        }
    }

    /** How much of the body the container has taken. */
    long bytes() {
        ResponseWriter begun = writer;
        return begun == null ? bytes : begun.bytes();
    }

    /** Stops, because the exchange is over. */
    void abandon() {
        ResponseWriter begun = writer;
        PieceQueue waiting = pieces;
        if (begun != null) {
            begun.abandon();
        } else if (waiting != null) {
            waiting.cancel();
        }
    }

    private static Flow.@Nullable Publisher<ByteBuffer> streamOf(Response answer) {
        return answer.sendsBody() ? answer.bodyStream() : null;
    }

    private void stream(Response answer, Flow.Publisher<ByteBuffer> stream) throws IOException {
        if (isFiltered()) {
            exchange.execute(() -> {
                try {
                    writeBlocking(answer, stream);
                    written(null);
                } catch (IOException failure) {
                    written(failure);
                } catch (Throwable failure) {
                    written(AbortException.brokenOff(failure));
                }
            });
            return;
        }
        subscribe(stream, new PieceQueue(exchange.userThreads(), () -> changed(answer)));
    }

    /** A publisher that throws breaks the rules (Reactive Streams, 1.9), which is answered as any other error. */
    private void subscribe(Flow.Publisher<ByteBuffer> stream, PieceQueue queue) {
        pieces = queue;
        if (exchange.hasEnded()) {
            queue.cancel();
        }
        try {
            stream.subscribe(queue);
        } catch (Throwable refused) {
            queue.onError(refused);
        }
    }

    /** The head waits for the first piece, because until then an error can still be answered. */
    private void changed(Response answer) {
        ResponseWriter begun = writer;
        PieceQueue opened = pieces;
        if (begun != null) {
            begun.changed();
        } else if (opened != null && !opened.isCancelled()) {
            Throwable failure = opened.failure();
            if (failure != null && !(failure instanceof ClientDisconnect)) {
                sendNow(answer.insteadAfter(failure));
            } else {
                begin(answer, opened);
            }
        }
    }

    private void begin(Response answer, PieceQueue body) {
        try {
            exchange.withResponse(response -> {
                writeHead(answer, response);
                writer = new ResponseWriter(
                        response.getOutputStream(), body, exchange.lease(), idleLimit(), this::written);
            });
        } catch (Throwable refused) {
            written(refused);
        }
        ResponseWriter begun = writer;
        if (begun != null) {
            begun.changed();
        }
        breakOffWithoutConnection();
    }

    /** A container that closes a connection because of the body tells nobody who writes. */
    void breakOffWithoutConnection() {
        try {
            if (writer != null && exchange.body().hasEndedConnection()) {
                written(new ClientDisconnect(null));
            }
        } catch (IllegalStateException over) {
            // Somebody else has ended the exchange.
        }
    }

    private IdleLimit idleLimit() {
        Host host = exchange.host();
        return new IdleLimit(
                host.settings().writeIdleTimeout(),
                host::after,
                exchange,
                () -> written(AbortException.clientTakesNothing()));
    }

    /** What a filter has put in the place of the container's stream can be written blocking alone. */
    private boolean isFiltered() throws IOException {
        AtomicBoolean filtered = new AtomicBoolean();
        exchange.withResponse(response -> filtered.set(FilterStream.is(response.getOutputStream(), response)));
        return filtered.get();
    }

    /**
     * An answer that ends with its connection would seem whole when it broke off (RFC 9112, section 8). A filter with a
     * stream of its own may have a length to declare, later.
     */
    private void writeHead(Response answer, HttpServletResponse response) throws IOException {
        ResponseHead.write(answer, response);
        if (mustDeclareChunks && answer.bodyLength() < 0 && !FilterStream.is(response.getOutputStream(), response)) {
            response.setHeader("Transfer-Encoding", "chunked");
        }
    }

    /**
     * The answer is out, or broke off. If out, inside the lease: whoever ends the exchange at this moment, because the
     * container says that its client has gone, learns that nothing was lost.
     */
    private void written(@Nullable Throwable failure) {
        if (failure != null) {
            boolean isCommitted = failure.getCause() == null && !begunByFilter;
            boolean followsFromClient = failure instanceof AbortException
                    && (isCommitted || exchange.body().hasFailed());
            exchange.end(followsFromClient ? ((AbortException) failure).afterFailureOfClient() : failure);
            return;
        }
        exchange.markOut();
        BodyReader unread = exchange.body().unread();
        if (unread == null && !exchange.body().isLeftBehind()) {
            exchange.end(null);
            return;
        }
        exchange.sent(null);
        int millis = exchange.isBodyLate() ? UNREAD_BODY_MILLIS : DROPPING_MILLIS;
        exchange.host()
                .limit(unread == null ? new CompletableFuture<>() : unread.drop(), false, millis, exchange)
                .thenAccept(atEnd -> exchange.end(atEnd ? null : AbortException.unreadBody()));
    }

    private void writeNow(Response answer, HttpServletResponse response) throws IOException {
        ResponseHead.write(answer, response);
        if (answer.sendsBody()) {
            writeBody(answer.body(), response.getOutputStream());
        } else if (hidesLength(answer)) {
            // Some containers would declare the length of what was written, which is nothing (RFC 9110, section 8.6).
            response.flushBuffer();
        }
    }

    /** In slices, because what the container has taken of a single large write that fails is not to be known. */
    private void writeBody(byte[] body, OutputStream out) throws IOException {
        for (int from = 0; from < body.length; from += SLICE) {
            int length = Math.min(SLICE, body.length - from);
            out.write(body, from, length);
            bytes = from + length;
        }
    }

    /** Whether there is a body that does not go out, and whose length is not known or not told. */
    private static boolean hidesLength(Response answer) {
        return answer.status() == HttpServletResponse.SC_NOT_MODIFIED
                || answer.bodyStream() != null && answer.bodyLength() < 0;
    }

    private void writeBlocking(Response answer, Flow.Publisher<ByteBuffer> stream) throws IOException {
        BlockingWriter blocking = new BlockingWriter();
        subscribe(stream, blocking.pieces());
        blocking.awaitFirst();
        Throwable failure = blocking.pieces().failure();
        if (failure == null) {
            exchange.withResponse(response -> writeHead(answer, response));
            blocking.write(exchange, written -> bytes = written);
            exchange.withResponse(response -> {
                response.flushBuffer();
                exchange.markOut();
            });
            return;
        }
        Response instead = answer.insteadAfter(failure);
        exchange.decidedFor(instead);
        Flow.Publisher<ByteBuffer> streamInstead = streamOf(instead);
        if (streamInstead == null) {
            exchange.withResponse(response -> {
                writeNow(instead, response);
                response.flushBuffer();
            });
        } else {
            writeBlocking(instead, streamInstead);
        }
    }
}
