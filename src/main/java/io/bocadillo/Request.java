package io.bocadillo;

import io.bocadillo.routing.Match;
import io.bocadillo.routing.Path;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
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

    private final String method;
    private final Path path;
    private final Match<?> match;
    private final @Nullable Route route;
    private final Dispatcher dispatcher;

    /** The app that has the request at the moment. */
    private volatile Scope scope;

    private final Lifetime lifetime;
    private @Nullable Map<String, List<String>> queries;
    private @Nullable Headers headers;
    private @Nullable Map<Class<?>, Object> values;

    Request(Exchange exchange, Path path, Match<?> match, @Nullable Route route, Dispatcher dispatcher) {
        this.lifetime = new Lifetime(exchange);
        this.method = exchange.method();
        this.path = path;
        this.match = match;
        this.route = route;
        this.dispatcher = dispatcher;
        this.scope = dispatcher.outermost();
    }

    /** The method, case-sensitive: {@code GET} (RFC 9110, section 9.1). */
    public String method() {
        return method;
    }

    /**
     * The path inside the app that the server hosts, {@link #mountPath} included, decoded once: {@code /caf%C3%A9} is
     * {@code /café}.
     *
     * <p>It is canonical: it has no empty or dot segment, no parameter, backslash or control character; a request with
     * such a path is refused with 400, and the handler of that error sees {@code /} in its place.
     */
    public String path() {
        return path.toString();
    }

    /** The leading part of {@link #path} at which the app that asks is mounted: {@code /api}, empty if it is not. */
    public String mountPath() {
        return scope.mountPath(path);
    }

    /**
     * Where clients find the app that the server hosts, {@code /shop/api}, or empty at the root: context path and servlet
     * path together, and before them what a trusted proxy has taken away ({@link Forwarded}).
     */
    public String basePath() {
        String prefix = forwarded().prefix();
        return prefix.isEmpty() ? exchange().basePath() : prefix + exchange().basePath();
    }

    /** The query as it was sent, without its question mark; null when there is none. */
    public @Nullable String rawQuery() {
        return exchange().query();
    }

    /** The route that answers, for logs and figures by route; null when there is none. */
    public @Nullable Route route() {
        return route;
    }

    /** The URL of the route of that name, which has no parameters; see {@link #urlFor(String, Map, Map)}. */
    public URI urlFor(String name) {
        return urlFor(name, Map.of());
    }

    /** The URL of the route of that name, with its parameters; see {@link #urlFor(String, Map, Map)}. */
    public URI urlFor(String name, Map<String, ?> params) {
        return urlFor(name, params, Map.of());
    }

    /** The link to the route of that name: {@link #basePath}, {@link #mountPath}, {@link App#urlFor(String, Map, Map)}. */
    public URI urlFor(String name, Map<String, ?> params, Map<String, ?> query) {
        return URI.create(root() + app().urlFor(name, params, query));
    }

    /** {@code http} or {@code https}, as a trusted proxy says ({@link Forwarded}), else as the server saw it. */
    public String scheme() {
        String scheme = forwarded().scheme();
        return scheme == null ? exchange().scheme() : scheme;
    }

    /** The IP address of the client, as a trusted proxy says ({@link Forwarded}), else that of the peer. */
    public String remoteAddress() {
        String address = forwarded().remoteAddress();
        return address == null ? exchange().remoteAddress() : address;
    }

    /**
     * The host that was asked for, as sent: {@code app.example:8000}; or as a trusted proxy says ({@link Forwarded}).
     *
     * <p>It is the client's to choose, unless there are {@code AllowedHosts}; null if there is none, or several.
     */
    public @Nullable String host() {
        String host = forwarded().host();
        return host == null ? exchange().authority() : host;
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

    /** The value of the first header field of that name, or null: a glance, for middleware, that allocates nothing. */
    public @Nullable String firstHeader(String name) {
        Headers copy = headers;
        return copy == null ? exchange().header(name) : copy.get(name);
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
        return new Param("Last-Event-ID", ServerEvent.lastId(headers()));
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
        return lifetime.body(this).bytes();
    }

    /**
     * The body as soon as it has been read, up to the limit of the route.
     *
     * @return fails with {@link HttpError} 413 beyond {@link Route#maxBody}, 415 for a {@code Content-Encoding}, 400
     *     when the client breaks off
     */
    public CompletionStage<byte[]> whenBody() {
        return lifetime.body(this).whenBytes();
    }

    /**
     * The body of a {@link Route#streaming} route as it comes, read no faster than it is asked for.
     *
     * @return for one subscriber, of whose signals errors are {@link HttpError}s: 413 beyond {@link Route#maxBody}, 400
     *     when the client breaks off, 408 when it stands still
     * @throws IllegalStateException if the route is not streaming, or the body has been taken in another way
     */
    public Flow.Publisher<ByteBuffer> stream() {
        return lifetime.body(this).stream();
    }

    /**
     * The form that was sent, empty when there is no body: its fields and files.
     *
     * @throws HttpError 415 if the body is no form, 400 if it is malformed, 413 if it has too many fields
     * @throws IllegalStateException in middleware, where the body has not been read yet, see {@link #whenForm}; and in a
     *     route that takes it as {@link #parts}
     */
    public Form form() {
        return lifetime.body(this).form();
    }

    /**
     * The form as soon as it has been read, for middleware.
     *
     * @return fails with {@link HttpError} 413 beyond {@link Route#maxBody}, else {@link Settings#maxUpload}, or another
     *     limit, 431 for too many header fields in a part, 507 if there is no room for its files, 500 if they can't be
     *     stored, and as {@link #form} and {@link #whenBody} do
     */
    public CompletionStage<Form> whenForm() {
        return lifetime.body(this).whenForm();
    }

    /**
     * The parts of the multipart form that a {@link Route#streaming} route takes, each as it arrives.
     *
     * @return for one subscriber, who asks for a part when done with the last; fails as {@link #stream} and
     *     {@link #whenForm} do
     * @throws HttpError 415 if the body is no multipart form, 400 if it names no boundary
     */
    public Flow.Publisher<Part> parts() {
        return lifetime.body(this).parts();
    }

    /** The body as text, in the charset of its {@code Content-Type}, else UTF-8; {@link HttpError} 400 if it is not. */
    public String text() {
        return lifetime.body(this).text();
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
        return lifetime.body(this).json(type);
    }

    /**
     * What is kept for this client from one request to the next.
     *
     * @throws IllegalStateException unless the middleware {@code Sessions} is used
     */
    public Session session() {
        return find(Session.class)
                .orElseThrow(() -> new IllegalStateException("session of " + this
                        + ": expected the middleware Sessions before this, got none. Add app.use(new Sessions(key))."));
    }

    /** Leaves a value for whoever handles this request later, to be found by its class. */
    public <T> Request put(Class<T> type, T value) {
        if (values == null) {
            values = new IdentityHashMap<>(4);
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

    /**
     * Lets a listener know how the exchange ended: when the answer has been sent, or broke off, and before background
     * tasks run.
     *
     * <p>It is called once, whatever the answer becomes, on the thread that ends the exchange, and must not block.
     *
     * @throws IllegalStateException if the exchange has ended
     */
    public Request onEnd(Consumer<Outcome> listener) {
        EndListener.add(this, listener);
        return this;
    }

    /** The request line without the query, for messages and logs: {@code GET /courses/7}. */
    @Override
    public String toString() {
        return method + " " + path.encoded();
    }

    App app() {
        return scope.app();
    }

    /** Where the app that asks is to be found, percent-encoded. */
    String root() {
        return scope.root(basePath(), path);
    }

    /** Hands it over to an app, and says which one had it. */
    Scope enter(Scope inside) {
        Scope outside = scope;
        scope = inside;
        return outside;
    }

    Path canonicalPath() {
        return path;
    }

    Match<?> match() {
        return match;
    }

    boolean hasBody() {
        return exchange().hasBody();
    }

    /** What hooks and views wait for. */
    CompletionStage<?> whenRead() {
        return lifetime.body(this).whenRead();
    }

    AppThreads threads() {
        return dispatcher.threads();
    }

    /** Threads that may block, for middleware that calls on after something asynchronous: hooks and views run there. */
    public Executor executor() {
        return threads().reading(exchange());
    }

    Lifetime lifetime() {
        return lifetime;
    }

    Exchange exchange() {
        return lifetime.exchange(this);
    }

    OpenExchanges open() {
        return dispatcher.open();
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    private Forwarded forwarded() {
        Object forwarded = values == null ? null : values.get(Forwarded.class);
        return forwarded == null ? Forwarded.NOTHING : (Forwarded) forwarded;
    }
}
