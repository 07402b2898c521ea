package io.bocadillo.servlet;

import io.bocadillo.Exchange;
import io.bocadillo.Headers;
import io.bocadillo.HttpError;
import io.bocadillo.Response;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request in a servlet container, and the owner of its end.
 *
 * <pre>
 *   SERVICE ── small answer, complete when service() is about to return ──▶ ENDED
 *      │                                                                      ▲
 *      │ a body to read, an answer not complete yet, or a large one           │
 *      ▼                                                                      │
 *    ASYNC ── answer written, or anything failed: the first of them ends it ──┘
 * </pre>
 *
 * <p>At the end the container's objects are let go, because it uses them again for other requests.
 */
final class ServletExchange implements Exchange, AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(BocadilloServlet.class);

    /** How long a body that nobody has read may take before the answer, and after it, until the connection is closed. */
    private static final int UNREAD_BODY_MILLIS = 100;

    private static final int DROPPING_MILLIS = 5000;

    private static final Runnable STARTED = () -> {};

    private final Container container;
    private final String basePath;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** What waits for the asynchronous mode, in which alone a body can be read; {@link #STARTED} once it is on. */
    private final AtomicReference<@Nullable Runnable> whenAsync = new AtomicReference<>();

    private volatile @Nullable HttpServletRequest request;
    private volatile @Nullable HttpServletResponse response;
    private volatile @Nullable AsyncContext async;
    private volatile @Nullable BodyReader bodyReader;

    /** Who let the time for the body pass has had enough. */
    private volatile int droppingMillis = DROPPING_MILLIS;

    /** The thread in {@code service()}, which alone may start the asynchronous mode; null when it has left. */
    private @Nullable Thread serviceThread = Thread.currentThread();

    ServletExchange(HttpServletRequest request, HttpServletResponse response, Container container, String basePath) {
        this.request = request;
        this.response = response;
        this.container = container;
        this.basePath = basePath;
    }

    /** Sends the answer as soon as it is complete; the last thing that {@code service()} does, or throws. */
    void answer(CompletableFuture<Response> answer) throws IOException {
        HttpServletRequest request = this.request;
        if (request == null) {
            return;
        }
        if (!request.isAsyncSupported() || async == null && answer.isDone() && isInstant(answer.join())) {
            sendInService(answer.join());
        } else {
            startAsync();
            serviceThread = null;
            answer.thenAccept(this::sendAfterUnreadBody);
        }
    }

    /** Ends an exchange that the app could not answer. */
    void fail(Throwable failure) {
        LOG.error("{} {}: not answered", method(), rawPath(), failure);
        end(failure);
    }

    @Override
    public String method() {
        return request().getMethod();
    }

    @Override
    public String rawPath() {
        return request().getRequestURI();
    }

    @Override
    public String basePath() {
        return basePath;
    }

    @Override
    public @Nullable String query() {
        return request().getQueryString();
    }

    @Override
    public String scheme() {
        return request().getScheme();
    }

    @Override
    public String remoteAddress() {
        return request().getRemoteAddr();
    }

    @Override
    public Headers headers() {
        HttpServletRequest request = request();
        Headers headers = Headers.received();
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                headers.add(name, value);
            }
        }
        return headers;
    }

    @Override
    public @Nullable String header(String name) {
        return request().getHeader(name);
    }

    @Override
    public boolean hasBody() {
        return BodyReader.isBodyIn(request());
    }

    @Override
    public CompletionStage<byte[]> body(long limit) {
        HttpServletRequest request = request();
        if (request.getContentLengthLong() > limit) {
            return CompletableFuture.failedFuture(HttpError.contentTooLarge(limit));
        }
        if (!BodyReader.isCodingKnown(request)) {
            return CompletableFuture.failedFuture(unknownCoding());
        }
        try {
            return read(new BodyReader(request, limit));
        } catch (IOException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private CompletionStage<byte[]> read(BodyReader reader) {
        if (!request().isAsyncSupported()) {
            reader.readBlocking();
            return reader.body();
        }
        bodyReader = reader;
        if (ended.get()) {
            throw over();
        }
        if (Thread.currentThread() == serviceThread) {
            startAsync();
        }
        onceAsync(reader::start);
        return container.callbacksMayBlock()
                ? reader.body()
                : reader.body().whenCompleteAsync((bytes, failure) -> {}, this);
    }

    @Override
    public <T> @Nullable T get(Class<T> type) {
        if (type == HttpServletRequest.class) {
            return type.cast(request());
        }
        return type == HttpServletResponse.class ? type.cast(response()) : null;
    }

    @Override
    public void execute(Runnable task) {
        AsyncContext context = async;
        try {
            if (context != null) {
                context.start(task);
                return;
            }
        } catch (RuntimeException over) {
            LOG.trace("the container has no thread for an exchange that is over", over);
        }
        ForkJoinPool.commonPool().execute(task);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}

    /** Comes for failed non-blocking I/O on some containers, on a thread of its own. */
    @Override
    public void onError(AsyncEvent event) {
        end(event.getThrowable());
    }

    /** Does not come, because the container's timeout is off, unless a filter sets one: then the answer is a 500. */
    @Override
    public void onTimeout(AsyncEvent event) {
        end(new IllegalStateException("timeout of the container"));
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end(null);
    }

    private void startAsync() {
        if (async == null) {
            HttpServletRequest request = request();
            AsyncContext context = request.startAsync(request, response());
            context.setTimeout(0);
            context.addListener(this);
            async = context;
            Runnable waiting = whenAsync.getAndSet(STARTED);
            if (waiting != null) {
                waiting.run();
            }
        }
    }

    private void onceAsync(Runnable task) {
        if (!whenAsync.compareAndSet(null, task)) {
            task.run();
        }
    }

    private boolean isInstant(Response answer) {
        return sender(answer, response()).isInstant() && !mustDropBody();
    }

    private ResponseSender sender(Response answer, HttpServletResponse response) {
        return new ResponseSender(answer, response, container, request().getProtocol());
    }

    private void sendInService(Response answer) throws IOException {
        try {
            sender(answer, response()).sendBlocking();
            end(null);
        } catch (AbortException cause) {
            HttpServletRequest request = request();
            end(cause);
            throw Abort.closing(request, cause);
        } catch (Throwable failure) {
            end(failure);
        }
    }

    /** A body that nobody has read may be there already: dropped before the answer, it leaves a connection in step. */
    private void sendAfterUnreadBody(Response answer) {
        try {
            if (bodyReader != null || !mustDropBody()) {
                send(answer);
                return;
            }
            BodyReader reader = BodyReader.startDropping(request());
            bodyReader = reader;
            reader.drop()
                    .completeOnTimeout(false, UNREAD_BODY_MILLIS, TimeUnit.MILLISECONDS)
                    .thenAcceptAsync(atEnd -> send(answer), this);
        } catch (Throwable failure) {
            end(failure);
        }
    }

    private void send(Response answer) {
        HttpServletResponse response = this.response;
        if (response == null) {
            return;
        }
        if (answer.status() == HttpServletResponse.SC_REQUEST_TIMEOUT) {
            droppingMillis = UNREAD_BODY_MILLIS;
        }
        try {
            sender(answer, response).send(this::sent);
        } catch (AbortException cause) {
            BodyReader reader = bodyReader;
            end(reader != null && reader.hasFailed() ? new IOException(cause) : cause);
        } catch (Throwable failure) {
            end(failure);
        }
    }

    /** A container left with an unread body would wait for the rest of it on one of its threads. */
    private void sent(@Nullable Throwable failure) {
        BodyReader reader = bodyReader;
        if (failure != null || reader == null || !mustDropBody()) {
            end(failure);
        } else {
            reader.drop()
                    .completeOnTimeout(false, droppingMillis, TimeUnit.MILLISECONDS)
                    .thenAccept(atEnd -> end(atEnd ? null : AbortException.unreadBody()));
        }
    }

    /** Who waits for a 100 (Continue) has not sent a body yet, and reading would ask for it after the answer. */
    private boolean mustDropBody() {
        BodyReader reader = bodyReader;
        return !container.dropsUnreadBodies()
                && (reader == null ? hasBody() && header("Expect") == null : !reader.isAtEnd());
    }

    private void end(@Nullable Throwable failure) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        if (failure != null) {
            log(failure);
            answerPlainly();
        }
        HttpServletRequest request = request();
        AsyncContext context = async;
        this.request = null;
        response = null;
        async = null;
        if (context != null) {
            complete(context, request, failure);
        }
        BodyReader reader = bodyReader;
        if (reader != null) {
            reader.abandon();
        }
    }

    private static void log(Throwable failure) {
        if (failure instanceof AbortException cause && cause.isFaultOfFilter()) {
            LOG.error(cause.getMessage());
        } else {
            LOG.debug("exchange broke off", failure);
        }
    }

    private static void complete(AsyncContext context, HttpServletRequest request, @Nullable Throwable failure) {
        try {
            if (failure instanceof AbortException cause) {
                Abort.dispatch(request, context, cause);
            } else {
                context.complete();
            }
        } catch (IllegalStateException completed) {
            LOG.trace("completed by the container, after an error", completed);
        }
    }

    /** If nothing has gone out yet, an empty 500 is better than the empty 200 that the container would make of it. */
    private void answerPlainly() {
        HttpServletResponse response = this.response;
        try {
            if (response != null && !response.isCommitted()) {
                response.reset();
                response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            }
        } catch (RuntimeException over) {
            LOG.trace("the container has taken its response back", over);
        }
    }

    /** Where the body ends is unknown, so nothing after it can be trusted (RFC 9112, section 6.1). */
    private static HttpError unknownCoding() {
        return new HttpError(501, "Transfer-Encoding: expected chunked, got another coding.")
                .header("Connection", "close");
    }

    private HttpServletRequest request() {
        HttpServletRequest open = request;
        if (open == null) {
            throw over();
        }
        return open;
    }

    private HttpServletResponse response() {
        HttpServletResponse open = response;
        if (open == null) {
            throw over();
        }
        return open;
    }

    private static IllegalStateException over() {
        return new IllegalStateException("exchange: expected use before its end, got it after.");
    }
}
