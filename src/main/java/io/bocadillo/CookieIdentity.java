package io.bocadillo;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a browser knows a cookie by (RFC 6265bis, section 5.7, step 23): one that is equal in this takes its place.
 *
 * @param domain in lower case; null for this host alone, which is another cookie than one for this host and those below
 * @param path null for none, which a browser makes of the path of the request
 * @param partitioned whether there is one for each site that this one is embedded in (CHIPS)
 */
record CookieIdentity(
        String name, @Nullable String domain, @Nullable String path, boolean partitioned) {

    /** That of a field {@code Set-Cookie}, of whose attributes the last one of a name counts (section 5.6). */
    static CookieIdentity of(String field) {
        String[] parts = field.split(";");
        String domain = null;
        String path = null;
        boolean partitioned = false;
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String attribute = (equals < 0 ? parts[i] : parts[i].substring(0, equals)).strip();
            String value = equals < 0 ? "" : parts[i].substring(equals + 1).strip();
            switch (attribute.toLowerCase(Locale.ROOT)) {
                case "domain" -> domain = value.isEmpty() ? null : host(value);
                case "path" -> path = value.startsWith("/") ? value : null;
                case "partitioned" -> partitioned = true;
                default -> {}
            }
        }
        String pair = parts.length == 0 ? "" : parts[0];
        return new CookieIdentity(
                pair.substring(0, Math.max(0, pair.indexOf('='))).strip(), domain, path, partitioned);
    }

    /** Section 5.6.3. */
    private static String host(String domain) {
        return (domain.startsWith(".") ? domain.substring(1) : domain).toLowerCase(Locale.ROOT);
    }
}
