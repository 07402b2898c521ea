package io.bocadillo;

import io.bocadillo.routing.Path;
import io.bocadillo.routing.PercentEncoding;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** The whole URL of a request, of what its client may have written in its own way. */
final class RequestUrl {

    /** What may stand in a query (RFC 3986, section 3.4), percent-encoded text included. */
    private static final String UNESCAPED = "-._~!$&'()*+,;=:@/?%";

    /** A name or an address, and a port: nothing that would end the authority, and no user (RFC 9110, section 4.2.4). */
    private static final Pattern HOST = Pattern.compile("(?:[A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]*)?");

    private RequestUrl() {}

    static URI of(Request req) {
        Path path = req.canonicalPath();
        String query = req.rawQuery();
        String host = req.host();
        if (host == null || !HOST.matcher(host).matches()) {
            throw refused();
        }
        try {
            return new URI(req.scheme() + "://" + host
                    + req.dispatcher().outermost().root(req.basePath(), path)
                    + (path.size() == 0 ? "" : path.encoded())
                    + (query == null ? "" : "?" + PercentEncoding.encode(query, UNESCAPED)));
        } catch (URISyntaxException noAddress) {
            throw refused();
        }
    }

    private static HttpError refused() {
        return HttpError.untraced(
                400, "Host: expected one, as in app.example:8000, got none, several, or another text.");
    }
}
