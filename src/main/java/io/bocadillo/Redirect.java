package io.bocadillo;

/** Ends a request with a redirect from anywhere in the pipeline: {@code throw new Redirect("/home")}. */
public final class Redirect extends RuntimeException {

    private static final long serialVersionUID = 1;

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

    static boolean isStatus(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }
}
