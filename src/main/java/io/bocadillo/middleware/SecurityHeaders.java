package io.bocadillo.middleware;

import io.bocadillo.CspNonce;
import io.bocadillo.Lazy;
import io.bocadillo.Middleware;
import io.bocadillo.Next;
import io.bocadillo.Request;
import io.bocadillo.Response;
import io.bocadillo.StartupError;
import io.bocadillo.routing.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gives every answer, to errors too, the headers that keep browsers from being more helpful than is safe. What a view sets
 * itself stays.
 *
 * <p>Unless set otherwise: {@code X-Content-Type-Options: nosniff}, {@code Referrer-Policy: same-origin}, {@code
 * X-Frame-Options: DENY} and {@code Cross-Origin-Opener-Policy: same-origin}.
 */
public final class SecurityHeaders implements Middleware {

    private static final String REFERRER_POLICY = "Referrer-Policy";
    private static final String FRAME_OPTIONS = "X-Frame-Options";
    private static final String OPENER_POLICY = "Cross-Origin-Opener-Policy";

    /** Referrer Policy, section 3. */
    private static final Set<String> REFERRER_POLICIES = Set.of(
            "no-referrer",
            "no-referrer-when-downgrade",
            "same-origin",
            "origin",
            "strict-origin",
            "origin-when-cross-origin",
            "strict-origin-when-cross-origin",
            "unsafe-url");

    /** HTML standard, section 7.7. */
    private static final Set<String> FRAMES = Set.of("DENY", "SAMEORIGIN");

    /** HTML standard, section 7.1.3.1. */
    private static final Set<String> OPENERS =
            Set.of("unsafe-none", "same-origin-allow-popups", "same-origin", "noopener-allow-popups");

    private final Map<String, String> fields;
    private final String[] names;
    private final String[] values;
    private final List<ContentSecurityPolicy> nonced;
    private final Lazy<CspNonce> nonce = new Lazy<>(CspNonce.class, req -> new CspNonce());

    /** Sends those of the four that are standard. */
    public SecurityHeaders() {
        this(standard(), List.of());
    }

    private SecurityHeaders(Map<String, String> fields, List<ContentSecurityPolicy> nonced) {
        this.fields = fields;
        this.names = fields.keySet().toArray(String[]::new);
        this.values = fields.values().toArray(String[]::new);
        this.nonced = nonced;
    }

    /**
     * What links tell of the page they are on; {@link StartupError} for an unknown policy.
     *
     * @param policy one, or several between commas, of which a browser takes the last that it knows (Referrer Policy, section
     *     8.1)
     */
    public SecurityHeaders referrerPolicy(String policy) {
        String checked = Stream.of(policy.split(",", -1))
                .map(one -> oneOf("referrerPolicy", REFERRER_POLICIES, one.strip()))
                .collect(Collectors.joining(", "));
        return with(REFERRER_POLICY, checked);
    }

    /** Who may show pages in frames: nobody ({@code DENY}) or this site ({@code SAMEORIGIN}), else {@link StartupError}. */
    public SecurityHeaders frameOptions(String option) {
        return with(FRAME_OPTIONS, oneOf("frameOptions", FRAMES, option));
    }

    /** Who may hold on to a window of this site that it has opened; {@link StartupError} for an unknown policy. */
    public SecurityHeaders openerPolicy(String policy) {
        return with(OPENER_POLICY, oneOf("openerPolicy", OPENERS, policy));
    }

    /** What pages may load and run, enforced or only reported; one of each kind may be set. */
    public SecurityHeaders contentSecurityPolicy(ContentSecurityPolicy policy) {
        List<ContentSecurityPolicy> others = nonced.stream()
                .filter(other -> !other.header().equals(policy.header()))
                .toList();
        return new SecurityHeaders(
                with(policy.header(), policy.toString()).fields,
                Stream.concat(others.stream(), Stream.of(policy).filter(ContentSecurityPolicy::hasNonce))
                        .toList());
    }

    /** Which features of the browser pages may use, such as {@code camera=(), geolocation=(self)}; else {@link StartupError}. */
    public SecurityHeaders permissionsPolicy(String policy) {
        return with("Permissions-Policy", PermissionsPolicy.checked(policy));
    }

    /** Leaves a header out; {@link StartupError} if it is not sent anyway. */
    public SecurityHeaders without(String name) {
        Map<String, String> fewer = new LinkedHashMap<>(fields);
        if (!fewer.keySet().removeIf(name::equalsIgnoreCase)) {
            throw new StartupError("SecurityHeaders.without: expected one of " + String.join(", ", names) + ", got '"
                    + Printable.of(name) + "'. Leave the call out.");
        }
        return new SecurityHeaders(
                fewer,
                nonced.stream()
                        .filter(policy -> fewer.containsKey(policy.header()))
                        .toList());
    }

    /** Before the view, for whatever it sets takes their place, and errors keep what is set by then. */
    @Override
    public CompletionStage<?> handle(Request req, Response res, Next next) {
        for (int i = 0; i < names.length; i++) {
            if (!res.headers().contains(names[i])) {
                res.header(names[i], values[i]);
            }
        }
        if (!hasNonce(res)) {
            return next.handle(req, res);
        }
        if (nonce.isOpen(req)) {
            return next.handle(req, res); // The same object around this one adds it.
        }
        req.put(nonce);
        CompletionStage<?> stage = next.handle(req, res);
        if (Answered.isThere(stage)) {
            addNonce(req, res);
            return stage;
        }
        return stage.whenComplete((answered, failure) -> addNonce(req, res));
    }

    private boolean hasNonce(Response res) {
        for (int i = 0; i < nonced.size(); i++) {
            if (isAsGiven(nonced.get(i), res)) {
                return true;
            }
        }
        return false;
    }

    /** It is good for one answer: a cache that gives it to others would give it away. */
    private void addNonce(Request req, Response res) {
        CspNonce made = nonce.close(req);
        if (made == null || res.hasEnded()) {
            return;
        }
        for (ContentSecurityPolicy policy : nonced) {
            if (isAsGiven(policy, res)) {
                res.header(policy.header(), policy.with(made));
            }
        }
        if (!res.headers().contains(CacheControl.NAME)) {
            res.header(CacheControl.NAME, "no-store");
        }
    }

    /** Whether the header is that of this policy, and not one that somebody else has set. */
    private boolean isAsGiven(ContentSecurityPolicy policy, Response res) {
        return Objects.equals(fields.get(policy.header()), res.headers().get(policy.header()));
    }

    private SecurityHeaders with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new SecurityHeaders(more, nonced);
    }

    private static Map<String, String> standard() {
        Map<String, String> standard = new LinkedHashMap<>();
        standard.put("X-Content-Type-Options", "nosniff");
        standard.put(REFERRER_POLICY, "same-origin");
        standard.put(FRAME_OPTIONS, "DENY");
        standard.put(OPENER_POLICY, "same-origin");
        return standard;
    }

    private static String oneOf(String where, Set<String> known, String given) {
        if (!known.contains(given)) {
            throw new StartupError("SecurityHeaders." + where + ": expected one of "
                    + String.join(", ", known.stream().sorted().toList()) + ", got '" + Printable.of(given)
                    + "'. Write one of them.");
        }
        return given;
    }
}
