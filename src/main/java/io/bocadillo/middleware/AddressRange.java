package io.bocadillo.middleware;

import io.bocadillo.StartupError;
import io.bocadillo.routing.Printable;

/** The addresses that begin with the same bits (RFC 4632, section 3.1; RFC 4291, section 2.3). */
record AddressRange(IpAddress first, int bits) {

    private static final int V4_OFFSET = 96;

    /**
     * Parses {@code 10.0.0.0/8}, {@code fd00::/8}, or a single address.
     *
     * @param where the call it was given to, for the {@link StartupError} if it is no range
     */
    static AddressRange parse(String where, String text) {
        int slash = text.indexOf('/');
        IpAddress first = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        String length = slash < 0 ? "" : text.substring(slash + 1);
        if (first != null && (slash < 0 || length.matches("0|[1-9][0-9]{0,2}"))) {
            int offset = first.isV4() ? V4_OFFSET : 0;
            int bits = slash < 0 ? 128 : offset + Integer.parseInt(length);
            if (bits <= 128 && first.equals(masked(first, bits))) {
                return new AddressRange(first, bits);
            }
        }
        throw new StartupError(where + ": expected an address or a range like 10.0.0.0/8, got '" + Printable.of(text)
                + "'. Its bits behind the length must be 0.");
    }

    boolean contains(IpAddress address) {
        return masked(address, bits).equals(first);
    }

    /** The address with all but its first bits 0. */
    static IpAddress masked(IpAddress address, int bits) {
        long high = bits >= 64 ? -1L : bits == 0 ? 0 : -1L << 64 - bits;
        long low = bits <= 64 ? 0 : -1L << 128 - bits;
        return new IpAddress(address.high() & high, address.low() & low);
    }
}
