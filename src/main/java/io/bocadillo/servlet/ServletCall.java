package io.bocadillo.servlet;

import io.bocadillo.ClientDisconnect;
import io.bocadillo.Request;
import io.bocadillo.Response;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mounted servlet that answers one exchange, with the container's request and response and on a thread of the container.
 *
 * <pre>
 *   NEW ── in service() ───────────────────────────▶ RUNNING ── it returns, or throws ──▶ DONE
 *    │                                                │    ▲                              ▲
 *    └── on another thread: AsyncContext.dispatch() ──┼────┤                              │
 *                                                     │    └ the servlet dispatches       │
 *                                                     └── it starts async ──▶ ASYNC ── onComplete
 * </pre>
 *
 * <p>Once it is done, what is around it goes on. If that leaves the answer alone, the exchange ends; if it gives another
 * one, that is sent, unless the container has begun to send the one of the servlet: then the connection is cut.
 */
final class ServletCall {

    private static final Logger LOG = LoggerFactory.getLogger(BocadilloServlet.class);

    private static final String KEY = ServletCall.class.getName();

    private final MountedServlet servlet;
    private final ServletExchange exchange;
    private final Request req;
    private final Response res;
    private final @Nullable TakenBody body;
    private final DispatcherType dispatcherType;

    /** Of the pipeline, where it goes on. */
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /** What has come of it in the end. */
    private final CompletableFuture<Response> answer = new CompletableFuture<>();

    private final AsyncAnswer later;

    private final ServletAnswer given = new ServletAnswer();

    /** Null until the servlet is called. */
    private volatile @Nullable MountPath path;

    private @Nullable MountedResponse response;
    private volatile boolean async;
    private volatile @Nullable Throwable failure;

    /** Another answer goes out in the place of that of the servlet. */
    private volatile boolean replaced;

    /** The thread in its {@code service()} has not left it. */
    private volatile boolean running;

    private volatile @Nullable MountedRequest seen;

    /** Thrown after it has started async, which is the container's to handle. */
    private volatile @Nullable Throwable thrown;

    ServletCall(MountedServlet servlet, ServletExchange exchange, Request req, Response res, @Nullable TakenBody body) {
        this.servlet = servlet;
        this.exchange = exchange;
        this.req = req;
        this.res = res;
        this.body = body;
        this.later = new AsyncAnswer(this, exchange.host(), exchange);
        this.dispatcherType = exchange.ask(HttpServletRequest::getDispatcherType);
    }

    /** Goes on with what a dispatch is for, if it is for a servlet that is mounted in the app of that host. */
    static boolean resume(HttpServletRequest request, HttpServletResponse response, Host host) throws IOException {
        // A servlet that is inside its own service() has forwarded the request.
        if (!(request.getAttribute(KEY) instanceof ServletCall call) || call.exchange.host() != host || call.running) {
            return false;
        }
        MountedRequest before = call.seen;
        if (before != null) {
            before.dispatched();
        }
        if (request.getDispatcherType() != DispatcherType.ASYNC) {
            return false;
        }
        call.reenter(request, response);
        return true;
    }

    /** Calls the servlet, now or as soon as the container has a thread for it; completes when it has answered. */
    CompletionStage<Void> begin() {
        exchange.lendTo(this);
        AsyncMode mode = exchange.async();
        if (mode.isInService() || !mode.isSupported()) {
            try {
                exchange.withResponse(open -> run(exchange.ask(request -> request), open));
            } catch (IOException over) {
                done.completeExceptionally(over);
            }
        } else {
            mode.onceOn(this::dispatch);
        }
        return done;
    }

    boolean supportsAsync() {
        return exchange.async().isSupported();
    }

    /** That is the answer, whoever gave it. */
    void answered(Response decided) {
        if (async && failure != null) {
            decided.sent(failure, bytes(0));
        }
        exchange.decidedFor(decided);
        answer.complete(decided);
    }

    /** The thread in {@code service()} is about to leave it. */
    void leaveService() throws IOException {
        AsyncMode mode = exchange.async();
        if (path == null && mode.isSupported()) {
            mode.leaveServiceOn(exchange::fail);
        } else if (path == null) {
            sendInstead();
        } else if (async) {
            mode.leaveService();
            Throwable cause = thrown;
            if (cause != null) {
                later.completing();
                throw rethrown(cause);
            }
        } else if (!answer.isDone() && isError()) {
            // Tomcat sends its page for an error when service() returns, or may never do so.
            mode.leaveService();
            exchange.end(null);
        } else if (!answer.isDone() && holdsOpen(mode)) {
            mode.leaveService();
            answer.thenAccept(this::settleLate);
        } else {
            settle(answer.join());
        }
    }

    private static IOException rethrown(Throwable thrown) {
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof IOException exception ? exception : new IOException(thrown);
    }

    /** The servlet has started the asynchronous mode. */
    void started(AsyncContext context) {
        async = true;
        later.started(context, exchange.async().standardTimeout());
    }

    AsyncAnswer later() {
        return later;
    }

    boolean isAsync() {
        return async;
    }

    boolean isRunning() {
        return running;
    }

    /** The asynchronous answer broke off, for that reason if the container tells one. */
    void failed(@Nullable Throwable told) {
        Throwable cause = thrown == null ? told : thrown;
        failure = cause == null || cause instanceof IOException ? new ClientDisconnect(cause) : cause;
        LOG.debug("{}: the asynchronous answer of its servlet failed", req, cause);
    }

    /** How much of a body was sent: so much if it was the app's, and nobody knows if it was the servlet's. */
    long bytes(long ofApp) {
        return path == null || replaced ? ofApp : -1;
    }

