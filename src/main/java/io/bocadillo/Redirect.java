package io.bocadillo;

import io.bocadillo.routing.PercentEncoding;
import io.bocadillo.routing.Printable;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ends a request with a redirect from anywhere in the pipeline: {@code throw new Redirect("/home")}. */
public final class Redirect extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What may stand in a URI reference besides letters and digits (RFC 3986, section 2), encoded text included. */
    private static final String UNESCAPED = "-._~:/?#@!$&'()*+,;=%";

    /** With the brackets of an address, which may stand in the authority alone (section 3.2.2). */
    private static final String UNESCAPED_IN_AUTHORITY = UNESCAPED + "[]";

    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*");

    private final int status;
    private final String location;
    private final @Nullable URI uri;

    /** Redirects with 302 Found; see {@link Response#redirect(String)} for the form of {@code location}. */
    public Redirect(String location) {
        this(302, location);
    }

    /** Redirects with 301, 302, 303, 307 or 308 (RFC 9110, section 15.4), else {@link IllegalArgumentException}. */
    public Redirect(int status, String location) {
        this(status, location, null);
    }

    /** Redirects with 302 Found to a URI as it is: {@code throw new Redirect(req.urlFor("login"))}. */
    public Redirect(URI uri) {
        this(302, uri);
    }

    /** Redirects to a URI as it is, with a status as {@link #Redirect(int, String)} takes it. */
    public Redirect(int status, URI uri) {
        this(status, uri.toString(), uri);
    }

    private Redirect(int status, String location, @Nullable URI uri) {
        super(location, null, false, false);
        if (!isStatus(status)) {
            throw new IllegalArgumentException("Redirect: expected 301, 302, 303, 307 or 308, got '" + status
                    + "'. Use 303 after a POST, 308 for a path that has moved, else 302.");
        }
        this.status = status;
        this.location = location;
        this.uri = uri;
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** The location as given, before {@link Response#redirect(String)} completes it. */
    public String location() {
        return location;
    }

    CompletionStage<Void> answer(Response res) {
        res.status(status);
        return uri == null ? res.redirect(location) : res.redirect(uri);
    }

    /** The {@code Location} field for what {@link Response#redirect(String)} takes. */
    static String resolve(String location, Request request) {
        if (location.startsWith("//")) {
            throw withoutScheme(location);
        }
        String base = location.startsWith("/") ? request.root() : "";
        Matcher authority = AUTHORITY.matcher(location);
        int end = authority.lookingAt() ? authority.end() : 0;
        return base
                + PercentEncoding.encode(location.substring(0, end), UNESCAPED_IN_AUTHORITY)
                + PercentEncoding.encode(location.substring(end), UNESCAPED);
    }

    /** The {@code Location} field for what {@link Response#redirect(URI)} takes. */
    static String resolve(URI uri) {
        String location = uri.toASCIIString();
        if (location.startsWith("//")) {
            throw withoutScheme(location);
        }
        return location;
    }

    private static IllegalArgumentException withoutScheme(String location) {
        return new IllegalArgumentException("redirect: expected a path or a URL with its scheme, got '"
                + Printable.of(location) + "'. Write https://... to leave this host.");
    }

    static boolean isStatus(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }
}
