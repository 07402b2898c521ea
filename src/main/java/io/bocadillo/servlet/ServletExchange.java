package io.bocadillo.servlet;

import io.bocadillo.ClientDisconnect;
import io.bocadillo.Exchange;
import io.bocadillo.Headers;
import io.bocadillo.Response;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request in a servlet container, and the owner of its end.
 *
 * <pre>
 *   SERVICE ── small answer, complete when service() is about to return ──▶ ENDED
 *      │                                                                      ▲
 *      │ a body to read, an answer not complete yet, a large or streamed one  │
 *      ▼                                                                      │
 *    ASYNC ── answer written, or anything failed: the first of them ends it ──┘
 * </pre>
 *
 * <p>At the end the container's objects are let go, because it uses them again for other requests: see {@link Lease}.
 */
final class ServletExchange implements Exchange, AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(BocadilloServlet.class);

    /** Longer than any call of a container that does not wait for a client. */
    private static final int LEAVING_MILLIS = 10_000;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final String basePath;
    private final Host host;
    private final AsyncMode async;
    private final Lease lease = new Lease();
    private final AtomicReference<@Nullable End> ended = new AtomicReference<>();
    private final CompletableFuture<Boolean> completed = new CompletableFuture<>();
    private final IncomingBody body;
    private final AnswerSender sender;

    /** The servlet that answers, if one does. */
    private volatile @Nullable ServletCall call;

    private volatile @Nullable Response decided;
    private volatile boolean out;

    /** How it has ended: null for well. */
    private record End(@Nullable Throwable failure) {
        static final End WELL = new End(null);
    }

    ServletExchange(HttpServletRequest request, HttpServletResponse response, String basePath, Host host) {
        this.request = request;
        this.response = response;
        this.basePath = basePath;
        this.host = host;
        this.async = new AsyncMode(request, response, this);
        this.body = new IncomingBody(this);
        this.sender = new AnswerSender(this, request.getProtocol(), response.isCommitted());
    }

    /** Sends the answer as soon as it is complete; the last thing that {@code service()} does, or throws. */
    void answer(CompletableFuture<Response> answer) throws IOException {
        if (!async.isSupported()) {
            answer.join();
        }
        ServletCall called = call;
        if (called != null) {
            answer.thenAccept(called::answered);
            called.leaveService();
        } else {
            send(answer, this::sendOrTell);
        }
    }

    /** The same, for an answer that is the app's to send; late, if that takes the asynchronous mode. */
    void send(CompletableFuture<Response> answer, Consumer<Response> late) throws IOException {
        try {
            sendNowOrLater(answer, late);
        } catch (RuntimeException | Error failure) {
            fail(failure);
            answer.thenAccept(late);
        }
    }

    private void sendNowOrLater(CompletableFuture<Response> answer, Consumer<Response> late) throws IOException {
        if (!async.isSupported() || !async.isOn() && answer.isDone() && sender.isInstant(answer.join())) {
            async.leaveService();
            try {
                sender.sendInService(answer.join(), response);
            } catch (AbortException cause) {
                throw Abort.closing(request, cause);
            }
        } else {
            async.start();
            async.leaveService();
            answer.thenAccept(late);
        }
    }

    private void sendOrTell(Response answer) {
        ServletCall called = call;
        if (called == null) {
            sender.send(answer);
        } else {
            called.answered(answer);
        }
    }

    /** From here on that servlet answers, with the container's objects. */
    void lendTo(ServletCall servlet) {
        call = servlet;
    }

    boolean isLent() {
        return call != null;
    }

    AsyncMode async() {
        return async;
    }

    AnswerSender sender() {
        return sender;
    }

    /** Ends an exchange that the app could not answer. */
    void fail(Throwable failure) {
        async.leaveService();
        end(failure);
    }

    @Override
    public String method() {
        return ask(HttpServletRequest::getMethod);
    }

    @Override
    public String rawPath() {
        return ask(HttpServletRequest::getRequestURI);
    }

    @Override
    public String basePath() {
        return basePath;
    }

    @Override
    public @Nullable String query() {
        return ask(HttpServletRequest::getQueryString);
    }

    @Override
    public String scheme() {
        return ask(HttpServletRequest::getScheme);
    }

    @Override
    public String remoteAddress() {
        return ask(RequestHead::remoteAddress);
    }

    @Override
    public @Nullable String authority() {
        return ask(RequestHead::authority);
    }

    @Override
    public Headers headers() {
        return ask(RequestHead::headers);
    }

    @Override
    public @Nullable String header(String name) {
        return ask(open -> open.getHeader(name));
    }

    @Override
    public boolean hasBody() {
        return body.isThere();
    }

    @Override
    public CompletionStage<byte[]> body(long limit) {
        return body.bytes(limit);
    }

    @Override
    public Flow.Publisher<ByteBuffer> bodyStream() {
        return body.stream();
    }

    @Override
    public long received() {
        return body.received();
    }

    IncomingBody body() {
        return body;
    }

    BodyReader newReader(Duration idleLimit) throws IOException {
        BodyReader reader = new BodyReader(request, async.isSupported(), lease, this, host::after, idleLimit);
        reader.onFailure(sender::breakOffWithoutConnection);
        return reader;
    }

    @Override
    public <T> @Nullable T get(Class<T> type) {
        if (type == HttpServletRequest.class) {
            return type.cast(ask(open -> open));
        }
        if (type == ServletExchange.class) {
            return type.cast(this);
        }
        return type == HttpServletResponse.class ? type.cast(ask(open -> response)) : host.get(type);
    }

    /** What comes at the end runs when the container has sent everything. */
    @Override
    public void execute(Runnable task) {
        if (hasEnded()) {
            completed.thenRun(() -> host.executeLate(task));
        } else if (!host.execute(task) && !startInContext(task)) {
            host.executeLate(task);
        }
    }

    private boolean startInContext(Runnable task) {
        if (!lease.enter()) {
            return false;
        }
        try {
            return async.execute(task);
        } finally {
            lease.leave();
        }
    }

    /** Where code of the app may run that a callback of the container leads to. */
    Executor userThreads() {
        return host.container().callbacksMayBlock() ? Runnable::run : this;
    }

    Lease lease() {
        return lease;
    }

    Host host() {
        return host;
    }

    boolean hasEnded() {
        return ended.get() != null;
    }

    /** Does something with the container's response; throws {@link ClientDisconnect} if the exchange is over. */
    void withResponse(ResponseTask task) throws IOException {
        if (!lease.enter()) {
            End end = ended.get();
            throw new ClientDisconnect(end == null ? null : end.failure);
        }
        try {
            task.run(response);
        } finally {
            lease.leave();
        }
    }

    /** That is the answer, which learns how it was sent; false if the exchange is over. */
    boolean decidedFor(Response answer) {
        decided = answer;
        End end = ended.get();
        if (end != null) {
            answer.sent(Failure.toldOf(end.failure), bytes());
        }
        return end == null;
    }

    /** Whether the body has had its time (408). */
    boolean isBodyLate() {
        Response answer = decided;
        return answer != null && answer.status() == HttpServletResponse.SC_REQUEST_TIMEOUT;
    }

    /** The last byte is out: what becomes of the client from here on is of no matter to the answer. */
    void markOut() {
        out = true;
    }

    /** The answer is out, or it broke off. The first call counts. */
    void sent(@Nullable Throwable failure) {
        Response answer = decided;
        if (answer != null) {
            answer.sent(Failure.toldOf(failure), bytes());
        }
    }

    private long bytes() {
        ServletCall called = call;
        return called == null ? sender.bytes() : called.bytes(sender.bytes());
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}

    /**
     * Comes for failed non-blocking I/O on some containers, on a thread of its own. Tomcat takes its objects back when
     * this returns, whoever is using them.
     */
    @Override
    public void onError(AsyncEvent event) {
        end(event.getThrowable());
        if (host.container().reusesAfterErrors()) {
            host.limit(completed, false, LEAVING_MILLIS, Runnable::run).join();
        }
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

    /** Ends the exchange, once whoever is inside a call of the container has left it. */
    void end(@Nullable Throwable failure) {
        if (!ended.compareAndSet(null, failure == null ? End.WELL : new End(failure))) {
            return;
        }
        Response answer = decided;
        if (failure != null) {
            Failure.log(answer == null ? requestLine() : answer, failure);
            answerPlainly(failure);
        }
        lease.end().thenRun(() -> {
            async.complete(failure);
            // After that, because a stop waits for it; and who was inside may have sent the last byte.
            sent(out ? null : failure);
            completed.complete(true);
        });
        sender.abandon();
        async.runWaiting();
        body.abandon();
    }

    private String requestLine() {
        return ask(open -> open.getMethod() + " " + open.getRequestURI());
    }

    /** In the place of the empty 200 that the container would send; who was cut for being slow comes back after no 500. */
    private void answerPlainly(Throwable failure) {
        try {
            withResponse(open -> {
                if (failure.getCause() instanceof ClientDisconnect) {
                    open.flushBuffer();
                } else if (!open.isCommitted()) {
                    open.reset();
                    open.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
                }
            });
        } catch (IOException | RuntimeException over) {
            LOG.trace("the container has taken its response back", over);
        }
    }

    /** What the container's request says; throws {@link IllegalStateException} when the exchange is over. */
    <T> T ask(Function<HttpServletRequest, T> question) {
        if (!lease.enter()) {
            throw new IllegalStateException(
                    "exchange: expected use before its end, got it after. Read what you need before.");
        }
        try {
            return question.apply(request);
        } finally {
            lease.leave();
        }
    }
}
