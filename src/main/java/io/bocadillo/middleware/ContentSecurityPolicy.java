package io.bocadillo.middleware;

import io.bocadillo.StartupError;
import io.bocadillo.routing.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What pages may load and run, for {@link SecurityHeaders} (Content Security Policy Level 3); immutable.
 *
 * <p>Its text is the value of the header.
 */
public final class ContentSecurityPolicy {

    private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)*");

    /** CSP, section 2.3.1: what is between directives and between the values of headers can be in none. */
    private static final Pattern SOURCE = Pattern.compile("[!-~&&[^;,]]+");

    /** Without its quotes each of them would be the name of a host. */
    private static final Pattern KEYWORD = Pattern.compile("self|none|unsafe-inline|unsafe-eval|strict-dynamic"
            + "|unsafe-hashes|report-sample|wasm-unsafe-eval|(nonce|sha256|sha384|sha512)-.+");

    private final Map<String, List<String>> directives;
    private final boolean reportOnly;

    private ContentSecurityPolicy(Map<String, List<String>> directives, boolean reportOnly) {
        this.directives = directives;
        this.reportOnly = reportOnly;
    }

    /** Creates a policy that falls back on these sources where no directive is more specific: {@code "'self'"}. */
    public static ContentSecurityPolicy defaultSrc(String... sources) {
        return new ContentSecurityPolicy(Map.of(), false).with("default-src", sources);
    }

    /**
     * Adds a directive with its sources, if it has any: {@code with("img-src", "'self'", "https://img.example")}.
     *
     * @throws StartupError for one that is there, or a name or source that can't be one
     */
    public ContentSecurityPolicy with(String directive, String... sources) {
        if (!NAME.matcher(directive).matches() || directives.containsKey(directive)) {
            throw new StartupError("ContentSecurityPolicy: expected a new directive like img-src, got '"
                    + Printable.of(directive) + "'. Name each once.");
        }
        for (String source : sources) {
            if (!SOURCE.matcher(source).matches() || KEYWORD.matcher(source).matches()) {
                throw new StartupError(
                        "ContentSecurityPolicy: expected a source like 'self' or https://img.example, got '"
                                + Printable.of(source) + "'. Put keywords into single quotes, and each source into an"
                                + " argument of its own.");
            }
        }
        if (sources.length > 1 && List.of(sources).contains("'none'")) {
            throw new StartupError("ContentSecurityPolicy: expected 'none' alone, got '" + String.join(" ", sources)
                    + "'. Leave it or the others out.");
        }
        Map<String, List<String>> more = new LinkedHashMap<>(directives);
        more.put(directive, List.of(sources));
        return new ContentSecurityPolicy(more, reportOnly);
    }

    /** Only reports what would be refused, to where its directive {@code report-to} says. */
    public ContentSecurityPolicy reportOnly() {
        return new ContentSecurityPolicy(directives, true);
    }

    String header() {
        return reportOnly ? "Content-Security-Policy-Report-Only" : "Content-Security-Policy";
    }

    @Override
    public String toString() {
        return directives.entrySet().stream()
                .map(directive -> String.join(" ", directive.getKey(), String.join(" ", directive.getValue()))
                        .strip())
                .collect(Collectors.joining("; "));
    }
}
