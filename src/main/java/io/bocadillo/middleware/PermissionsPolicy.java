package io.bocadillo.middleware;

import io.bocadillo.StartupError;
import io.bocadillo.routing.Printable;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks a {@code Permissions-Policy}: a dictionary (RFC 9651, section 3.2) of features and who may use them (Permissions
 * Policy, section 5.2). Which features there are, is up to browsers.
 */
final class PermissionsPolicy {

    /** RFC 9651, section 3.1.2. */
    private static final String KEY = "[a-z*][a-z0-9_.*-]*";

    /** RFC 9651, section 3.3.4. */
    private static final String TOKEN = "[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*";

    /** An origin, or all hosts below one (Permissions Policy, section 5.2). */
    private static final String ORIGIN = "\"[a-z][a-z0-9+.-]*://(\\*\\.)?[A-Za-z0-9.:\\[\\]-]+\"";

    private static final String ALLOWED = "(\\*|self|" + ORIGIN + ")";

    private static final Pattern MEMBER = Pattern.compile("(?<feature>" + KEY + ")=(" + ALLOWED + "|\\( *(" + ALLOWED
            + "( +" + ALLOWED + ")*)? *\\))(; *report-to=" + TOKEN + ")?");

    private PermissionsPolicy() {}

    /** Returns it as it is; {@link StartupError} for one that a browser would ignore, whole or in part. */
    static String checked(String policy) {
        Set<String> features = new HashSet<>();
        for (String member : policy.split(",", -1)) {
            Matcher matcher = MEMBER.matcher(strip(member));
            if (!matcher.matches()) {
                throw refused("a list of features like camera=(), geolocation=(self \"https://maps.example\")", member);
            }
            if (!features.add(matcher.group("feature"))) {
                throw refused("each feature once", member);
            }
        }
        return policy;
    }

    /** Spaces and tabs may be around a comma (RFC 9651, section 4.2.2), and nothing else. */
    private static String strip(String member) {
        return member.replaceAll("^[ \\t]+|[ \\t]+$", "");
    }

    private static StartupError refused(String expected, String got) {
        return new StartupError("SecurityHeaders.permissionsPolicy: expected " + expected + ", got '"
                + Printable.of(got) + "'. Put who may use a feature into brackets, and origins into double quotes.");
    }
}
