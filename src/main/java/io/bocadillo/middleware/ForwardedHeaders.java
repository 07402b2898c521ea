package io.bocadillo.middleware;

import io.bocadillo.Forwarded;
import io.bocadillo.Middleware;
import io.bocadillo.Next;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.StartupError;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * Believes what trusted proxies say about the client they ask for: {@link Request#remoteAddress} and {@link
 * Request#scheme}, and if told so {@link Request#host} and {@link Request#basePath}, are the client's for whatever comes
 * inside of it.
 *
 * <p>From the nearest proxy on, each that is trusted is asked who asked it: the first address that is not trusted is the
 * client's. What others say does not count, because anybody can send such a header; nor does what is malformed.
 */
public final class ForwardedHeaders implements Middleware {

    private static final String PREFIX = "X-Forwarded-Prefix";

    /** Segments that are neither empty nor dots, of characters that stand for themselves (RFC 3986, section 3.3). */
    private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,=:@-]++)++");

    private final List<AddressRange> proxies;

    /** Whether it is {@code Forwarded} that counts. */
    private final boolean standard;

    private final boolean host;
    private final boolean prefix;

    private ForwardedHeaders(List<AddressRange> proxies, boolean standard, boolean host, boolean prefix) {
        this.proxies = proxies;
        this.standard = standard;
        this.host = host;
        this.prefix = prefix;
    }

    /**
     * Believes the headers {@code X-Forwarded-For} and {@code X-Forwarded-Proto} of these proxies.
     *
     * @param proxies addresses, and ranges like {@code 10.0.0.0/8}
     * @throws StartupError if there is none, or one is malformed
     */
    public static ForwardedHeaders xForwarded(String... proxies) {
        return new ForwardedHeaders(ranges("ForwardedHeaders.xForwarded", proxies), false, false, false);
    }

    /** Believes the parameters {@code for} and {@code proto} of the header {@code Forwarded} (RFC 7239) of these proxies. */
    public static ForwardedHeaders rfc7239(String... proxies) {
        return new ForwardedHeaders(ranges("ForwardedHeaders.rfc7239", proxies), true, false, false);
    }

    /**
     * Believes the host too: {@code X-Forwarded-Host} with {@code X-Forwarded-Port}, or the parameter {@code host}.
     *
     * <p>For proxies that set it in any case: one that does not lets clients choose it.
     */
    public ForwardedHeaders host() {
        return new ForwardedHeaders(proxies, standard, true, prefix);
    }

    /**
     * Believes {@code X-Forwarded-Prefix} too, the part of the path that the proxy has taken away: it is part of {@link
     * Request#basePath}, and so of redirects. For proxies that set it in any case.
     *
     * @throws StartupError with {@link #rfc7239}, which has none
     */
    public ForwardedHeaders prefix() {
        if (standard) {
            throw new StartupError("ForwardedHeaders.prefix: expected the headers X-Forwarded, got 'rfc7239'."
                    + " It has no prefix: begin with xForwarded(...).");
        }
        return new ForwardedHeaders(proxies, false, host, true);
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) {
        if (isForwarded(req) && isTrusted(req.remoteAddress())) {
            req.put(Forwarded.class, forwarded(req));
        }
        return next.handle(req, res);
    }

    private boolean isForwarded(Request req) {
        return standard
                ? req.firstHeader("Forwarded") != null
                : req.firstHeader("X-Forwarded-For") != null
                        || req.firstHeader("X-Forwarded-Proto") != null
                        || host && req.firstHeader("X-Forwarded-Host") != null
                        || prefix && req.firstHeader(PREFIX) != null;
    }

    /** The farther a proxy is, the nearer to the client: what it says takes the place of what those after it do. */
    private Forwarded forwarded(Request req) {
        List<Hop> hops =
                standard ? ForwardedField.hops(req.headers().all("Forwarded")) : XForwardedFields.hops(req.headers());
        String client = null;
        String scheme = null;
        String asked = null;
        for (Hop hop : hops) {
            scheme = hop.scheme() == null ? scheme : hop.scheme();
            asked = hop.host() == null ? asked : hop.host();
            if (hop.address() == null) {
                break;
            }
            client = hop.address();
            if (!isTrusted(client)) {
                break;
            }
        }
        return new Forwarded(client, scheme, host ? asked : null, prefix ? prefix(req) : "");
    }

    private boolean isTrusted(String address) {
        IpAddress parsed = IpAddress.parse(withoutZone(address));
        return parsed != null && proxies.stream().anyMatch(range -> range.contains(parsed));
    }

    /** Of an address that a server has written (RFC 4007, section 11). */
    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    private static String prefix(Request req) {
        List<String> given = req.headers().all(PREFIX);
        String path = given.size() == 1 ? given.get(0) : "";
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return PATH.matcher(trimmed).matches() ? trimmed : "";
    }

    private static List<AddressRange> ranges(String where, String... proxies) {
        if (proxies.length == 0) {
            throw new StartupError(
                    where + ": expected a proxy, got none. Write its address, or a range like 10.0.0.0/8.");
        }
        return Arrays.stream(proxies)
                .map(proxy -> AddressRange.parse(where, proxy))
                .toList();
    }
}
