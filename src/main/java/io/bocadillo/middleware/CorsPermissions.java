package io.bocadillo.middleware;

import io.bocadillo.Response;
import io.bocadillo.StartupError;
import io.bocadillo.routing.Printable;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an allowed origin may do (Fetch standard, section 3.2.3).
 *
 * @param methods as they are, or {@code *}
 * @param headers names of fields as given, or {@code *}
 * @param exposed names of fields as they are sent, empty for none
 */
record CorsPermissions(Set<String> methods, Set<String> headers, String exposed, boolean credentials, Duration maxAge) {

    private static final Set<String> ANY = Set.of("*");

    /** RFC 9110, section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** They need no permission with most values (Fetch standard, section 2.2.2), so they have it with all. */
    private static final List<String> SAFE = List.of("Accept", "Accept-Language", "Content-Language", "Content-Type");

    static final CorsPermissions STANDARD = new CorsPermissions(
            ordered(List.of("GET", "HEAD", "POST")), ordered(SAFE), "", false, Duration.ofMinutes(10));

    CorsPermissions withMethods(String... given) {
        return new CorsPermissions(tokens("methods", given), headers, exposed, credentials, maxAge);
    }

    CorsPermissions withHeaders(String... given) {
        Set<String> names = tokens("headers", given);
        if (!names.equals(ANY)) {
            names.addAll(SAFE);
        }
        return new CorsPermissions(methods, names, exposed, credentials, maxAge);
    }

    CorsPermissions withExposed(String... given) {
        Set<String> names = tokens("expose", given);
        if (names.equals(ANY)) {
            // With credentials it would be the name of a field (Fetch standard, section 3.2.5).
            throw new StartupError("Cors.expose: expected names of header fields, got '*'. Name them.");
        }
        return new CorsPermissions(methods, headers, String.join(", ", names), credentials, maxAge);
    }

    CorsPermissions withCredentials() {
        return new CorsPermissions(methods, headers, exposed, true, maxAge);
    }

    CorsPermissions withMaxAge(Duration given) {
        if (given.isNegative()) {
            throw new StartupError(
                    "Cors.maxAge: expected 0 seconds or more, got '" + given.toSeconds() + "'. Give a duration.");
        }
        return new CorsPermissions(methods, headers, exposed, credentials, given);
    }

    /** What any answer to an allowed origin has. */
    void grant(Response res, String origin) {
        res.header("Access-Control-Allow-Origin", origin);
        if (credentials) {
            res.header("Access-Control-Allow-Credentials", "true");
        }
        if (!exposed.isEmpty()) {
            res.header("Access-Control-Expose-Headers", exposed);
        }
    }

    /** Why a preflight is refused; null if it is not. */
    @Nullable
    String refusal(String method, String askedHeaders) {
        if (methods.equals(ANY) ? !TOKEN.matcher(method).matches() : !methods.contains(method)) {
            return "Access-Control-Request-Method: expected one that is allowed, got '" + Printable.of(method) + "'.";
        }
        for (String name : askedHeaders.split(",")) {
            String stripped = name.strip();
            if (!stripped.isEmpty() && !allowsHeader(stripped)) {
                return "Access-Control-Request-Headers: expected those that are allowed, got '" + Printable.of(stripped)
                        + "'.";
            }
        }
        return null;
    }

    /** What the answer to a preflight has besides: with {@code *}, all that it asks for, which goes with credentials too. */
    void grantPreflight(Response res, String method, String askedHeaders) {
        res.header("Access-Control-Allow-Methods", methods.equals(ANY) ? method : String.join(", ", methods));
        String allowed = headers.equals(ANY) ? askedHeaders : String.join(", ", headers);
        if (!allowed.isEmpty()) {
            res.header("Access-Control-Allow-Headers", allowed);
        }
        res.header("Access-Control-Max-Age", Long.toString(maxAge.toSeconds()));
    }

    private boolean allowsHeader(String name) {
        return headers.equals(ANY)
                ? TOKEN.matcher(name).matches()
                : headers.stream().anyMatch(name::equalsIgnoreCase);
    }

    private static Set<String> tokens(String where, String... given) {
        if (given.length == 0) {
            throw new StartupError("Cors." + where + ": expected a name, got none. Give one, or leave the call out.");
        }
        for (String token : given) {
            if (!TOKEN.matcher(token).matches() || token.equals("*") && given.length > 1) {
                throw new StartupError("Cors." + where + ": expected names, or * alone, got '" + Printable.of(token)
                        + "'. Write each as an argument of its own (RFC 9110, section 5.6.2).");
            }
        }
        return ordered(List.of(given));
    }

    private static Set<String> ordered(List<String> names) {
        return new LinkedHashSet<>(names);
    }
}
