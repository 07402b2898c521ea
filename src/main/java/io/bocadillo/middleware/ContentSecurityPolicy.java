package io.bocadillo.middleware;

import io.bocadillo.CspNonce;
import io.bocadillo.StartupError;
import io.bocadillo.routing.Printable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What pages may load and run, for {@link SecurityHeaders} (Content Security Policy Level 3); immutable.
 *
 * <p>Its text is the value of the header, without the nonces that answers have.
 */
public final class ContentSecurityPolicy {

    /** Those of which a nonce lets something through (section 6.7.3.3). */
    private static final Set<String> NONCED = Set.of("script-src", "script-src-elem", "style-src", "style-src-elem");

    private final Map<String, List<String>> directives;
    private final Set<String> nonced;
    private final boolean reportOnly;

    private ContentSecurityPolicy(Map<String, List<String>> directives, Set<String> nonced, boolean reportOnly) {
        this.directives = directives;
        this.nonced = nonced;
        this.reportOnly = reportOnly;
    }

    /** Creates a policy that falls back on these sources where no directive is more specific: {@code "'self'"}. */
    public static ContentSecurityPolicy defaultSrc(String... sources) {
        return new ContentSecurityPolicy(Map.of(), Set.of(), false).with("default-src", sources);
    }

    /**
     * Reads a policy as the header has it (CSP, section 2.2.1): directives in any order, with semicolons between them.
     *
     * @throws StartupError if there is none, or one that {@link #with} refuses
     */
    public static ContentSecurityPolicy parse(String text) {
        ContentSecurityPolicy policy = new ContentSecurityPolicy(Map.of(), Set.of(), false);
        for (String directive : text.split(";")) {
            String[] words = directive.strip().split("\\s+");
            if (!words[0].isEmpty()) {
                // Names are the same in any case; those of the standards are in lower case.
                policy = policy.with(words[0].toLowerCase(Locale.ROOT), Arrays.copyOfRange(words, 1, words.length));
            }
        }
        if (policy.directives.isEmpty()) {
            throw new StartupError(
                    "ContentSecurityPolicy: expected a directive, got none. Write one like default-src 'self'.");
        }
        return policy;
    }

    /**
     * Adds a directive with its sources, if it has any: {@code with("img-src", "'self'", "https://img.example")}.
     *
     * @throws StartupError for one that is there or unknown, or a value that it can't have
     */
    public ContentSecurityPolicy with(String directive, String... sources) {
        if (directives.containsKey(directive)) {
            throw new StartupError("ContentSecurityPolicy: expected a new directive like img-src, got '" + directive
                    + "'. Name each once.");
        }
        CspDirective.check(directive, sources);
        Map<String, List<String>> more = new LinkedHashMap<>(directives);
        more.put(directive, List.of(sources));
        return new ContentSecurityPolicy(more, nonced, reportOnly);
    }

    /**
     * Adds a directive with its sources, and with a nonce that each answer has anew: {@link CspNonce}. An answer whose view
     * does not ask for it has none.
     *
     * @param directive {@code script-src}, {@code script-src-elem}, {@code style-src} or {@code style-src-elem}
     * @throws StartupError for another one, and as {@link #with} does
     */
    public ContentSecurityPolicy withNonce(String directive, String... sources) {
        if (!NONCED.contains(directive)) {
            throw new StartupError("ContentSecurityPolicy.withNonce: expected one of "
                    + String.join(", ", NONCED.stream().sorted().toList()) + ", got '" + Printable.of(directive)
                    + "'. For another one, a nonce has no meaning.");
        }
        if (List.of(sources).contains("'none'")) {
            throw new StartupError("ContentSecurityPolicy.withNonce: expected sources besides the nonce, got ''none''."
                    + " Leave it out.");
        }
        Set<String> more = new LinkedHashSet<>(nonced);
        more.add(directive);
        return new ContentSecurityPolicy(with(directive, sources).directives, more, reportOnly);
    }

    /** Only reports what would be refused, to where its directive {@code report-to} says. */
    public ContentSecurityPolicy reportOnly() {
        return new ContentSecurityPolicy(directives, nonced, true);
    }

    String header() {
        return reportOnly ? "Content-Security-Policy-Report-Only" : "Content-Security-Policy";
    }

    boolean hasNonce() {
        return !nonced.isEmpty();
    }

    String with(CspNonce nonce) {
        return text(" 'nonce-" + nonce.value() + "'");
    }

    @Override
    public String toString() {
        return text(null);
    }

    /** An empty list of sources lets nothing through, as {@code 'none'} does (section 6.7.2.7). */
    private String text(@Nullable String nonce) {
        return directives.entrySet().stream()
                .map(directive -> {
                    String sources = String.join(" ", directive.getValue());
                    String withNonce = nonce != null && nonced.contains(directive.getKey()) ? sources + nonce : sources;
                    return (directive.getKey() + " " + withNonce.strip()).strip();
                })
                .collect(Collectors.joining("; "));
    }
}
