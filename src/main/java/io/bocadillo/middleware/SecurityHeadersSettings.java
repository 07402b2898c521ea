package io.bocadillo.middleware;

import io.bocadillo.App;
import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import java.util.Arrays;
import java.util.List;

/** {@link SecurityHeaders} by settings. */
final class SecurityHeadersSettings implements Plugin {

    private static final String DEFAULT_SRC = "default-src";

    private static final SettingKey<Boolean> ENABLED = SettingKey.flag(
            "security-headers", "Whether answers have the headers that keep browsers from being too helpful.");
    private static final SettingKey<String> REFERRER_POLICY = SettingKey.text(
                    "security-headers.referrer-policy", "What links tell of the page they are on.")
            .orElse("same-origin");
    private static final SettingKey<String> FRAME_OPTIONS = SettingKey.text(
                    "security-headers.frame-options", "Who may show pages in frames: DENY or SAMEORIGIN.")
            .orElse("DENY");
    private static final SettingKey<String> OPENER_POLICY = SettingKey.text(
                    "security-headers.opener-policy", "Who may hold on to a window it was opened from.")
            .orElse("same-origin");
    private static final SettingKey<String> CONTENT = SettingKey.text(
            "security-headers.content-security-policy", "What pages may load and run; begins with default-src.");
    private static final SettingKey<Boolean> REPORT_ONLY = SettingKey.flag(
            "security-headers.report-only", "Whether that is only reported, to where its report-to says.");
    private static final SettingKey<String> PERMISSIONS = SettingKey.text(
            "security-headers.permissions-policy", "Which features of the browser pages may use: camera=().");
    private static final SettingKey<List<String>> WITHOUT =
            SettingKey.list("security-headers.without", "Headers that are left out.");

    @Override
    public List<SettingKey<?>> settings() {
        return List.of(
                ENABLED, REFERRER_POLICY, FRAME_OPTIONS, OPENER_POLICY, CONTENT, REPORT_ONLY, PERMISSIONS, WITHOUT);
    }

    @Override
    public boolean isEnabled(Settings settings) {
        return settings.get(ENABLED);
    }

    @Override
    public void install(App app) {
        Settings settings = app.settings();
        SecurityHeaders headers = new SecurityHeaders()
                .referrerPolicy(settings.get(REFERRER_POLICY))
                .frameOptions(settings.get(FRAME_OPTIONS))
                .openerPolicy(settings.get(OPENER_POLICY));
        if (settings.find(CONTENT).isPresent()) {
            ContentSecurityPolicy policy = policy(settings.get(CONTENT));
            headers = headers.contentSecurityPolicy(settings.get(REPORT_ONLY) ? policy.reportOnly() : policy);
        }
        if (settings.find(PERMISSIONS).isPresent()) {
            headers = headers.permissionsPolicy(settings.get(PERMISSIONS));
        }
        for (String name : settings.get(WITHOUT)) {
            headers = headers.without(name);
        }
        app.use(headers);
    }

    /** Directives between semicolons, each a name and its sources (CSP, section 2.2.1). */
    private static ContentSecurityPolicy policy(String text) {
        ContentSecurityPolicy policy = null;
        for (String directive : text.split(";")) {
            String[] words = directive.strip().split("\\s+");
            String[] sources = Arrays.copyOfRange(words, 1, words.length);
            if (policy != null) {
                policy = words[0].isEmpty() ? policy : policy.with(words[0], sources);
            } else if (words[0].equals(DEFAULT_SRC)) {
                policy = ContentSecurityPolicy.defaultSrc(sources);
            } else {
                throw new StartupError("setting '" + CONTENT + "': expected to begin with default-src, got something"
                        + " else. Say first what counts where nothing is said: default-src 'self'.");
            }
        }
        if (policy == null) {
            throw new StartupError(
                    "setting '" + CONTENT + "': expected directives, got none. Write default-src 'self'.");
        }
        return policy;
    }
}
