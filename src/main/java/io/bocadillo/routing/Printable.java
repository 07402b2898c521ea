package io.bocadillo.routing;

/** Foreign text made fit for messages and logs: one line, short, printable. */
public final class Printable {

    private static final int LONGEST = 80;

    private Printable() {}

    /** Returns the text with everything but printable ASCII escaped, cut after 80 characters; null is not one. */
    public static String of(String text) {
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7F) {
                printable.append(c);
            } else {
                printable.append(String.format("\\u%04X", (int) c));
            }
        }
        return text.length() > LONGEST ? printable.append("...").toString() : printable.toString();
    }
}
