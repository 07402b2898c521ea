package io.bocadillo.testing;

import io.bocadillo.App;
import io.bocadillo.Headers;
import io.bocadillo.Response;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Talks to an app without a socket: its middleware, routes, error handlers and limits, all but the server.
 *
 * <p>The app starts with the client and runs until {@link #close()}, which matters to an app with shutdown events.
 * Redirects are not followed.
 *
 * <p>It is one visitor: cookies are kept and sent as a browser does (RFC 6265bis), by itself and those made of it by {@link
 * #with}. {@code TestClient.of} of the same app makes another visitor. Safe for use by several threads.
 */
public final class TestClient implements AutoCloseable {

    private static final byte[] NOTHING = {};
    private static final String CONTENT_TYPE = "Content-Type";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final App app;
    private final Duration patience;
    private final Headers headers;
    private final CookieJar cookies;
    private final AtomicBoolean closed;

    private TestClient(App app, Duration patience, Headers headers, CookieJar cookies, AtomicBoolean closed) {
        this.app = app;
        this.patience = patience;
        this.headers = headers;
        this.cookies = cookies;
        this.closed = closed;
    }

    /** Starts the app, and has no cookies yet; {@link io.bocadillo.StartupError} if the app has a mistake. */
    public static TestClient of(App app) {
        return of(app, PATIENCE);
    }

    /** One that waits for each piece of a streamed answer for so long. */
    static TestClient of(App app, Duration patience) {
        app.start();
        return new TestClient(app, patience, new Headers(), new CookieJar(), new AtomicBoolean());
    }

    /**
     * A client for the same app that sends a header field with every request, in the place of one of that name.
     *
     * <p>It shares the cookies, unless the field is {@code Cookie}: that is sent as it is, and no cookie is kept.
     */
    public TestClient with(String header, String value) {
        return new TestClient(app, patience, new Headers().addAll(headers).set(header, value), cookies, closed);
    }

    /** Sends GET; the target is a raw path from its slash, with a query if there is one. */
    public TestResponse get(String target) {
        return request("GET", target, NOTHING);
    }

    /** Sends HEAD. */
    public TestResponse head(String target) {
        return request("HEAD", target, NOTHING);
    }

    /** Sends OPTIONS. */
    public TestResponse options(String target) {
        return request("OPTIONS", target, NOTHING);
    }

    /** Sends DELETE. */
    public TestResponse delete(String target) {
        return request("DELETE", target, NOTHING);
    }

    /** Sends POST without a body. */
    public TestResponse post(String target) {
        return request("POST", target, NOTHING);
    }

    /** Sends POST with a body; see {@link #request}. */
    public TestResponse post(String target, Object body) {
        return request("POST", target, body);
    }

    /** Sends PUT with a body; see {@link #request}. */
    public TestResponse put(String target, Object body) {
        return request("PUT", target, body);
    }

    /** Sends PATCH with a body; see {@link #request}. */
    public TestResponse patch(String target, Object body) {
        return request("PATCH", target, body);
    }

    /**
     * Sends a request, and waits for the whole answer and its background tasks.
     *
     * <p>It is for the host {@code localhost}, unless {@link #with} gives another one. A body is announced by its {@code
     * Content-Length}, unless {@link #with} gives another one or a {@code Transfer-Encoding}. {@link IllegalStateException} if
     * the answer breaks off, or if nothing of a streamed one comes for 30 s; then this client has gone, as others go.
     *
     * @param target the raw path from its slash, with a query if there is one
     * @param body bytes as they are; a string as plain text; a {@link TestForm}; anything else as JSON. A {@code Content-Type} given by
     *     {@link #with} stays
     */
    public TestResponse request(String method, String target, Object body) {
        try (Received received = send(method, target, body)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (ByteBuffer piece = received.next(); piece != null; piece = received.next()) {
                byte[] copy = new byte[piece.remaining()];
                piece.duplicate().get(copy);
                bytes.writeBytes(copy);
            }
            Response response = received.response();
            Headers headers = new Headers().addAll(response.headers());
            if (response.bodyLength() >= 0) {
                headers.set("Content-Length", Long.toString(response.bodyLength()));
            }
            return new TestResponse(
                    response.status(),
                    headers,
                    bytes.toByteArray(),
                    app.settings().json());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it waited for the answer", interrupted);
        }
    }

    /** Sends GET, and leaves the answer to be taken piece by piece: for streams that have no end of their own. */
    public TestStream stream(String target) {
        try {
            return new TestStream(send("GET", target, NOTHING));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it waited for the answer", interrupted);
        }
    }

    private Received send(String method, String target, Object body) throws InterruptedException {
        Headers sent = new Headers().addAll(headers);
        setUnlessThere(sent, "Host", "localhost");
        String host = Objects.requireNonNull(sent.get("Host"));
        String path = target.split("\\?", 2)[0];
        boolean keepsCookies = !sent.contains("Cookie");
        String kept = keepsCookies ? cookies.header(host, path) : null;
        if (kept != null) {
            sent.set("Cookie", kept);
        }
        byte[] bytes = encode(body, sent);
        if (bytes.length > 0 && !sent.contains("Content-Length") && !sent.contains("Transfer-Encoding")) {
            sent.set("Content-Length", Integer.toString(bytes.length));
        }
        Received received = Received.of(
                app.handle(new TestExchange(method, target, sent, bytes)).join(), patience);
        if (keepsCookies) {
            cookies.keep(host, path, received.response().headers());
        }
        return received;
    }

    /** Stops the app, once for this client and those made of it by {@link #with}. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            app.stop();
        }
    }

    private byte[] encode(Object body, Headers sent) {
        if (body instanceof byte[] bytes) {
            return bytes;
        }
        if (body instanceof TestForm form) {
            setUnlessThere(sent, CONTENT_TYPE, form.contentType());
            return form.body();
        }
        if (body instanceof String text) {
            setUnlessThere(sent, CONTENT_TYPE, "text/plain; charset=utf-8");
            return text.getBytes(StandardCharsets.UTF_8);
        }
        setUnlessThere(sent, CONTENT_TYPE, "application/json");
        return app.settings().json().encode(body);
    }

    private static void setUnlessThere(Headers headers, String name, String value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }
}
