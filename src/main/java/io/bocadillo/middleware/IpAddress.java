package io.bocadillo.middleware;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An IP address, 128 bits; one of IPv4 is the IPv6 address that stands for it (RFC 4291, section 2.5.5.2).
 *
 * <p>Parsed strictly and without asking any name server: what two readers could take for different addresses is none.
 */
record IpAddress(long high, long low) {

    private static final int GROUPS = 8;
    private static final long MAPPED = 0xFFFF_0000_0000L;
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final Pattern PORT = Pattern.compile("(:([0-9]{1,5}|_[A-Za-z0-9._-]+))?");

    /** With a leading zero some would take it for octal. */
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");

    /** The address, in dotted or in colon form without brackets or zone; null if it is none. */
    static @Nullable IpAddress parse(String text) {
        if (text.indexOf(':') < 0) {
            long v4 = v4(text);
            return v4 < 0 ? null : new IpAddress(0, MAPPED | v4);
        }
        int gap = text.indexOf("::");
        int[] groups = new int[GROUPS];
        if (gap < 0) {
            return fill(groups, text, true) == GROUPS ? of(groups) : null;
        }
        int[] tail = new int[GROUPS];
        int before = fill(groups, text.substring(0, gap), false);
        int after = fill(tail, text.substring(gap + 2), true);
        if (before < 0 || after < 0 || before + after >= GROUPS) {
            return null;
        }
        System.arraycopy(tail, 0, groups, GROUPS - after, after);
        return of(groups);
    }

    /**
     * The address in what a proxy calls a node: with or without a port, an IPv6 address in brackets or alone (RFC 7239,
     * section 6).
     *
     * @return null if it is hidden, unknown or malformed
     */
    static @Nullable String ofNode(String node) {
        String address;
        String port;
        int colon = node.indexOf(':');
        if (node.startsWith("[")) {
            int end = node.indexOf(']');
            address = end < 0 ? "" : node.substring(1, end);
            port = node.substring(end + 1);
            if (address.indexOf(':') < 0) {
                return null;
            }
        } else if (colon >= 0 && colon == node.lastIndexOf(':')) {
            address = node.substring(0, colon);
            port = node.substring(colon);
        } else {
            address = node;
            port = "";
        }
        return PORT.matcher(port).matches() && parse(address) != null ? address : null;
    }

    boolean isV4() {
        return high == 0 && low >>> 32 == 0xFFFF;
    }

    /** RFC 4291, section 2.2. */
    private static IpAddress of(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < GROUPS / 2; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + GROUPS / 2];
        }
        return new IpAddress(high, low);
    }

    /** How many groups the text has; -1 if it is malformed, or has more than eight. */
    private static int fill(int[] groups, String text, boolean mayEndInV4) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean isV4 = mayEndInV4 && i == parts.length - 1 && parts[i].indexOf('.') >= 0;
            long v4 = isV4 ? v4(parts[i]) : 0;
            int needed = isV4 ? 2 : 1;
            if (v4 < 0
                    || count + needed > GROUPS
                    || !isV4 && !GROUP.matcher(parts[i]).matches()) {
                return -1;
            }
            if (isV4) {
                groups[count] = (int) (v4 >> 16);
                groups[count + 1] = (int) (v4 & 0xFFFF);
            } else {
                groups[count] = Integer.parseInt(parts[i], 16);
            }
            count += needed;
        }
        return count;
    }

    /** Four decimal numbers; -1 if it is something else. */
    private static long v4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return -1;
        }
        long address = 0;
        for (String part : parts) {
            if (!OCTET.matcher(part).matches() || Integer.parseInt(part) > 255) {
                return -1;
            }
            address = address << 8 | Integer.parseInt(part);
        }
        return address;
    }
}
