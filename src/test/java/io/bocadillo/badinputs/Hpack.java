package io.bocadillo.badinputs;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The little of HPACK (RFC 7541) that it takes to write literals and to find a status. */
final class Hpack {

    private static final Map<Integer, String> INDEXED_STATUS =
            Map.of(0x88, "200", 0x89, "204", 0x8A, "206", 0x8B, "304", 0x8C, "400", 0x8D, "404", 0x8E, "500");
    private static final Pattern LITERAL_STATUS = Pattern.compile("[1-5]\\d\\d");
    private static final int PREFIX = 127;

    private Hpack() {}

    /** An integer with a prefix of seven bits (section 5.1). */
    static String integer(int value) {
        if (value < PREFIX) {
            return String.valueOf((char) value);
        }
        StringBuilder octets = new StringBuilder().append((char) PREFIX);
        int rest = value - PREFIX;
        for (; rest >= 128; rest /= 128) {
            octets.append((char) (rest % 128 + 128));
        }
        return octets.append((char) rest).toString();
    }

    /** The status that a header block begins with, after updates of the table size (section 6.3). */
    static String status(String block) {
        int i = 0;
        while (i < block.length() && (block.charAt(i) & 0xE0) == 0x20) {
            boolean continued = (block.charAt(i++) & 0x1F) == 0x1F;
            while (continued && i < block.length()) {
                continued = (block.charAt(i++) & 0x80) != 0;
            }
        }
        String indexed = i < block.length() ? INDEXED_STATUS.get((int) block.charAt(i)) : null;
        if (indexed != null) {
            return indexed;
        }
        Matcher literal = LITERAL_STATUS.matcher(block.substring(i, Math.min(block.length(), i + 8)));
        return literal.find() ? literal.group() : "h2:other";
    }
}
