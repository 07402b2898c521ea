package io.bocadillo.multipart;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The line break, two dashes and the boundary that end a part (RFC 2046, section 5.1.1), and the search for them.
 *
 * <p>The search is the one of Boyer, Moore and Horspool, made linear: no byte but the first is a CR, so no delimiter
 * begins inside of what has matched, and a comparison that fails is never repeated.
 */
final class Delimiter {

    private final byte[] pattern;
    private final int[] skips = new int[256];

    Delimiter(String boundary) {
        pattern = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(skips, pattern.length);
        for (int i = 0; i < pattern.length - 1; i++) {
            skips[pattern[i]] = pattern.length - 1 - i;
        }
    }

    int length() {
        return pattern.length;
    }

    /** Where the first delimiter begins, or a beginning of one that the limit cuts off; the limit if there is none. */
    int indexIn(ByteBuffer bytes) {
        int last = pattern.length - 1;
        int limit = bytes.limit();
        int at = bytes.position();
        while (at + last < limit) {
            byte end = bytes.get(at + last);
            if (end != pattern[last] || bytes.get(at) != '\r') {
                at += skips[end & 0xFF];
            } else {
                int matched = matching(bytes, at, 0);
                if (matched == pattern.length) {
                    return at;
                }
                at += matched;
            }
        }
        while (at < limit) {
            int matched = matching(bytes, at, 0);
            if (at + matched == limit) {
                return at;
            }
            at += Math.max(1, matched);
        }
        return limit;
    }

    /** How many bytes from an index on are those of the delimiter after the first {@code matched}. */
    int matching(ByteBuffer bytes, int at, int matched) {
        int length = Math.min(pattern.length - matched, bytes.limit() - at);
        for (int i = 0; i < length; i++) {
            if (bytes.get(at + i) != pattern[matched + i]) {
                return i;
            }
        }
        return length;
    }

    /** Its bytes from one index up to another, not to be changed. */
    ByteBuffer bytes(int from, int to) {
        return ByteBuffer.wrap(pattern, from, to - from).slice().asReadOnlyBuffer();
    }
}
