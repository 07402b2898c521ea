package io.bocadillo.middleware;

import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;

/** {@link SecurityHeaders} by settings. */
final class SecurityHeadersSettings {

    static final Plugin PLUGIN = BuiltIn.flag(
                    SettingKey.flag(
                            "security-headers",
                            "Whether answers have the headers that keep browsers from being too helpful."),
                    SecurityHeaders::new)
            .with(
                    SettingKey.text("security-headers.referrer-policy", "What links tell of the page they are on.")
                            .orElse("same-origin"),
                    SecurityHeaders::referrerPolicy)
            .with(
                    SettingKey.text(
                                    "security-headers.frame-options",
                                    "Who may show pages in frames: DENY or SAMEORIGIN.")
                            .orElse("DENY"),
                    SecurityHeaders::frameOptions)
            .with(
                    SettingKey.text("security-headers.opener-policy", "Who may hold on to a window it was opened from.")
                            .orElse("same-origin"),
                    SecurityHeaders::openerPolicy)
            .with(
                    SettingKey.text(
                            "security-headers.content-security-policy",
                            "What pages may load and run: default-src 'self'; img-src *."),
                    (headers, text) -> headers.contentSecurityPolicy(ContentSecurityPolicy.parse(text)))
            .with(
                    SettingKey.text(
                            "security-headers.content-security-policy-report-only",
                            "The same, but only reported, to where its report-to says."),
                    (headers, text) -> headers.contentSecurityPolicy(
                            ContentSecurityPolicy.parse(text).reportOnly()))
            .with(
                    SettingKey.text(
                            "security-headers.permissions-policy",
                            "Which features of the browser pages may use: camera=()."),
                    SecurityHeaders::permissionsPolicy)
            .with(SettingKey.list("security-headers.without", "Headers that are left out."), (headers, names) -> {
                SecurityHeaders fewer = headers;
                for (String name : names) {
                    fewer = fewer.without(name);
                }
                return fewer;
            });

    private SecurityHeadersSettings() {}
}
