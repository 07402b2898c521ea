package io.bocadillo.servlet;

import io.bocadillo.HttpError;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a body as it arrives, as far as a {@link BodySink} wants it. What is left when the answer has gone out it drops,
 * because a container would wait for it on one of its threads.
 *
 * <pre>
 *   NEW ── start() ──▶ READING ── drop() ──▶ DROPPING
 *                         │                      │
 *                         └── end of the body, or read failed ──▶ OVER
 * </pre>
 */
final class BodyReader implements ReadListener {

    private static final Logger LOG = LoggerFactory.getLogger(BocadilloServlet.class);

    private static final long UNKNOWN = -1;

    /** What may come with a head in one piece. */
    private static final int MOST_AT_HAND = 8 * 1024;

    private final HttpServletRequest request;
    private final Lease lease;
    private final Executor threads;
    private final boolean filtered;
    private final boolean blocking;
    private final long announced;

    /** What stands in the place of a body that a filter has read. */
    private volatile @Nullable InputStream consumed;

    private volatile long received;
    private volatile boolean dropping;
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private final SerialTask reading = new SerialTask(this::readWhileReady);
    private final IdleLimit idle;
    private volatile @Nullable BodySink sink;
    private final AtomicReference<@Nullable BodySink> nextSink = new AtomicReference<>();
    private @Nullable ServletInputStream in;
    private volatile boolean listening;
    private volatile boolean readable;
    private volatile boolean allRead;
    private volatile @Nullable Throwable failure;

    /**
     * Creates a reader that reads when the container says so, or blocking if it can't: then on {@code threads}.
     *
     * @param mayListen whether the container can say so
     * @param idleLimit how long the body may stand still while it is waited for, zero for no limit
     */
    BodyReader(
            HttpServletRequest request,
            boolean mayListen,
            Lease lease,
            Executor threads,
            IdleLimit.Alarms alarms,
            Duration idleLimit)
            throws IOException {
        this.lease = lease;
        this.threads = threads;
        this.request = request;
        // Jetty tells the client to continue when it is asked for the stream, so that waits for the first demand.
        this.filtered = request instanceof ServletRequestWrapper && FilterStream.is(request.getInputStream(), request);
        this.blocking = filtered || !mayListen;
        this.announced = filtered ? UNKNOWN : request.getContentLengthLong();
        this.idle = new IdleLimit(idleLimit, alarms, threads, () -> onError(BodyFailure.standingStill()));
    }

    /** The length that the body should have, -1 if it may have any. */
    long announced() {
        return announced;
    }

    /** How many bytes have come by now. */
    long received() {
        return received;
    }

    /**
     * Reads what has come with the head, as small bodies do: nobody has to wait for those, nor to listen. Only inside
     * {@code service()}.
     *
     * @return whether that was all; if not, {@link #start} goes on with the same sink
     */
    boolean readAtHand(BodySink sink) {
        // Over HTTP/2 the end is a frame of its own; and to ask may tell a client to continue, who has sent nothing
        // then.
        if (filtered
                || announced <= 0
                || announced > MOST_AT_HAND
                || !request.getProtocol().startsWith("HTTP/1")
                || request.getHeader("Expect") != null) {
            return false;
        }
        try {
            ServletInputStream opened = request.getInputStream();
            int read = 0;
            while (read >= 0 && received < announced && opened.available() > 0) {
                read = sink.read(opened);
                received += Math.max(0, read);
            }
        } catch (IllegalStateException taken) {
            return false;
        } catch (IOException cause) {
            onError(cause);
            return false;
        }
        if (received < announced) {
            return false;
        }
        allRead = true;
        end.complete(true);
        sink.end();
        return true;
    }

    /** Reads into the sink from here on; the asynchronous mode is on, unless the request has none. */
    void start(BodySink sink) {
        nextSink.set(sink);
        resume();
    }

    /** The sink wants more. */
    void resume() {
        if (filtered || consumed != null) {
            threads.execute(reading::signal);
        } else {
            reading.signal();
        }
    }

    /** Drops what comes from here on; the future says whether the body has ended well. */
    CompletableFuture<Boolean> drop() {
        dropping = true;
        start(new BodyDropper());
        return end.copy();
    }

    /** Whether the container has been asked for the body, and so a client that expects it was told to continue. */
    boolean hasAsked() {
        return listening;
    }

    /** Lets a task run when the body turns out to be malformed or cut off. */
    void onFailure(Runnable task) {
        end.thenAccept(well -> {
            if (!well) {
                task.run();
            }
        });
    }

    boolean isAtEnd() {
        return end.isDone();
    }

    /** Whether it was waited for long enough, so that it may still come, and nobody will read it; not if it came just then. */
    boolean hasStoodStill() {
        return hasFailed()
                && failure instanceof HttpError error
                && error.status() == HttpServletResponse.SC_REQUEST_TIMEOUT;
    }

