package io.bocadillo.middleware;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host and its port, as in the header {@code Host} (RFC 9110, section 7.2; RFC 3986, section 3.2.2).
 *
 * @param host a name in lower case without the dot it may end with, an IPv4 address, or an IPv6 address in brackets
 * @param port -1 if there is none
 */
record Authority(String host, int port) {

    private static final int LONGEST_NAME = 255;
    private static final Pattern PORT = Pattern.compile("(:[0-9]{0,5})?");

    /** Null if it is malformed, with user information too: names are letters, digits, hyphens, underscores and dots. */
    static @Nullable Authority parse(String text) {
        int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
        String host = (end < 0 ? text : text.substring(0, end)).toLowerCase(Locale.ROOT);
        String port = end < 0 ? "" : text.substring(end);
        if (!PORT.matcher(port).matches()) {
            return null;
        }
        int number = port.length() < 2 ? -1 : Integer.parseInt(port.substring(1));
        if (host.startsWith("[")) {
            String address = host.substring(1, host.length() - 1);
            return address.indexOf(':') >= 0 && IpAddress.parse(address) != null ? new Authority(host, number) : null;
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return isName(name) ? new Authority(name, number) : null;
    }

    /** Whether it is a name in lower case, without the dot that it may end with. */
    static boolean isName(String name) {
        boolean labelBegun = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isInLabel = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_';
            if (!isInLabel && (c != '.' || !labelBegun)) {
                return false;
            }
            labelBegun = isInLabel;
        }
        return labelBegun && name.length() <= LONGEST_NAME;
    }
}
