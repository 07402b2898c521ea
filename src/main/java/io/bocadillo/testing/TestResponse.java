package io.bocadillo.testing;

import io.bocadillo.Headers;
import io.bocadillo.Json;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a {@link TestClient} got: the answer as a client over a socket would see it. */
public final class TestResponse {

    private final int status;
    private final Headers headers;
    private final byte[] body;
    private final Json json;

    TestResponse(int status, Headers headers, byte[] body, Json json) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.json = json;
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** All header fields. */
    public Headers headers() {
        return headers;
    }

    /** The value of the first header field of that name, or null. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** The body; empty when there is none. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /**
     * The body read as JSON by the codec of the app.
     *
     * @throws IllegalStateException if the {@code Content-Type} is not JSON
     * @throws io.bocadillo.HttpError if the body is not, or does not fit
     */
    public <T> T json(Class<T> type) {
        return json((Type) type);
    }

    /** The body read as JSON of a generic type; see {@link #json(Class)}. */
    public <T> T json(Type type) {
        String contentType = headers.get("Content-Type");
        String mediaType = contentType == null ? "" : contentType.split(";", 2)[0].strip();
        if (!mediaType.equals("application/json") && !mediaType.endsWith("+json")) {
            throw new IllegalStateException(
                    "json: expected an answer in JSON, got '" + this + "'. Read text(), or body().");
        }
        return json.decode(body, type);
    }

    /** Status, headers and body, for messages of assertions. */
    @Override
    public String toString() {
        return status + "\n" + headers + "\n" + text();
    }
}
