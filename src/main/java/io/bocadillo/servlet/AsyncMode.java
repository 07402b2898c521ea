package io.bocadillo.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The asynchronous mode of a request, and who waits for it.
 *
 * <pre>
 *   SERVICE ── start() ──▶ ON ── dispatch(), and the container calls service() once more: reenter() ──▶ SERVICE
 * </pre>
 *
 * <p>The thread in {@code service()} alone may start it.
 */
final class AsyncMode {

    private static final Logger LOG = LoggerFactory.getLogger(BocadilloServlet.class);

    private static final AtomicReferenceFieldUpdater<AsyncMode, Runnable> WAITING =
            AtomicReferenceFieldUpdater.newUpdater(AsyncMode.class, Runnable.class, "waiting");

    private static final Runnable STARTED = () -> {};

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AsyncListener listener;
    private final boolean supported;

    /** What waits for the mode, {@link #STARTED} once it is on. */
    private volatile @Nullable Runnable waiting;

    private volatile @Nullable AsyncContext context;

    /** The thread in {@code service()}; null when it has left. */
    private volatile @Nullable Thread serviceThread = Thread.currentThread();

    /** The timeout that the container would have. */
    private volatile long standardTimeout;

    AsyncMode(HttpServletRequest request, HttpServletResponse response, AsyncListener listener) {
        this.request = request;
        this.response = response;
        this.listener = listener;
        this.supported = request.isAsyncSupported() && !request.isAsyncStarted();
    }

    /** Whether there is one to start; a filter may have started it for itself. */
    boolean isSupported() {
        return supported;
    }

    boolean isOn() {
        return context != null;
    }

    /** Whether this thread is in {@code service()}, and has not started the mode. */
    boolean isInService() {
        return Thread.currentThread() == serviceThread && context == null;
    }

    /** Starts it unless it is on; {@link UnsupportedOperationException} if the container refuses. */
    void start() {
        if (context == null) {
            AsyncContext started = startOrExplain();
            standardTimeout = started.getTimeout();
            started.setTimeout(0);
            started.addListener(listener);
            context = started;
            runWaiting();
        }
    }

    /** No {@link IllegalStateException}, which a container throws when a client has gone, too. */
    private AsyncContext startOrExplain() {
        try {
            return request.startAsync(request, response);
        } catch (IllegalStateException refused) {
            throw new UnsupportedOperationException(
                    "asynchronous mode: expected one to start, got '" + refused.getMessage()
                            + "'. Let no filter end the request.",
                    refused);
        }
    }

    /** In milliseconds, once it has been started. */
    long standardTimeout() {
        return standardTimeout;
    }

    /** The thread in {@code service()} is about to leave it. */
    void leaveService() {
        serviceThread = null;
    }

    /** The same, with the mode on; if the container refuses it, that is told. */
    void leaveServiceOn(Consumer<Throwable> refusal) {
        try {
            start();
            leaveService();
        } catch (UnsupportedOperationException refused) {
            refusal.accept(refused);
        }
    }

    /** Runs a task when the mode is on. */
    void onceOn(Runnable task) {
        if (Thread.currentThread() == serviceThread && supported) {
            start();
        }
        if (!supported || !WAITING.compareAndSet(this, null, task)) {
            task.run();
        }
    }

    /** Nobody is to wait any longer. */
    void runWaiting() {
        Runnable task = WAITING.getAndSet(this, STARTED);
        if (task != null) {
            task.run();
        }
    }

    /** Lets the container call {@code service()} once more, on one of its threads. */
    void dispatch() {
        AsyncContext started = context;
        if (started == null) {
            throw new IllegalStateException("expected the asynchronous mode, got a request without");
        }
        started.dispatch();
    }

    /** That call has come; the container has ended the mode. */
    void reenter() {
        serviceThread = Thread.currentThread();
        context = null;
    }

    /** Runs a task on a thread of the container; false if it has none. */
    boolean execute(Runnable task) {
        AsyncContext started = context;
        if (started == null) {
            return false;
        }
        try {
            started.start(task);
            return true;
        } catch (RuntimeException over) {
            LOG.trace("the container has no thread for an exchange that is over", over);
            return false;
        }
    }

    /** Ends it, if it is on; with the connection, if that is why. */
    void complete(@Nullable Throwable failure) {
        AsyncContext started = context;
        if (started == null) {
            return;
        }
        try {
            if (failure instanceof AbortException cause) {
                Abort.dispatch(request, started, cause);
            } else {
                started.complete();
            }
        } catch (RuntimeException completed) {
            LOG.trace("completed by the container, after an error", completed);
        }
    }
}
