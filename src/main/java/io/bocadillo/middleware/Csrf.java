package io.bocadillo.middleware;

import io.bocadillo.CsrfToken;
import io.bocadillo.HttpError;
import io.bocadillo.Lazy;
import io.bocadillo.Middleware;
import io.bocadillo.Next;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that other sites let a browser send: {@code app.use(new Csrf())} after {@link Sessions}.
 *
 * <p>A request that may change something, by another method than GET, HEAD, OPTIONS and TRACE, has to come from a page of
 * this app, as {@code Sec-Fetch-Site}, {@code Origin} or, on https, {@code Referer} say, and to carry a token of the
 * session: the header {@code X-CSRF-Token}, or the field {@code csrf_token} of its form. {@link CsrfToken} gives the token to
 * views and templates. Else the answer is a 403 that says why.
 *
 * <p>Where there is no route a middleware may answer: there, a request that says it is from a page of this app, or brings no
 * cookie, needs no token, and one without a cookie no {@code Referer}, so that a 404 stays one. Immutable: every setter returns a changed copy.
 */
public final class Csrf implements Middleware {

    private static final String HEADER = "X-CSRF-Token";
    private static final String FIELD = "csrf_token";

    /** Those that change nothing (RFC 9110, section 9.2.1). */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final RequestOrigin origins;

    /** The names of routes, each with what says so. */
    private final Map<String, String> exempt;

    private final Lazy<CsrfToken> token = new Lazy<>(CsrfToken.class, req -> new CsrfToken(req.session()));

    /** Creates the middleware, which trusts the origin of the app alone. */
    public Csrf() {
        this(new RequestOrigin(Set.of()), Map.of());
    }

    private Csrf(RequestOrigin origins, Map<String, String> exempt) {
        this.origins = origins;
        this.exempt = exempt;
    }

    /**
     * Takes requests from pages of another origin too: {@code https://app.example}; they need a token as well.
     *
     * @throws io.bocadillo.StartupError for what is no origin (RFC 6454, section 6.2)
     */
    public Csrf trust(String origin) {
        return new Csrf(origins.trusting(origin), exempt);
    }

    /**
     * Leaves the routes of these names alone, for instance those that only other servers call, with a signature.
     *
     * @param routeNames as {@link Request#urlFor} takes them where this middleware stands: {@code api:hook} around a mount
     *     with the name {@code api}, {@code hook} in the mounted app itself
     * @throws io.bocadillo.StartupError at the start, if there is no route of a name
     */
    public Csrf exempt(String... routeNames) {
        return exempt("Csrf.exempt", List.of(routeNames));
    }

    /** The same as something else says, which messages name. */
    Csrf exempt(String where, List<String> routeNames) {
        Map<String, String> more = new HashMap<>(exempt);
        routeNames.forEach(name -> more.putIfAbsent(name, where));
        return new Csrf(origins, Map.copyOf(more));
    }

    @Override
    public Map<String, String> routeNames() {
        return exempt;
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) {
        req.put(token);
        if (SAFE.contains(req.method()) || isExempt(req.route())) {
            return next.handle(req, res);
        }
        boolean isUnrouted = req.route() == null;
        boolean isAnonymous = isUnrouted && req.firstHeader("Cookie") == null;
        String stranger = isAnonymous ? origins.declaredStranger(req) : origins.stranger(req);
        if (stranger != null) {
            throw refused("a request from a page of this app", stranger);
        }
        if (isAnonymous || isUnrouted && origins.isOwnPage(req)) {
            return next.handle(req, res);
        }
        if (req.header(HEADER).isPresent()) {
            check(req, req.header(HEADER).value());
            return next.handle(req, res);
        }
        if (!isForm(req)) {
            throw refused("the header " + HEADER, "none");
        }
        return req.whenForm().thenCompose(form -> {
            check(req, form.field(FIELD).orElse(""));
            return next.handle(req, res);
        });
    }

    private boolean isExempt(@Nullable Route route) {
        String name = route == null ? null : route.name();
        return name != null && exempt.containsKey(name);
    }

    /** Whether there may be a field to look for; the body of a route that streams is the view's. */
    private static boolean isForm(Request req) {
        Route route = req.route();
        String type = req.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return route != null
                && !route.isStreaming()
                && (type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/form-data"));
    }

    private static void check(Request req, String sent) {
        if (sent.isEmpty()) {
            throw refused("the header " + HEADER + " or the field " + FIELD, "none");
        }
        if (!req.get(CsrfToken.class).matches(sent)) {
            throw refused("a token of this session", "another one. Load the page again");
        }
    }

    private static HttpError refused(String expected, String got) {
        return HttpError.untraced(403, "csrf: expected " + expected + ", got " + got + ".");
    }
}
