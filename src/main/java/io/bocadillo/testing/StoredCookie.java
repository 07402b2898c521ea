package io.bocadillo.testing;

import io.bocadillo.files.HttpDate;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cookie as a client keeps it (RFC 6265bis, section 5.7).
 *
 * @param hostOnly whether it is for that host alone, not for those below it
 * @param expires null for the end of the visit
 */
record StoredCookie(
        String name,
        String value,
        String domain,
        boolean hostOnly,
        String path,
        @Nullable Instant expires) {

    /** Of name and value together (section 5.7). */
    private static final int MOST_CHARS = 4096;

    /** Of a number of seconds; more are more than a test lasts. */
    private static final int MOST_DIGITS = 9;

    /**
     * Reads the value of a {@code Set-Cookie} (section 5.6).
     *
     * @param host that has sent it, in lower case
     * @param requestPath of the request it was sent for
     * @return null for what a browser does not take
     */
    static @Nullable StoredCookie parse(String field, String host, String requestPath, Instant now) {
        String[] parts = field.split(";", -1);
        int equals = parts[0].indexOf('=');
        String name = parts[0].substring(0, Math.max(0, equals)).strip();
        String value = parts[0].substring(equals + 1).strip();
        Map<String, String> attributes = attributes(parts);
        String domain = attributes.getOrDefault("domain", "");
        String given = attributes.getOrDefault("path", "");
        boolean isTaken = name.length() + value.length() <= MOST_CHARS
                && !(name + value).isEmpty()
                && (domain.isEmpty() || isBelow(host, domain))
                && keepsPromise(name.toLowerCase(Locale.ROOT), attributes);
        return isTaken
                ? new StoredCookie(
                        name,
                        value,
                        domain.isEmpty() ? host : domain,
                        domain.isEmpty(),
                        given.startsWith("/") ? given : defaultPath(requestPath),
                        expires(attributes, now))
                : null;
    }

    /** As it is sent. */
    String pair() {
        return name.isEmpty() ? value : name + "=" + value;
    }

    /** Whether one takes the place of the other. */
    boolean isSame(StoredCookie other) {
        return name.equals(other.name)
                && domain.equals(other.domain)
                && hostOnly == other.hostOnly
                && path.equals(other.path);
    }

    boolean isOver(Instant now) {
        return expires != null && !now.isBefore(expires);
    }

    /** Whether it is sent to that host with a request for that path (sections 5.1.3 and 5.1.4). */
    boolean isFor(String host, String requestPath) {
        boolean isOfHost = hostOnly ? host.equals(domain) : isBelow(host, domain);
        return isOfHost
                && requestPath.startsWith(path)
                && (requestPath.length() == path.length()
                        || path.endsWith("/")
                        || requestPath.charAt(path.length()) == '/');
    }

    private static Map<String, String> attributes(String[] parts) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String name = (equals < 0 ? parts[i] : parts[i].substring(0, equals))
                    .strip()
                    .toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : parts[i].substring(equals + 1).strip();
            attributes.put(
                    name, name.equals("domain") ? value.replaceFirst("^\\.", "").toLowerCase(Locale.ROOT) : value);
        }
        return attributes;
    }

    /** What {@code __Secure-} and {@code __Host-} before a name say (section 4.1.3). */
    private static boolean keepsPromise(String name, Map<String, String> attributes) {
        boolean isSecure = attributes.containsKey("secure");
        if (name.startsWith("__host-")) {
            return isSecure
                    && "/".equals(attributes.get("path"))
                    && attributes.getOrDefault("domain", "").isEmpty();
        }
        return isSecure || !name.startsWith("__secure-");
    }

    /** {@code Max-Age} counts before {@code Expires}; what is no number or date counts as not said. */
    private static @Nullable Instant expires(Map<String, String> attributes, Instant now) {
        String maxAge = attributes.getOrDefault("max-age", "");
        if (maxAge.matches("-[0-9]+")) {
            return Instant.EPOCH;
        }
        if (maxAge.matches("[0-9]+")) {
            return maxAge.length() > MOST_DIGITS ? null : now.plusSeconds(Long.parseLong(maxAge));
        }
        String date = attributes.getOrDefault("expires", "");
        // Older servers write Thu, 01-Jan-1970 (section 5.1.1).
        return HttpDate.parse(date)
                .or(() -> HttpDate.parse(date.replace('-', ' ')))
                .orElse(null);
    }

    private static boolean isBelow(String host, String domain) {
        boolean isAddress = host.startsWith("[") || host.matches("[0-9.]+");
        return host.equals(domain) || host.endsWith("." + domain) && !isAddress;
    }

    /** The folder of the request (section 5.1.4). */
    private static String defaultPath(String requestPath) {
        int slash = requestPath.lastIndexOf('/');
        return slash <= 0 ? "/" : requestPath.substring(0, slash);
    }
}
