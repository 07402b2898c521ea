package io.bocadillo.middleware;

import io.bocadillo.HttpError;
import io.bocadillo.Middleware;
import io.bocadillo.Next;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.StartupError;
import io.bocadillo.routing.Printable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets scripts of other sites use this one, by the CORS protocol (Fetch standard, section 3.2).
 *
 * <p>It answers preflights itself, whatever their path: 204, or 400 for one that asks for more than is allowed. Any other
 * request goes on to its view, and the answer gets the headers if its origin is allowed; it is the browser that keeps the
 * answer from a script of another one.
 */
public final class Cors implements Middleware {

    private static final String ANY = "*";

    /** Longer than any scheme, name (RFC 1035, section 2.3.4) and port together; nothing longer is compared to patterns. */
    private static final int LONGEST_ORIGIN = 512;

    /** As browsers write it (HTML standard, section 7.1.1), with the port unless it is that of the scheme. */
    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://([a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

    private static final Pattern STANDARD_PORT = Pattern.compile("http://.*:80|https://.*:443");

    private final Set<String> origins;
    private final @Nullable Pattern pattern;
    private final CorsPermissions permissions;

    private Cors(Set<String> origins, @Nullable Pattern pattern, CorsPermissions permissions) {
        this.origins = origins;
        this.pattern = pattern;
        this.permissions = permissions;
        if (permissions.credentials() && isPublic()) {
            throw new StartupError("Cors.credentials: expected origins by name, got '*'. Whoever any site may act for,"
                    + " needs no login: name the origins, or leave the credentials out.");
        }
    }

    /**
     * Allows origins such as {@code https://app.example}, or {@code *} alone for all of them.
     *
     * @throws StartupError if one is not written as browsers do, for instance with a path
     */
    public static Cors allow(String... origins) {
        if (origins.length == 0) {
            throw new StartupError("Cors.allow: expected an origin, got none. Write one like https://app.example.");
        }
        for (String origin : origins) {
            boolean isAny = origin.equals(ANY) && origins.length == 1;
            boolean isOrigin = ORIGIN.matcher(origin).matches()
                    && !STANDARD_PORT.matcher(origin).matches();
            if (!isAny && !isOrigin) {
                throw new StartupError("Cors.allow: expected an origin like https://app.example, in lower case, without"
                        + " path and standard port, or * alone, got '" + Printable.of(origin)
                        + "'. Write it as a browser sends it.");
            }
        }
        return new Cors(Set.copyOf(List.of(origins)), null, CorsPermissions.STANDARD);
    }

    /** Allows the origins that match a pattern as a whole; escape the dots, and leave no room for other domains. */
    public static Cors allow(Pattern origins) {
        return new Cors(Set.of(), origins, CorsPermissions.STANDARD);
    }

    /**
     * Allows these methods, or {@code *} for all; GET, HEAD and POST unless set, which browsers send without asking.
     *
     * @throws StartupError for what is no method
     */
    public Cors methods(String... methods) {
        return with(permissions.withMethods(methods));
    }

    /**
     * Allows these header fields in requests, or {@code *} for all; besides those that are always allowed, {@code Accept},
     * {@code Accept-Language}, {@code Content-Language} and {@code Content-Type}.
     *
     * @throws StartupError for what is no name of a field
     */
    public Cors headers(String... names) {
        return with(permissions.withHeaders(names));
    }

    /** Lets scripts read these header fields of answers, besides those that are always readable. */
    public Cors expose(String... names) {
        return with(permissions.withExposed(names));
    }

    /** Lets requests carry cookies and logins; {@link StartupError} if every origin is allowed. */
    public Cors credentials() {
        return with(permissions.withCredentials());
    }

    /** How long a browser may remember the answer to a preflight, 10 minutes unless set; {@link StartupError} if negative. */
    public Cors maxAge(Duration maxAge) {
        return with(permissions.withMaxAge(maxAge));
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) {
        String origin = req.firstHeader("Origin");
        boolean allowed = origin != null && isAllowed(origin);
        if (origin != null && req.method().equals("OPTIONS")) {
            String method = req.firstHeader("Access-Control-Request-Method");
            if (method != null) {
                return preflight(req, res, origin, allowed, method);
            }
        }
        if (isPublic()) {
            permissions.grant(res, ANY);
            return next.handle(req, res);
        }
        if (origin != null && allowed) {
            permissions.grant(res, origin);
        }
        // Before the view, for errors keep what is set by then; and after it, because it may have set the field anew.
        res.headers().vary("Origin");
        CompletionStage<?> stage = next.handle(req, res);
        if (Answered.isThere(stage)) {
            res.headers().vary("Origin");
            return stage;
        }
        return stage.thenRun(() -> res.headers().vary("Origin"));
    }

    private CompletionStage<?> preflight(Request req, Response res, String origin, boolean allowed, String method) {
        String asked = String.join(",", req.headers().all("Access-Control-Request-Headers"));
        String refusal = allowed
                ? permissions.refusal(method, asked)
                : "Origin: expected one that is allowed, got '" + Printable.of(origin) + "'.";
        if (refusal != null) {
            throw HttpError.untraced(400, refusal).header("Vary", "Origin");
        }
        permissions.grant(res, isPublic() ? ANY : origin);
        permissions.grantPreflight(res, method, asked);
        res.headers().vary("Origin");
        return res.empty();
    }

    private boolean isPublic() {
        return origins.contains(ANY);
    }

    /** The origin {@code null} may be anybody's, such as that of a sandboxed frame (HTML standard, section 7.1.1). */
    private boolean isAllowed(String origin) {
        if (pattern == null) {
            return isPublic() || origins.contains(origin);
        }
        return origin.length() <= LONGEST_ORIGIN
                && ORIGIN.matcher(origin).matches()
                && pattern.matcher(origin).matches();
    }

    private Cors with(CorsPermissions changed) {
        return new Cors(origins, pattern, changed);
    }
}
