package io.bocadillo.middleware;

import io.bocadillo.Headers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers {@code X-Forwarded-For}, {@code -Proto}, {@code -Host} and {@code -Port}, which no standard describes.
 *
 * <p>Each proxy adds to the end of the list of addresses. With the others some do the same, and some replace what is
 * there: a list as long as that of the addresses is taken hop by hop, of any other only its end, which is the nearest
 * proxy's.
 */
final class XForwardedFields {

    private XForwardedFields() {}

    /** The hops, the nearest one first. */
    static List<Hop> hops(Headers headers) {
        List<String> nodes = values(headers, "X-Forwarded-For");
        List<String> protocols = values(headers, "X-Forwarded-Proto");
        List<String> hosts = values(headers, "X-Forwarded-Host");
        List<String> ports = values(headers, "X-Forwarded-Port");
        int count = Math.max(1, nodes.size());
        List<Hop> hops = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            hops.add(Hop.of(
                    i < nodes.size() ? nodes.get(i) : null,
                    at(protocols, i, count),
                    withPort(at(hosts, i, count), at(ports, i, count))));
        }
        return hops;
    }

    /** The values of all fields of that name, the last one first. */
    private static List<String> values(Headers headers, String name) {
        List<String> values = new ArrayList<>();
        List<String> fields = headers.all(name);
        for (int i = fields.size() - 1; i >= 0; i--) {
            String[] members = fields.get(i).split(",");
            for (int k = members.length - 1; k >= 0; k--) {
                values.add(members[k].strip());
            }
        }
        return values;
    }

    private static @Nullable String at(List<String> values, int hop, int hops) {
        return hop == 0 && !values.isEmpty() || values.size() == hops ? values.get(hop) : null;
    }

    /** The port of its own field counts if the host has none; those of the schemes need not be said. */
    private static @Nullable String withPort(@Nullable String host, @Nullable String port) {
        Authority authority = host == null ? null : Authority.parse(host);
        boolean says = port != null && port.matches("[0-9]{1,5}") && !port.equals("80") && !port.equals("443");
        return authority != null && authority.port() < 0 && says ? host + ":" + port : host;
    }
}