    /** The asynchronous answer is over. */
    void finish() {
        done.complete(null);
        exchange.end(null);
    }

    /** What the first call of the servlet is for, whatever it took to find a thread for it. */
    DispatcherType dispatcherType() {
        return dispatcherType;
    }

    String servletName() {
        return servlet.name();
    }

    /** The body, if a middleware has taken it. */
    @Nullable
    TakenBody body() {
        return body;
    }

    private void dispatch() {
        try {
            exchange.ask(request -> {
                mark(request);
                exchange.async().dispatch();
                return request;
            });
        } catch (IllegalStateException over) {
            done.completeExceptionally(new ClientDisconnect(over));
        }
    }

    /** So that a dispatch finds the way back. */
    private void mark(HttpServletRequest request) {
        request.setAttribute(KEY, this);
    }

    private void reenter(HttpServletRequest request, HttpServletResponse open) throws IOException {
        if (exchange.hasEnded()) {
            done.completeExceptionally(new ClientDisconnect(null));
            return;
        }
        exchange.async().reenter();
        async = false;
        if (path == null && answer.isDone()) {
            sendInstead();
            done.completeExceptionally(new ClientDisconnect(null));
            return;
        }
        run(request, open);
        leaveService();
    }

    private void run(HttpServletRequest request, HttpServletResponse open) {
        MountPath known = path;
        MountedResponse lent = new MountedResponse(open);
        response = lent;
        running = true;
        try {
            MountPath place = known == null ? MountPath.of(request, depth()) : known.in(request);
            path = place;
            if (known == null) {
                ServletAnswer.begin(res, open);
                mark(request);
            }
            MountedRequest mounted = new MountedRequest(request, lent, this, place, known == null);
            seen = mounted;
            servlet.service(mounted, lent);
        } catch (Throwable failed) {
            fail(failed, open);
            return;
        } finally {
            running = false;
        }
        if (!async) {
            showAnswer();
            done.complete(null);
        }
    }

    private void fail(Throwable failed, HttpServletResponse open) {
        if (async) {
            thrown = failed;
        } else if (isError()) {
            LOG.error("{}: its servlet failed after it had left an error to the container", req, failed);
            showAnswer();
            done.complete(null);
        } else if (open.isCommitted()) {
            failure = failed instanceof IOException ? new ClientDisconnect(failed) : failed;
            showAnswer();
            done.complete(null);
        } else {
            open.reset();
            done.completeExceptionally(MountedServlet.answerable(failed));
        }
    }

    /** How many segments of the path of the app are those of the mount. */
    private int depth() {
        return (int) Objects.requireNonNull(req.route())
                .pattern()
                .chars()
                .filter(c -> c == '/')
                .count();
    }

    /** Lets those around it see what it has answered. */
    void showAnswer() {
        try {
            given.show(res, Objects.requireNonNull(response));
        } catch (IllegalStateException late) {
            LOG.debug("{}: its time was over before its servlet was called", req, late);
        }
    }

    /** A response that the servlet has closed takes part in nothing any more. */
    private boolean holdsOpen(AsyncMode mode) {
        if (!mode.isSupported()) {
            return false;
        }
        try {
            mode.start();
            return true;
        } catch (UnsupportedOperationException closed) {
            LOG.trace("closed by the servlet", closed);
            return false;
        }
    }

    /** On the thread in {@code service()}, which closes the connection by what it throws. */
    private void settle(Response decided) throws IOException {
        if (exchange.hasEnded()) {
            return;
        }
        HttpServletResponse open = Objects.requireNonNull(response);
        if (isToBeSent(decided, open)) {
            open.reset();
            sendInstead();
            return;
        }
        HttpServletRequest request = exchange.ask(asked -> asked);
        AbortException cause = finish(decided, open);
        exchange.async().leaveService();
        exchange.end(cause);
        if (cause != null) {
            throw Abort.closing(request, cause);
        }
    }

    private void sendInstead() throws IOException {
        exchange.send(answer, exchange.sender()::send);
    }

    /** On whatever thread, in the asynchronous mode. */
    private void settleLate(Response decided) {
        try {
            exchange.withResponse(open -> {
                if (isToBeSent(decided, open)) {
                    open.reset();
                    exchange.sender().send(decided);
                } else {
                    exchange.end(finish(decided, open));
                }
            });
        } catch (IOException | RuntimeException over) {
            exchange.end(over);
        }
    }

    private boolean isError() {
        MountedResponse lent = response;
        return lent != null && lent.isError();
    }

    /** Whether those around the servlet have put another answer in the place of its own, in time. */
    private boolean isToBeSent(Response decided, HttpServletResponse open) {
        replaced = !given.isStill(decided) && !open.isCommitted() && !isError();
        return replaced;
    }

    /** Adds what those around the servlet have changed of its answer; why the connection has to be cut, if so. */
    private @Nullable AbortException finish(Response decided, HttpServletResponse open) {
        if (failure != null) {
            return AbortException.brokenOff(failure);
        }
        if (!given.isStill(decided) && isError()) {
            LOG.warn("{}: its servlet has left an error to the container, so another answer is left out", req);
        } else if (!given.isStill(decided)) {
            return AbortException.brokenOff(
                    new IllegalStateException("another answer, of status " + decided.status() + ","));
        }
        try {
            given.complete(decided, open);
            // A flush would send an error without the page that the container makes for it.
            if (decided.isFollowedByTasks() && !isError()) {
                open.flushBuffer();
            }
        } catch (IOException gone) {
            return AbortException.brokenOff(new ClientDisconnect(gone));
        }
        exchange.markOut();
        return null;
    }
}
