package io.bocadillo.middleware;

import io.bocadillo.StartupError;
import io.bocadillo.routing.Printable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the directives of a content security policy may have: CSP Level 3, section 6, the HTML standard for {@code sandbox},
 * Trusted Types, Mixed Content and Upgrade Insecure Requests. A browser ignores what is misspelt, and protects less.
 */
final class CspDirective {

    /** Section 2.3.1; hosts and ports after RFC 3986, section 3.2. */
    private static final String SCHEME = "[a-z][a-z0-9+.-]*:";

    private static final String HOST = "(" + SCHEME
            + "//)?(\\*|(\\*\\.)?[a-z0-9-]+(\\.[a-z0-9-]+)*\\.?)(:([0-9]{1,5}|\\*))?(/([!-~&&[^/;,?#'\"]][!-~&&[^;,?#'\"]]*)?)?";
    private static final String ORIGINS = "'self'|'none'|" + SCHEME + "|" + HOST;

    private static final String KEYWORDS = "'(unsafe-inline|unsafe-eval|strict-dynamic|unsafe-hashes|report-sample"
            + "|unsafe-allow-redirects|wasm-unsafe-eval|trusted-types-eval|report-sha(256|384|512)"
            + "|unsafe-webtransport-hashes|inline-speculation-rules)'";

    /** In base64 or base64url, as long as that hash is. */
    private static final String HASHES =
            "'(sha256-[a-z0-9+/_-]{43}=?|sha384-[a-z0-9+/_-]{64}|sha512-[a-z0-9+/_-]{86}(==)?)'";

    private static final Pattern SOURCES = values(ORIGINS + "|" + KEYWORDS + "|" + HASHES);
    private static final Pattern ANCESTORS = values(ORIGINS);
    private static final Pattern NOTHING = values("(?!)");
    private static final Pattern NONCE = values("'?nonce-.*");

    /** Without its quotes each of them would be the name of a host. */
    private static final Pattern UNQUOTED =
            values("self|none|" + KEYWORDS.replace("'", "") + "|(sha256|sha384|sha512)-.+");

    private static final Map<String, Pattern> VALUES = new HashMap<>();

    static {
        for (String name : List.of(
                "default-src",
                "child-src",
                "connect-src",
                "fenced-frame-src",
                "font-src",
                "frame-src",
                "img-src",
                "manifest-src",
                "media-src",
                "object-src",
                "prefetch-src",
                "script-src",
                "script-src-elem",
                "script-src-attr",
                "style-src",
                "style-src-elem",
                "style-src-attr",
                "worker-src",
                "base-uri",
                "form-action")) {
            VALUES.put(name, SOURCES);
        }
        VALUES.put("frame-ancestors", ANCESTORS);
        VALUES.put("webrtc", values("'(allow|block)'"));
        VALUES.put(
                "sandbox",
                values("allow-(downloads|forms|modals|orientation-lock|pointer-lock|popups"
                        + "|popups-to-escape-sandbox|presentation|same-origin|scripts"
                        + "|storage-access-by-user-activation|top-navigation|top-navigation-by-user-activation"
                        + "|top-navigation-to-custom-protocols)"));
        VALUES.put("report-to", values("[!#$%&'*+.^_`|~a-z0-9-]+"));
        VALUES.put("report-uri", values("[!-~&&[^;,'\"]]+"));
        VALUES.put("upgrade-insecure-requests", NOTHING);
        VALUES.put("block-all-mixed-content", NOTHING);
        VALUES.put("require-trusted-types-for", values("'script'"));
        VALUES.put("trusted-types", values("\\*|'(none|allow-duplicates)'|[a-z0-9#=_/@.%-]+"));
    }

    private CspDirective() {}

    /** Throws {@link StartupError} for a directive that is unknown, and for a value that it can't have. */
    static void check(String directive, String... values) {
        Pattern allowed = VALUES.get(directive);
        if (allowed == null) {
            throw new StartupError("ContentSecurityPolicy: expected a directive like img-src, got '"
                    + Printable.of(directive) + "'. Write one of CSP Level 3; browsers ignore others.");
        }
        for (String value : values) {
            check(directive, allowed, value);
        }
        if (values.length > 1 && List.of(values).contains("'none'")) {
            throw new StartupError("ContentSecurityPolicy: expected 'none' alone, got '" + String.join(" ", values)
                    + "'. Leave it or the others out.");
        }
    }

    private static void check(String directive, Pattern allowed, String value) {
        if (NONCE.matcher(value).matches()) {
            throw new StartupError("ContentSecurityPolicy: expected a nonce that every answer has anew, got a fixed one"
                    + " for " + directive + ". Call withNonce(\"" + directive + "\").");
        }
        boolean isUnquoted = (allowed == SOURCES || allowed == ANCESTORS)
                && UNQUOTED.matcher(value).matches();
        if (isUnquoted || !allowed.matcher(value).matches()) {
            throw new StartupError("ContentSecurityPolicy: expected a value of " + directive
                    + (allowed == NOTHING
                            ? " to be left out"
                            : allowed == SOURCES ? " like 'self' or https://img.example" : "")
                    + ", got '" + Printable.of(value) + "'. Put keywords into single quotes, and each value into an"
                    + " argument of its own.");
        }
    }

    /** All of them are the same in any case, but for hashes, of which that changes no length. */
    private static Pattern values(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
