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
            new ForwardedHeadersSettings(),
            // What is logged has an identifier, and nothing that reaches a middleware is answered unlogged.
            new RequestIdSettings(),
            new AccessLogSettings(),
            // On refusals and redirects too.
            new SecurityHeadersSettings(),
            // Before the host gets into a redirect.
            new AllowedHostsSettings(),
            new HstsSettings(),
            // Scripts may read that they have asked too often.
            new CorsSettings(),
            new RateLimitSettings(),
            new ConcurrencyLimitSettings(),
            // Whatever the app answers.
            new GzipSettings(),
            // The token is in the session.
            new SessionsSettings(),
            new CsrfSettings());

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
