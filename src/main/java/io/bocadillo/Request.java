package io.bocadillo;

import io.bocadillo.routing.Match;
import io.bocadillo.routing.Path;
import io.bocadillo.routing.Printable;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request.
 *
 * <p>Hooks and views find the body already read: {@link #body}, {@link #text} and {@link #json} are plain values, as
 * often as one likes. Middleware runs before that and composes on {@link #whenBody} if it needs the body.
 *
 * <p>Passes from thread to thread with the pipeline, but is not for use by several at once. After the response has
 * gone out, whatever was not read before refuses with {@link IllegalStateException}; method and path stay.
 */
public final class Request {

    private static final AtomicReferenceFieldUpdater<Request, Exchange> EXCHANGE =
            AtomicReferenceFieldUpdater.newUpdater(Request.class, Exchange.class, "exchange");

    private final String method;
    private final Path path;
    private final Match<?> match;
    private final @Nullable Route route;
    private final Settings settings;
    private final AppThreads threads;
    private final OpenExchanges open;

    /** Null after the end, which whoever takes it brings about. */
    private volatile @Nullable Exchange exchange;

    /** Null until somebody asks; read by the timeout too, from another thread. */
    private volatile @Nullable RequestBody body;

    private @Nullable Map<String, List<String>> queries;
    private @Nullable Headers headers;
    private @Nullable Map<Class<?>, Object> values;

    Request(
            Exchange exchange,
            Path path,
            Match<?> match,
            @Nullable Route route,
            Settings settings,
            AppThreads threads,
            OpenExchanges open) {
        this.exchange = exchange;
        this.method = exchange.method();
        this.path = path;
        this.match = match;
        this.route = route;
        this.settings = settings;
        this.threads = threads;
        this.open = open;
    }

    /** The method, case-sensitive: {@code GET} (RFC 9110, section 9.1). */
    public String method() {
        return method;
    }

    /**
     * The path inside the app, decoded once: {@code /caf%C3%A9} is {@code /café}.
     *
     * <p>It is canonical: it has no empty or dot segment, no parameter, backslash or control character; a request with
     * such a path is refused with 400, and the handler of that error sees {@code /} in its place.
     */
    public String path() {
        return path.toString();
    }

    /** Where the app is served, context path and servlet path together: {@code /shop/api}, or empty at the root. */
    public String basePath() {
        return exchange().basePath();
    }

    /** The query as it was sent, without its question mark; null when there is none. */
    public @Nullable String rawQuery() {
        return exchange().query();
    }

    /** The route that answers, for logs and figures by route; null when there is none. */
    public @Nullable Route route() {
        return route;
    }

    /** {@code http} or {@code https}, as the server saw it. */
    public String scheme() {
        return exchange().scheme();
    }

    /** The IP address of the peer. */
    public String remoteAddress() {
        return exchange().remoteAddress();
    }

    /**
     * The part of the path that {@code {name}} stands for, decoded.
     *
     * @throws IllegalArgumentException if the route has no such parameter
     */
    public Param param(String name) {
        String value = match instanceof Match.Found<?> found ? found.param(name) : null;
        if (value == null) {
            throw new IllegalArgumentException("param: expected a parameter of the route, got '" + name + "'. Write {"
                    + name + "} in its pattern.");
        }
        return new Param(name, List.of(value));
    }

    /** The query parameter, all its values if it is repeated; {@link HttpError} 400 for a malformed query. */
    public Param query(String name) {
        return new Param(name, queries().getOrDefault(name, List.of()));
    }

    /** All query parameters by name, in their order, unmodifiable; {@link HttpError} 400 for a malformed query. */
    public Map<String, List<String>> queries() {
        Map<String, List<String>> parsed = queries;
        if (parsed == null) {
            String query = exchange().query();
            parsed = query == null ? Map.of() : UrlEncoded.parse(query);
            queries = parsed;
        }
        return parsed;
    }

    /** The header field, all its values if it is repeated. */
    public Param header(String name) {
        return new Param(name, headers().all(name));
    }

    /** All header fields, final. */
    public Headers headers() {
        Headers copy = headers;
        if (copy == null) {
            copy = exchange().headers().freeze();
            headers = copy;
        }
        return copy;
    }

    /** The identifier of the last event that a client has got which comes back to a stream of events (HTML standard, 9.2). */
    public Param lastEventId() {
        List<String> values = headers().all("Last-Event-ID");
        return new Param(
                "Last-Event-ID", values.stream().map(Request::fromUtf8).limit(1).toList());
    }

    /** The cookie, without the quotes its value may have (RFC 6265, section 4.1.1). */
    public Param cookie(String name) {
        return new Param(name, Cookies.named(name, headers().all("Cookie")));
    }

    /**
     * The body; empty when there is none. The array is shared: do not change it.
     *
     * @throws IllegalStateException in middleware, where the body has not been read yet, see {@link #whenBody}; in a
     *     route that takes it as {@link #stream}; and for a multipart form, see {@link #form}
     */
    public byte[] body() {
        return requestBody().bytes();
    }

    /**
     * The body as soon as it has been read, up to the limit of the route.
     *
     * @return fails with {@link HttpError} 413 beyond {@link Route#maxBody}, 415 for a {@code Content-Encoding}, 400
     *     when the client breaks off
     */
    public CompletionStage<byte[]> whenBody() {
        return requestBody().whenBytes();
    }

    /**
     * The body of a {@link Route#streaming} route as it comes, read no faster than it is asked for.
     *
     * @return for one subscriber, of whose signals errors are {@link HttpError}s: 413 beyond {@link Route#maxBody}, 400
     *     when the client breaks off, 408 when it stands still
     * @throws IllegalStateException if the route is not streaming, or the body has been taken in another way
     */
    public Flow.Publisher<ByteBuffer> stream() {
        return requestBody().stream();
    }

    /**
     * The form that was sent, empty when there is no body: its fields and files.
     *
     * @throws HttpError 415 if the body is no form, 400 if it is malformed, 413 if it has too many fields
     * @throws IllegalStateException in middleware, where the body has not been read yet, see {@link #whenForm}; and in a
     *     route that takes it as {@link #parts}
     */
    public Form form() {
        return requestBody().form();
    }

    /**
     * The form as soon as it has been read, for middleware.
     *
     * @return fails with {@link HttpError} 413 beyond {@link Route#maxBody}, else {@link Settings#maxUpload}, or another
     *     limit, 431 for too many header fields in a part, 507 if there is no room for its files, 500 if they can't be
     *     stored, and as {@link #form} and {@link #whenBody} do
     */
    public CompletionStage<Form> whenForm() {
        return requestBody().whenForm();
    }

    /**
     * The parts of the multipart form that a {@link Route#streaming} route takes, each as it arrives.
     *
     * @return for one subscriber, who asks for a part when done with the last; fails as {@link #stream} and
     *     {@link #whenForm} do
     * @throws HttpError 415 if the body is no multipart form, 400 if it names no boundary
     */
    public Flow.Publisher<Part> parts() {
        return requestBody().parts();
    }

    /** The body as text, in the charset of its {@code Content-Type}, else UTF-8; {@link HttpError} 400 if it is not. */
    public String text() {
        return requestBody().text();
    }

    /**
     * The JSON body as a value of that class, for instance a record.
     *
     * @throws HttpError 415 if the {@code Content-Type} is not JSON, 400 if the body is not or does not fit the class
     */
    public <T> T json(Class<T> type) {
        return json((Type) type);
    }

    /** The JSON body as a value of a generic type; see {@link #json(Class)}. */
    public <T> T json(Type type) {
        String contentType = contentType();
        if (!ContentType.of(contentType).isJson()) {
            throw new HttpError(
                    415,
                    "Content-Type: expected application/json, got '"
                            + Printable.of(contentType == null ? "" : contentType) + "'.");
        }
        return settings.json().decode(body(), type);
    }

    /** Leaves a value for whoever handles this request later, to be found by its class. */
    public <T> Request put(Class<T> type, T value) {
        if (values == null) {
            values = new IdentityHashMap<>();
        }
        values.put(type, type.cast(Objects.requireNonNull(value)));
        return this;
    }

    /**
     * What was {@link #put} under that class, or the server's own object, such as {@code HttpServletRequest}.
     *
     * @throws IllegalStateException if there is none
     */
    public <T> T get(Class<T> type) {
        return find(type)
                .orElseThrow(() -> new IllegalStateException("request: expected a value of " + type.getName()
                        + ", got none. Let a middleware call req.put(" + type.getSimpleName() + ".class, ...)."));
    }

    /** The same as {@link #get}, empty if there is none. */
    public <T> Optional<T> find(Class<T> type) {
        Object value = values == null ? null : values.get(type);
        return Optional.ofNullable(value == null ? exchange().get(type) : type.cast(value));
    }

    /** The request line without the query, for messages and logs: {@code GET /courses/7}. */
    @Override
    public String toString() {
        return method + " " + path.encoded();
    }

    Path canonicalPath() {
        return path;
    }

    Match<?> match() {
        return match;
    }

    boolean isReadingBody() {
        RequestBody begun = body;
        return begun != null && begun.isReading();
    }

    /** Without a copy of all header fields, unless there is one. */
    @Nullable
    String contentType() {
        Headers copy = headers;
        return copy == null ? exchange().header("Content-Type") : copy.get("Content-Type");
    }

    boolean hasBody() {
        return exchange().hasBody();
    }

    /** What hooks and views wait for. */
    CompletionStage<?> whenRead() {
        return requestBody().whenRead();
    }

    /** From when on the timeout counts: {@code start}, or later if a body has come since. */
    long lastPiece(long start) {
        RequestBody begun = body;
        return begun == null ? start : begun.lastPiece(start);
    }

    /** What may wait for the client runs there: writers, handlers of events, tasks. */
    Executor blockingThreads() {
        return threads.blocking();
    }

    /** What makes an answer of data that is at hand runs there. */
    Executor readingThreads() {
        return threads.reading(exchange());
    }

    ScheduledExecutorService timer() {
        return threads.timer();
    }

    /**
     * Ends the exchange, once what its response still owes is done, which the future tells; nothing the second time,
     * whichever response goes out.
     */
    CompletionStage<Void> end(@Nullable Afterwards afterwards, boolean disconnected) {
        Exchange ending = EXCHANGE.getAndSet(this, null);
        if (ending == null) {
            return Response.ANSWERED;
        }
        RequestBody begun = body;
        boolean nothingLeft = afterwards == null || afterwards.isEmpty(disconnected);
        if (nothingLeft && (begun == null || !begun.hasFiles())) {
            close();
            return Response.ANSWERED;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        Afterwards owed = afterwards == null ? new Afterwards() : afterwards;
        ending.execute(() -> owed.run(this, disconnected, threads, () -> {
            close();
            done.complete(null);
        }));
        return done;
    }

    Exchange exchange() {
        Exchange open = exchange;
        if (open == null) {
            throw new IllegalStateException("request " + this
                    + ": expected use before the end of the exchange, got it after. Read what you need before.");
        }
        return open;
    }

    OpenExchanges open() {
        return open;
    }

    /** Servers read header fields as Latin-1; this one is UTF-8. */
    private static String fromUtf8(String latin1) {
        return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Whoever takes the body later finds no exchange any more. */
    private RequestBody requestBody() {
        RequestBody begun = body;
        if (begun == null) {
            begun = new RequestBody(this, route, settings);
            body = begun;
        }
        return begun;
    }

    private void close() {
        RequestBody begun = body;
        if (begun != null) {
            begun.close();
        }
        open.closed();
    }
}
