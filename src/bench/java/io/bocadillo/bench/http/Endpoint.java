package io.bocadillo.bench.http;

import io.bocadillo.bench.server.Content;
import io.bocadillo.bench.server.Content.Greeting;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What is asked for, and the answer that every server has to give. */
enum Endpoint {
    PLAINTEXT("/plaintext", Content.TEXT, Content.TEXT_TYPE, true),
    JSON("/json", json(new Greeting(Content.TEXT)), Content.JSON_TYPE, true),
    ROUTE("/users/1742/posts/the-sandwich", Content.post("1742", "the-sandwich"), Content.TEXT_TYPE, true),
    ECHO("/echo", json(Content.NOTE), Content.JSON_TYPE, true),
    WAIT("/wait", Content.TEXT, Content.TEXT_TYPE, false),
    BIG("/big", new String(Content.BIG, StandardCharsets.ISO_8859_1), Content.BYTES_TYPE, false);

    private static final int CONNECTIONS_OF_BIG = 64;

    private final String path;
    private final String answer;
    private final String type;
    private final boolean behindMiddleware;

    Endpoint(String path, String answer, String type, boolean behindMiddleware) {
        this.path = path;
        this.answer = answer;
        this.type = type;
        this.behindMiddleware = behindMiddleware;
    }

    String path() {
        return path;
    }

    /** The JSON to send with POST; null for GET. */
    @Nullable
    String requestBody() {
        return this == ECHO ? answer : null;
    }

    String answer() {
        return answer;
    }

    /** The start of the media type, which servers write in several ways. */
    String type() {
        return type.substring(0, type.indexOf('/'));
    }

    /** Whether it says enough with so many clients: the system would buffer gigabytes of large answers for thousands. */
    boolean isMeasuredWith(int connections, int middleware) {
        return (this != BIG || connections <= CONNECTIONS_OF_BIG) && (behindMiddleware || middleware == 0);
    }

    private static String json(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
