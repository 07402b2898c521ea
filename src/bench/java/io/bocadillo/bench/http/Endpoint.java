package io.bocadillo.bench.http;

import io.bocadillo.bench.server.Content;
import io.bocadillo.bench.server.Content.Greeting;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What is asked for, and the answer that every server has to give. */
enum Endpoint {
    PLAINTEXT("/plaintext", Content.TEXT, Content.TEXT_TYPE, Integer.MAX_VALUE, true),
    JSON("/json", json(new Greeting(Content.TEXT)), Content.JSON_TYPE, Endpoint.FEW, true),
    ROUTE(
            "/users/1742/posts/the-sandwich",
            Content.post("1742", "the-sandwich"),
            Content.TEXT_TYPE,
            Endpoint.FEW,
            true),
    ECHO("/echo", json(Content.NOTE), Content.JSON_TYPE, Endpoint.MANY, true),
    WAIT("/wait", Content.TEXT, Content.TEXT_TYPE, Integer.MAX_VALUE, false),
    BIG("/big", new String(Content.BIG, StandardCharsets.ISO_8859_1), Content.BYTES_TYPE, Endpoint.FEW, false);

    static final int FEW = 64;
    static final int MANY = 1000;

    private final String path;
    private final String answer;
    private final String type;
    private final int mostConnections;
    private final boolean behindMiddleware;

    Endpoint(String path, String answer, String type, int mostConnections, boolean behindMiddleware) {
        this.path = path;
        this.answer = answer;
        this.type = type;
        this.mostConnections = mostConnections;
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

    /** The media type without its parameters, which servers write in several ways. */
    String type() {
        return type.replaceFirst(";.*", "");
    }

    /** Whether it says something of its own: more clients are about connections, for which the simplest answers do. */
    boolean isMeasuredWith(int connections, int middleware) {
        return middleware == 0 ? connections <= mostConnections : behindMiddleware && connections <= FEW;
    }

    /** The system would buffer gigabytes of large answers for thousands. */
    boolean canBeMeasuredWith(int connections, int middleware) {
        return (this != BIG || connections <= FEW) && (behindMiddleware || middleware == 0);
    }

    private static String json(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
