package io.bocadillo.middleware;

import io.bocadillo.ClientDisconnect;
import io.bocadillo.Middleware;
import io.bocadillo.Next;
import io.bocadillo.Outcome;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.Route;
import io.bocadillo.routing.InvalidPathException;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each request when its answer has gone out, or has broken off, at level INFO.
 *
 * <pre>
 *   method=GET path=/items/7 status=200 bytes=17 ms=1.204 end=sent route=/items/{pk} peer=192.0.2.1 id=-
 * </pre>
 *
 * <p>The line is written by the thread that ends the exchange, which may be one that serves many connections: let the appender
 * be asynchronous, or one that never waits for long.
 *
 * <p>A value with anything but printable ASCII, or with a space, a quote, a backslash or an equals sign, is in quotes and
 * escaped: nobody writes lines of their own. The query is not in it, because secrets are.
 */
public final class AccessLog implements Middleware {

    private final Logger log;

    /** Writes to the logger {@code io.bocadillo.access}. */
    public AccessLog() {
        this("io.bocadillo.access");
    }

    /** Writes to the logger of that name. */
    public AccessLog(String logger) {
        this.log = LoggerFactory.getLogger(logger);
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) {
        if (log.isInfoEnabled()) {
            long start = System.nanoTime();
            String path = path(req);
            String peer = req.remoteAddress();
            String id = RequestId.orNone(req);
            req.onEnd(outcome -> log.info(line(req, path, outcome, System.nanoTime() - start, peer, id)));
        }
        return next.handle(req, res);
    }

    /** One that was refused, as it was sent. */
    private static String path(Request req) {
        return req.find(InvalidPathException.class)
                .map(InvalidPathException::path)
                .orElseGet(req::path);
    }

    private static String line(Request req, String path, Outcome outcome, long nanos, String peer, String id) {
        Route route = req.route();
        StringBuilder line = new StringBuilder(160);
        append(line, "method", req.method());
        append(line, "path", path);
        append(line, "status", Integer.toString(outcome.status()));
        append(line, "bytes", outcome.bytes() < 0 ? "-" : Long.toString(outcome.bytes()));
        append(line, "ms", String.format(Locale.ROOT, "%.3f", nanos / 1e6));
        append(line, "end", end(outcome.failure()));
        append(line, "route", route == null ? "-" : route.pattern());
        append(line, "peer", peer);
        append(line, "id", id);
        return line.toString();
    }

    private static String end(@Nullable Throwable failure) {
        if (failure == null) {
            return "sent";
        }
        return failure instanceof ClientDisconnect ? "client-gone" : "failed";
    }

    private static void append(StringBuilder line, String key, String value) {
        line.append(line.isEmpty() ? "" : " ").append(key).append('=');
        if (!value.isEmpty() && value.chars().allMatch(AccessLog::isPlain)) {
            line.append(value);
            return;
        }
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7F) {
                line.append(c);
            } else {
                line.append(String.format("\\u%04X", (int) c));
            }
        }
        line.append('"');
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c < 0x7F && c != '"' && c != '\\' && c != '=';
    }
}
