package io.bocadillo.multipart;

/**
 * How much of a multipart document is read before it is refused; its total size is for whoever feeds the parser.
 *
 * @param parts the most parts, fields and files together; one more is a 413
 * @param partSize the most bytes of content that one part may have; one more is a 413
 * @param headSize the most bytes that the header lines of one part may have, line ends included; one more is a 431
 * @param preamble the most bytes before the first delimiter, which are ignored; one more is a 400
 */
public record Limits(int parts, long partSize, int headSize, int preamble) {

    /** For an app that says nothing: 100 parts of 10 MiB, 8 KiB of header lines for each, 1 KiB of preamble. */
    public static final Limits DEFAULT = new Limits(100, 10 * 1024 * 1024, 8 * 1024, 1024);

    /** Refuses negative numbers with {@link IllegalArgumentException}. */
    public Limits {
        if (parts < 0 || partSize < 0 || headSize < 0 || preamble < 0) {
            throw new IllegalArgumentException("Limits: expected zero or more, got '" + parts + " parts, " + partSize
                    + ", " + headSize + " and " + preamble + " bytes'.");
        }
    }
}