    /** Whether the client has broken off, or sent what is no body; containers then commit the response by themselves. */
    boolean hasFailed() {
        return end.isDone() && !end.join();
    }

    @Override
    public void onDataAvailable() {
        readable = true;
        reading.signal();
    }

    /** Containers may call this twice, or from inside {@code isReady()}. */
    @Override
    public void onAllDataRead() {
        allRead = true;
        reading.signal();
    }

    @Override
    public void onError(Throwable cause) {
        if (failure == null) {
            failure = BodyFailure.of(cause);
        }
        reading.signal();
    }

    /** Lets whoever waits for the body know that it will not come. */
    void abandon() {
        idle.stop();
        if (!end.isDone()) {
            onError(BodyFailure.exchangeOver());
        }
    }

    private void readWhileReady() {
        changeSink();
        BodySink open = sink;
        if (open == null) {
            return;
        }
        if (!listening && isOpen() && open.wantsMore()) {
            listen();
        }
        // As long as there is something to read, it is the sink that takes its time.
        idle.waiting(false);
        while (isOpen() && open.wantsMore() && read(open)) {
            open.deliver();
        }
        if (allRead && received == 0 && !dropping && failure == null && consumed == null && announced != 0) {
            resumeWithConsumed();
            return;
        }
        idle.waiting(isOpen() && open.wantsMore());
        if (!isOpen() && !end.isDone()) {
            finish(open);
        }
    }

    private void changeSink() {
        BodySink next = nextSink.getAndSet(null);
        if (next != null) {
            BodySink last = sink;
            sink = next;
            if (last != null) {
                last.fail(BodyFailure.brokenOff(new EOFException("the answer has gone out, the rest is dropped")));
            }
            if (end.isDone()) {
                next.fail(BodyFailure.brokenOff(BodyFailure.exchangeOver()));
            }
        }
    }

    /** Tomcat calls back from inside when this is none of its own threads. */
    private void listen() {
        listening = true;
        if (!lease.enter()) {
            onError(BodyFailure.exchangeOver());
            return;
        }
        try {
            ServletInputStream opened = request.getInputStream();
            in = opened;
            if (blocking) {
                readable = true;
            } else if (opened.isFinished()) {
                // A filter has read it, and Undertow would call nobody.
                allRead = true;
            } else {
                opened.setReadListener(this);
            }
        } catch (IllegalStateException refused) {
            failure = BodyFailure.taken(refused);
        } catch (IOException refused) {
            onError(refused);
        } finally {
            lease.leave();
        }
    }

    /** There was nothing to read: a filter may have done so, and left a form. It is read where that may block. */
    private void resumeWithConsumed() {
        if (!lease.enter()) {
            return;
        }
        try {
            InputStream form = ConsumedForm.open(request);
            if (form == null && announced > 0) {
                failure = BodyFailure.taken(null);
            } else {
                consume(form == null ? InputStream.nullInputStream() : form);
            }
        } catch (IOException | ServletException | RuntimeException lost) {
            if (announced > 0) {
                failure = BodyFailure.taken(lost);
            } else {
                consume(InputStream.nullInputStream());
            }
        } finally {
            lease.leave();
        }
        threads.execute(reading::signal);
    }

    private void consume(InputStream form) {
        consumed = form;
        readable = true;
        allRead = false;
    }

    private boolean isOpen() {
        return !allRead && failure == null;
    }

    /** Whether there may be more. */
    private boolean read(BodySink open) {
        ServletInputStream opened = in;
        if (!readable || opened == null || !lease.enter()) {
            return false;
        }
        try {
            InputStream form = consumed;
            boolean waits = blocking || form != null;
            if (!waits && !opened.isReady()) {
                return false;
            }
            int read = open.read(form == null ? opened : form);
            received += Math.max(0, read);
            if (read >= 0) {
                return true;
            }
            if (waits) {
                allRead = true;
            }
            return false;
        } catch (IOException | RuntimeException cause) {
            if (consumed == null) {
                onError(cause);
            } else {
                // That is no doing of the client.
                failure = cause;
            }
            return false;
        } finally {
            lease.leave();
        }
    }

    private void finish(BodySink open) {
        if (failure == null && consumed == null && !dropping && received < announced) {
            onError(new EOFException("expected " + announced + " bytes, got " + received));
        }
        Throwable cause = failure;
        idle.stop();
        closeConsumed();
        end.complete(cause == null);
        if (cause == null) {
            open.end();
        } else {
            open.fail(cause);
        }
    }

    private void closeConsumed() {
        InputStream form = consumed;
        if (form != null) {
            try {
                form.close();
            } catch (IOException | RuntimeException unclosed) {
                LOG.warn("body: expected a part that a filter has left to close, got one that does not", unclosed);
            }
        }
    }
}
