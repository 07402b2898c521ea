package io.bocadillo.jetty;

import io.bocadillo.EmbeddedServer;
import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a server listens. */
record Address(String host, int port) {

    /** What is given in code; else what the settings say, among which {@code PORT} may be; else as if nothing were said. */
    static Address of(
            @Nullable String host, @Nullable Integer port, Settings settings, Map<String, String> environment) {
        Integer ofSettings = port == null ? settings.find(EmbeddedServer.PORT).orElse(null) : port;
        boolean isOfPlatform =
                port == null && ofSettings != null && ofSettings.toString().equals(platform(environment));
        return of(
                host != null ? host : settings.find(EmbeddedServer.HOST).orElse(null),
                isOfPlatform ? null : ofSettings,
                environment);
    }

    /**
     * What is given; else, with {@code PORT} as hosting platforms set it, that port of all addresses; else port 8000 of
     * this machine alone.
     */
    static Address of(@Nullable String host, @Nullable Integer port, Map<String, String> environment) {
        String platform = platform(environment);
        boolean onPlatform = port == null && !platform.isEmpty();
        return new Address(
                host != null ? host : onPlatform ? "0.0.0.0" : "127.0.0.1",
                port != null ? port : onPlatform ? parse(platform) : 8000);
    }

    String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static String platform(Map<String, String> environment) {
        return environment.getOrDefault("PORT", "").strip();
    }

    private static int parse(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException malformed) {
            // the same error as for a number out of range
        }
        throw new StartupError("PORT: expected a number from 0 to 65535, got '" + text + "'. Mend the environment.");
    }
}
