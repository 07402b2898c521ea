package io.bocadillo;

import io.bocadillo.routing.PercentEncoding;
import io.bocadillo.routing.Printable;

/** Ends a request with a redirect from anywhere in the pipeline: {@code throw new Redirect("/home")}. */
public final class Redirect extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What may stand in a URI reference besides letters and digits (RFC 3986, section 2), encoded text included. */
    private static final String URI = "-._~:/?#[]@!$&'()*+,;=%";

    private final int status;
    private final String location;

    /** Redirects with 302 Found; see {@link Response#redirect} for the form of {@code location}. */
    public Redirect(String location) {
        this(302, location);
    }

    /** Redirects with 301, 302, 303, 307 or 308 (RFC 9110, section 15.4), else {@link IllegalArgumentException}. */
    public Redirect(int status, String location) {
        super(location, null, false, false);
        if (!isStatus(status)) {
            throw new IllegalArgumentException("Redirect: expected 301, 302, 303, 307 or 308, got '" + status + "'.");
        }
        this.status = status;
        this.location = location;
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** The location as given, before {@link Response#redirect} completes it. */
    public String location() {
        return location;
    }

    /** The {@code Location} field for what {@link Response#redirect} takes. */
    static String resolve(String location, Request request) {
        if (location.startsWith("//")) {
            throw new IllegalArgumentException("redirect: expected a path or a URL with its scheme, got '"
                    + Printable.of(location) + "'. Write https://... to leave this host.");
        }
        String base = location.startsWith("/") ? request.basePath() : "";
        return PercentEncoding.encode(base + location, URI);
    }

    static boolean isStatus(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }
}
