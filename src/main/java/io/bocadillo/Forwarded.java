package io.bocadillo;

import org.jspecify.annotations.Nullable;

/**
 * What a trusted proxy says about a request that it has forwarded, each part null if it says nothing (RFC 7239, section 4).
 *
 * <p>Who trusts a proxy puts it on the request, with {@code req.put(Forwarded.class, ...)}, and has checked it: from then
 * on {@link Request#remoteAddress}, {@link Request#scheme}, {@link Request#host} and {@link Request#basePath} are those of
 * the client.
 *
 * @param remoteAddress the IP address of the client
 * @param scheme {@code http} or {@code https}
 * @param host the host the client asked for, with the port unless it is that of the scheme
 * @param prefix the part of the path, from its slash, that the proxy has taken away; empty for none
 */
public record Forwarded(
        @Nullable String remoteAddress,
        @Nullable String scheme,
        @Nullable String host,
        String prefix) {

    private static final Forwarded NOTHING = new Forwarded(null, null, null, "");

    /** What is known of a request. */
    static Forwarded of(Request req) {
        Forwarded known = Values.get(req, Forwarded.class);
        return known == null ? NOTHING : known;
    }

    String remoteAddress(Exchange seen) {
        return remoteAddress == null ? seen.remoteAddress() : remoteAddress;
    }

    String scheme(Exchange seen) {
        return scheme == null ? seen.scheme() : scheme;
    }

    @Nullable
    String host(Exchange seen) {
        return host == null ? seen.authority() : host;
    }

    String basePath(Exchange seen) {
        return prefix.isEmpty() ? seen.basePath() : prefix + seen.basePath();
    }
}
