package io.bocadillo.middleware;

import io.bocadillo.Request;
import io.bocadillo.StartupError;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the page is from that lets a browser send a request.
 *
 * @param trusted origins beside that of the app itself, as {@link #normal} writes them
 */
record RequestOrigin(Set<String> trusted) {

    private static final Pattern URL =
            Pattern.compile("(https?)://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]+)?(?:/.*)?", Pattern.CASE_INSENSITIVE);

    RequestOrigin trusting(String origin) {
        String normal = normal(origin);
        if (normal == null || origin.indexOf('/', "https://".length()) >= 0) {
            throw new StartupError(
                    "csrf: expected an origin like https://app.example, got '" + origin + "'. Leave out the path.");
        }
        Set<String> more = new HashSet<>(trusted);
        more.add(normal);
        return new RequestOrigin(Set.copyOf(more));
    }

    /**
     * What a request that is not from a page of this app, or of a trusted origin, gives away; null if it is.
     *
     * <p>What sends neither {@code Sec-Fetch-Site} nor {@code Origin} is, on https, asked for its {@code Referer}, since
     * somebody on the way could send forms to us from a page over http.
     */
    @Nullable
    String stranger(Request req) {
        String declared = declaredStranger(req);
        if (declared != null || saysWhereItIsFrom(req) || !req.scheme().equals("https")) {
            return declared;
        }
        String referer = req.header("Referer").orElse("");
        boolean isKnown = isOwn(req, referer) || isTrusted(referer);
        return isKnown ? null : referer.isEmpty() ? "neither Origin nor Referer" : "another Referer";
    }

    /**
     * The same of a request that says where it is from; null if it says nothing.
     *
     * <p>{@code Sec-Fetch-Site} is the browser's own word (Fetch Metadata, section 2.4). Older browsers send {@code Origin}
     * with every POST (Fetch standard, section 3.2).
     */
    @Nullable
    String declaredStranger(Request req) {
        if (isOwnPage(req) || !saysWhereItIsFrom(req)) {
            return null;
        }
        String origin = origin(req);
        if (origin.isEmpty()) {
            return "a request from another site";
        }
        return isTrusted(origin) ? null : "another Origin";
    }

    /** Whether the browser itself says that the page is of this app, or that there is none. */
    boolean isOwnPage(Request req) {
        String site = site(req);
        return site.isEmpty() ? isOwn(req, origin(req)) : site.equals("same-origin") || site.equals("none");
    }

    private static boolean saysWhereItIsFrom(Request req) {
        return !site(req).isEmpty() || !origin(req).isEmpty();
    }

    private static String origin(Request req) {
        return req.header("Origin").orElse("");
    }

    private static String site(Request req) {
        return req.header("Sec-Fetch-Site").orElse("");
    }

    private boolean isTrusted(String url) {
        String origin = normal(url);
        return origin != null && trusted.contains(origin);
    }

    private static boolean isOwn(Request req, String url) {
        String origin = normal(url);
        return origin != null && origin.equals(normal(req.scheme() + "://" + req.host()));
    }

    /** Scheme, host and port of a URL, in lower case, without the standard port; null if it is none. */
    private static @Nullable String normal(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            return null;
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        String port = matcher.group(3);
        boolean isStandard = port == null || port.equals(scheme.equals("https") ? ":443" : ":80");
        return scheme + "://" + matcher.group(2).toLowerCase(Locale.ROOT) + (isStandard ? "" : port);
    }
}
