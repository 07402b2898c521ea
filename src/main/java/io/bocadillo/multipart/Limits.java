package io.bocadillo.multipart;

/**
 * How much of a multipart document is read before it is refused; its total size is for whoever feeds the parser.
 *
 * @param parts the most parts, fields and files together; one more is a 413
 * @param partSize the most bytes of content that one part may have; one more is a 413
 * @param headSize the most bytes that the header lines of one part may have, line ends included; one more is a 431, and
 *     so is a 17th line
 * @param preamble the most bytes before the first delimiter, which are ignored; one more is a 400
 */
public record Limits(int parts, long partSize, int headSize, int preamble) {

    /** Refuses negative numbers with {@link IllegalArgumentException}. */
    public Limits {
        if (parts < 0 || partSize < 0 || headSize < 0 || preamble < 0) {
            throw new IllegalArgumentException("Limits: expected zero or more, got '" + parts + " parts, " + partSize
                    + ", " + headSize + " and " + preamble + " bytes'.");
        }
    }
}
