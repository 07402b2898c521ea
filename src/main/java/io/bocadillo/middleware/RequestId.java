package io.bocadillo.middleware;

import io.bocadillo.Middleware;
import io.bocadillo.Next;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.StartupError;
import io.bocadillo.routing.Printable;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * Gives every request a name, under which it is found in the logs of all who had to do with it: that which it comes with,
 * or a new one. The answer carries it too.
 */
public final class RequestId implements Middleware {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** What may stand in a log as it is; other identifiers are replaced. */
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._~:/+=@-]{1,128}");

    private record Value(String id) {}

    private final String header;
    private final boolean accept;

    /** Takes it from {@code X-Request-ID}, and puts it there. */
    public RequestId() {
        this("X-Request-ID", true);
    }

    private RequestId(String header, boolean accept) {
        this.header = header;
        this.accept = accept;
    }

    /** The header in the place of {@code X-Request-ID}; {@link StartupError} if that is no name of one. */
    public RequestId header(String name) {
        if (!TOKEN.matcher(name).matches()) {
            throw new StartupError("RequestId.header: expected a name like X-Request-ID, got '" + Printable.of(name)
                    + "'. Write a token (RFC 9110, section 5.1).");
        }
        return new RequestId(name, accept);
    }

    /** Creates one for every request, whatever it comes with: for apps that clients talk to directly. */
    public RequestId alwaysNew() {
        return new RequestId(header, false);
    }

    /**
     * The identifier of a request: 1 to 128 letters, digits and {@code . _ ~ : / + = @ -}.
     *
     * @throws IllegalStateException if this middleware is not around
     */
    public static String of(Request req) {
        return req.get(Value.class).id();
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) {
        String given = accept ? req.firstHeader(header) : null;
        String id = given != null && VALID.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
        req.put(Value.class, new Value(id));
        res.header(header, id);
        return next.handle(req, res);
    }

    /** For logs: {@code -} without this middleware. */
    static String orNone(Request req) {
        return req.find(Value.class).map(Value::id).orElse("-");
    }
}
