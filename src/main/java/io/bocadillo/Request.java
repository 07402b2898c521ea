package io.bocadillo;

import io.bocadillo.routing.Match;
import io.bocadillo.routing.Path;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.ByteBuffer;
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
    private final Lifetime lifetime;

    /** The app whose code has this object: one that is mounted has another, of the same request. */
    private final Scope scope;

    /** That of the app which the request goes to from here. */
    private @Nullable Request inside;

    /** For {@link Values} alone. */
    @Nullable
    Values values;

    Request(Exchange exchange, Path path, Match<?> match, @Nullable Route route, Dispatcher dispatcher) {
        this.lifetime = new Lifetime(exchange);
        this.method = exchange.method();
        this.path = path;
        this.match = match;
        this.route = route;
        this.dispatcher = dispatcher;
        this.scope = dispatcher.outermost();
    }

    private Request(Request outside, Scope scope) {
        this.lifetime = outside.lifetime;
        this.method = outside.method;
        this.path = outside.path;
        this.match = outside.match;
        this.route = outside.route == null ? null : outside.route.inside();
        this.dispatcher = outside.dispatcher;
        this.scope = scope;
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
     * such a path is refused with 400, and middleware and the handler of that error see {@code /} in its place.
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
        return Forwarded.of(this).basePath(exchange());
    }

    /** Where clients find the app that asks, percent-encoded: {@link #basePath} and {@link #mountPath}, what links begin with. */
    public String root() {
        return scope.root(basePath(), path);
    }

    /** The query as it was sent, without its question mark; null when there is none. */
    public @Nullable String rawQuery() {
        return exchange().query();
    }

    /**
     * The route that answers, for logs and figures by route; null when there is none.
     *
     * <p>Its pattern is that of the whole {@link #path}, its name the one that {@link #urlFor} takes here.
     */
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

    /**
     * The link to the route of that name: {@link #basePath}, {@link #mountPath}, {@link App#urlFor(String, Map, Map)}. A name
     * that begins with a colon is that of a route beside {@link #route}, in the same recipe.
     */
    public URI urlFor(String name, Map<String, ?> params, Map<String, ?> query) {
        return URI.create(root() + app().names().path(Names.whole(name, route), params, query));
    }

    /** {@code http} or {@code https}, as a trusted proxy says ({@link Forwarded}), else as the server saw it. */
    public String scheme() {
        return Forwarded.of(this).scheme(exchange());
    }

    /** The IP address of the client, as a trusted proxy says ({@link Forwarded}), else that of the peer. */
    public String remoteAddress() {
        return Forwarded.of(this).remoteAddress(exchange());
    }

    /**
     * The host that was asked for, as sent: {@code app.example:8000}; or as a trusted proxy says ({@link Forwarded}).
     *
     * <p>It is the client's to choose, unless there are {@code AllowedHosts}; null if there is none, or several.
     */
    public @Nullable String host() {
        return Forwarded.of(this).host(exchange());
    }

    /** The whole URL that was asked for, query included; {@link HttpError} 400 if {@link #host} can't be one. */
    public URI url() {
        return RequestUrl.of(this);
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
        return lifetime.queries(this);
    }

    /** The header field, all its values if it is repeated. */
    public Param header(String name) {
        return new Param(name, headers().all(name));
    }

    /** The value of the first header field of that name, or null: a glance, for middleware, that allocates nothing. */
    public @Nullable String firstHeader(String name) {
        return lifetime.firstHeader(this, name);
    }

    /** All header fields, final. */
    public Headers headers() {
        return lifetime.headers(this);
    }

    /** The identifier of the last event that a client has got which comes back to a stream of events (HTML standard, 9.2). */
    public Param lastEventId() {
        return new Param("Last-Event-ID", ServerEvent.lastId(headers()));
    }

    /** The cookie, without the quotes its value may have (RFC 6265, section 4.1.1). */
    public Param cookie(String name) {
        return new Param(name, Cookies.named(name, headers().all("Cookie")));
    }

    /** The values of all cookies by name, in their order, unmodifiable; see {@link #cookie}. */
    public Map<String, List<String>> cookies() {
        return Cookies.all(headers().all("Cookie"));
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
        return lifetime.body(this).json(type, app().settings().json());
    }

    /**
     * What is kept for this client from one request to the next.
     *
     * @throws IllegalStateException unless the middleware {@code Sessions} is used, or if it is asked for first when the
     *     answer is there
     */
    public Session session() {
        return find(Session.class).orElseThrow(() -> Session.missing(this));
    }

    /** Leaves a value, under its class, for whoever handles the request later in this app or in one mounted in it. */
    public <T> Request put(Class<T> type, T value) {
        values = new Values(type, type.cast(Objects.requireNonNull(value)), null, values);
        return this;
    }

    /** Leaves a value that is made if somebody asks for it, in the place of an earlier one of its class. */
    public Request put(Lazy<?> value) {
        values = value.before(values);
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
                        + ", got none. Let a middleware call req.put(" + type.getSimpleName()
                        + ".class, ...), and ask before the answer is there."));
    }

    /** The same as {@link #get}, empty if there is none, or none any more because the answer is there. */
    public <T> Optional<T> find(Class<T> type) {
        T value = Values.get(this, type);
        boolean isOfServer = value == null && !Values.isNoted(values, type);
        return Optional.ofNullable(isOfServer ? exchange().get(type) : value);
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

    /** The same request, as the code of that app has it, this one or one that is mounted in it: each has one object. */
    Request in(Scope app) {
        return app == scope ? this : in(app.around()).inside(app);
    }

    /** The same as {@link #in} for an app that is mounted in this one, where it finds what has been left here until now. */
    Request entering(Scope app) {
        Request entered = inside(app);
        entered.values = Values.ofOutside(this);
        return entered;
    }

    private Request inside(Scope app) {
        inside = inside == null ? new Request(this, app) : inside;
        return inside;
    }

    Path canonicalPath() {
        return path;
    }

    Match<?> match() {
        return match;
    }

    /** Threads that may block, for middleware that calls on after something asynchronous: hooks and views run there. */
    public Executor executor() {
        return dispatcher.threads().reading(exchange());
    }

    Lifetime lifetime() {
        return lifetime;
    }

    Exchange exchange() {
        return lifetime.exchange(this);
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }
}
