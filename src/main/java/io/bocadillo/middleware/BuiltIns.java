package io.bocadillo.middleware;

import io.bocadillo.App;
import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import java.util.List;

/**
 * The middleware that settings alone switch on, around everything the app registers; installed in apps whose settings are
 * {@link io.bocadillo.Settings#load loaded}.
 */
public final class BuiltIns implements Plugin {

    /** The outermost first. */
    private static final List<Plugin> ORDER = List.of(
            // Tells all others who the client is, and what it asked for.
            ForwardedHeadersSettings.PLUGIN,
            // What is logged has an identifier, and nothing that reaches a middleware is answered unlogged.
            RequestIdSettings.PLUGIN,
            AccessLogSettings.PLUGIN,
            // On refusals and redirects too.
            SecurityHeadersSettings.PLUGIN,
            // Before the host gets into a redirect.
            AllowedHostsSettings.PLUGIN,
            HstsSettings.PLUGIN,
            // Scripts may read that they have asked too often.
            CorsSettings.PLUGIN,
            RateLimitSettings.PLUGIN,
            ConcurrencyLimitSettings.PLUGIN,
            // Whatever the app answers.
            GzipSettings.PLUGIN,
            // The token is in the session.
            SessionsSettings.PLUGIN,
            CsrfSettings.PLUGIN);

    /** Creates the plugin; called by {@link java.util.ServiceLoader}. */
    public BuiltIns() {}

    @Override
    public List<SettingKey<?>> settings() {
        return ORDER.stream()
                .<SettingKey<?>>flatMap(plugin -> plugin.settings().stream())
                .toList();
    }

    @Override
    public void install(App app) {
        ORDER.forEach(app::plugin);
    }
}
