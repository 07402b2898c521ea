package io.bocadillo.multipart;

import io.bocadillo.routing.Printable;

/** The boundary of a document (RFC 2046, section 5.1.1), a parameter of its {@code Content-Type}. */
public final class Boundary {

    private static final int LONGEST = 70;

    private Boundary() {}

    /**
     * The boundary that a {@code Content-Type} names.
     *
     * @throws MultipartException 400 if it names none, an invalid one, or several
     */
    public static String in(String contentType) {
        String boundary = Parameters.parse("Content-Type", contentType).get("boundary");
        if (boundary == null) {
            throw MultipartException.malformed("Content-Type: expected a boundary, got '" + Printable.of(contentType)
                    + "'. Let the HTTP client set the header.");
        }
        return checked(boundary);
    }

    static String checked(String boundary) {
        boolean valid = !boundary.isEmpty() && boundary.length() <= LONGEST && !boundary.endsWith(" ");
        for (int i = 0; valid && i < boundary.length(); i++) {
            valid = isBoundaryChar(boundary.charAt(i));
        }
        if (!valid) {
            throw MultipartException.malformed("Content-Type: expected a boundary of 1 to " + LONGEST
                    + " characters out of RFC 2046, section 5.1.1, got '" + Printable.of(boundary) + "'.");
        }
        return boundary;
    }

    private static boolean isBoundaryChar(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || " '()+_,-./:=?".indexOf(c) >= 0;
    }
}
