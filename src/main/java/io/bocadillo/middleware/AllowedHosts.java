package io.bocadillo.middleware;

import io.bocadillo.HttpError;
import io.bocadillo.Middleware;
import io.bocadillo.Next;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.StartupError;
import io.bocadillo.routing.Printable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Refuses with 400 what was sent to another host than those of this site: what the client chooses must not get into
 * links, redirects and caches, and a name that somebody points here must not open it to their scripts (DNS rebinding).
 *
 * <p>The port does not count. A request without a host, with several or with a malformed one is refused too.
 */
public final class AllowedHosts implements Middleware {

    private final Set<String> hosts = new HashSet<>();

    /** The domains of those with a wildcard, from their dot. */
    private final List<String> domains = new ArrayList<>();

    /**
     * Allows these hosts: {@code app.example}, an address, {@code [::1]}, or {@code *.app.example} for every name below
     * {@code app.example}, but not itself.
     *
     * @throws StartupError if there is none, or one is malformed or has a port
     */
    public AllowedHosts(String... hosts) {
        if (hosts.length == 0) {
            throw new StartupError("AllowedHosts: expected a host, got none. Write one like app.example.");
        }
        for (String host : hosts) {
            boolean isWildcard = host.startsWith("*.");
            Authority authority = Authority.parse(isWildcard ? host.substring(2) : host);
            if (authority == null || host.endsWith(":") || authority.port() >= 0) {
                throw new StartupError("AllowedHosts: expected a host like app.example or *.app.example, got '"
                        + Printable.of(host) + "'. Leave scheme, port and path out.");
            }
            if (isWildcard) {
                domains.add("." + authority.host());
            } else {
                this.hosts.add(authority.host());
            }
        }
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) {
        String host = req.host();
        if (host == null || !isAllowed(host)) {
            throw HttpError.untraced(400, refusal(host));
        }
        return next.handle(req, res);
    }

    /** As browsers write it, in lower case and without a port, a host is known at once. */
    private boolean isAllowed(String host) {
        if (hosts.contains(host) || isBelow(host) && Authority.isName(host)) {
            return true;
        }
        Authority authority = Authority.parse(host);
        return authority != null && (hosts.contains(authority.host()) || isBelow(authority.host()));
    }

    private boolean isBelow(String host) {
        for (int i = 0; i < domains.size(); i++) {
            if (host.endsWith(domains.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static String refusal(@Nullable String host) {
        return host == null
                ? "Host: expected one, got none or several."
                : "Host: expected one of this site, got '" + Printable.of(host) + "'.";
    }
}
