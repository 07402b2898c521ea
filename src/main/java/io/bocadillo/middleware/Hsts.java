package io.bocadillo.middleware;

import io.bocadillo.HttpError;
import io.bocadillo.Middleware;
import io.bocadillo.Next;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.StartupError;
import io.bocadillo.routing.PercentEncoding;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets browsers use https alone (HTTP Strict Transport Security, RFC 6797): what comes by http is redirected with 308, and
 * what is answered by https says that http is over for this host.
 *
 * <p>Requests to this very machine, {@code localhost} and addresses of the loopback, are left alone. Behind a proxy that
 * ends TLS it needs {@link ForwardedHeaders} before it, or it would redirect without end.
 */
public final class Hsts implements Middleware {

    private static final Logger LOG = LoggerFactory.getLogger(Hsts.class);

    private static final Duration YEAR = Duration.ofDays(365);
    private static final int STANDARD_PORT = 443;
    private static final int HIGHEST_PORT = 65_535;

    /** RFC 3986, section 3.3. */
    private static final String UNESCAPED_IN_PATHS = "-._~!$&'()*+,=:@/";

    private static final AddressRange LOOPBACK = AddressRange.parse("Hsts", "127.0.0.0/8");
    private static final AddressRange LOOPBACK_V6 = AddressRange.parse("Hsts", "::1");

    private final Duration maxAge;
    private final boolean subDomains;
    private final boolean preload;
    private final boolean redirect;
    private final int port;
    private final String header;
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    /** Redirects, and holds for a year, for this host alone. */
    public Hsts() {
        this(YEAR, false, false, true, STANDARD_PORT);
    }

    private Hsts(Duration maxAge, boolean subDomains, boolean preload, boolean redirect, int port) {
        if (maxAge.isNegative() || preload && maxAge.compareTo(YEAR) < 0) {
            throw new StartupError("Hsts.maxAge: expected " + (preload ? "a year or more to be preloaded" : "0 or more")
                    + ", got '" + maxAge.toSeconds() + "' seconds. Give a longer duration.");
        }
        if (port < 1 || port > HIGHEST_PORT) {
            throw new StartupError("Hsts.port: expected 1 to 65535, got '" + port + "'. Give the port of https.");
        }
        this.maxAge = maxAge;
        this.subDomains = subDomains;
        this.preload = preload;
        this.redirect = redirect;
        this.port = port;
        this.header = "max-age=" + maxAge.toSeconds() + (subDomains ? "; includeSubDomains" : "")
                + (preload ? "; preload" : "");
    }

    /** How long a browser remembers it, a year unless set; zero lets it forget. {@link StartupError} if negative. */
    public Hsts maxAge(Duration maxAge) {
        return new Hsts(maxAge, subDomains, preload, redirect, port);
    }

    /** Holds for all hosts below this one too: none of them may need http (RFC 6797, section 6.1.2). */
    public Hsts includeSubDomains() {
        return new Hsts(maxAge, true, preload, redirect, port);
    }

    /**
     * Agrees that browsers are delivered with this host in their list, which includes sub-domains and is hard to undo; it
     * has to be entered at hstspreload.org.
     *
     * @throws StartupError unless it holds for a year
     */
    public Hsts preload() {
        return new Hsts(maxAge, true, true, redirect, port);
    }

    /** Leaves requests by http alone, for where something before the app redirects them. */
    public Hsts withoutRedirect() {
        return new Hsts(maxAge, subDomains, preload, false, port);
    }

    /** The port to redirect to, 443 unless set; {@link StartupError} if it is none. */
    public Hsts port(int port) {
        return new Hsts(maxAge, subDomains, preload, redirect, port);
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) {
        if (req.scheme().equals("https")) {
            res.header("Strict-Transport-Security", header);
            return next.handle(req, res);
        }
        // The header must not go over http (RFC 6797, section 7.2).
        if (!redirect) {
            return next.handle(req, res);
        }
        String host = host(req);
        if (isLocal(host)) {
            warnOfStranger(req, host);
            return next.handle(req, res);
        }
        return toHttps(host, req, res);
    }

    /** A proxy that names itself makes the whole internet this machine; nothing else would tell. */
    private void warnOfStranger(Request req, String host) {
        if (hasWarned.get()) {
            return;
        }
        IpAddress client = IpAddress.parse(req.remoteAddress());
        if (client != null && !isLoopback(client) && hasWarned.compareAndSet(false, true)) {
            LOG.warn(
                    "hsts: expected the host '{}' from this machine alone, got it from {}, and did not redirect to https."
                            + " Let the proxy send the host that was asked for, as 'proxy_set_header Host $host;' of nginx.",
                    host,
                    req.remoteAddress());
        }
    }

    private CompletionStage<?> toHttps(String host, Request req, Response res) {
        String path = req.basePath() + PercentEncoding.encode(req.path(), UNESCAPED_IN_PATHS);
        String query = req.rawQuery() == null ? "" : "?" + req.rawQuery();
        String authority = port == STANDARD_PORT ? host : host + ":" + port;
        return res.status(308).redirect("https://" + authority + path + query);
    }

    /** Names that are only ever this machine's (RFC 6761, section 6.3), and its addresses (RFC 1122, RFC 4291). */
    private static boolean isLocal(String host) {
        IpAddress address = IpAddress.parse(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        return address == null ? host.equals("localhost") || host.endsWith(".localhost") : isLoopback(address);
    }

    private static boolean isLoopback(IpAddress address) {
        return LOOPBACK.contains(address) || LOOPBACK_V6.contains(address);
    }

    private static String host(Request req) {
        String host = req.host();
        Authority authority = host == null ? null : Authority.parse(host);
        if (authority == null) {
            throw HttpError.untraced(400, "Host: expected one to redirect to, got none.");
        }
        return authority.host();
    }
}
