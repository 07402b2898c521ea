package io.bocadillo.middleware;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy says about the request it got, each part null if it says nothing that can be understood.
 *
 * @param address of whoever asked that proxy
 * @param scheme {@code http} or {@code https}
 * @param host with its port
 */
record Hop(
        @Nullable String address,
        @Nullable String scheme,
        @Nullable String host) {

    static final Hop UNREADABLE = new Hop(null, null, null);

    /** A hop of what proxies write: a node (RFC 7239, section 6), a protocol, a host. */
    static Hop of(@Nullable String node, @Nullable String protocol, @Nullable String host) {
        return new Hop(
                node == null ? null : IpAddress.ofNode(node),
                protocol == null ? null : scheme(protocol),
                host == null || Authority.parse(host) == null ? null : host);
    }

    /** Some proxies name the protocol of a WebSocket. */
    private static @Nullable String scheme(String protocol) {
        return switch (protocol.toLowerCase(Locale.ROOT)) {
            case "http", "ws" -> "http";
            case "https", "wss" -> "https";
            default -> null;
        };
    }
}
