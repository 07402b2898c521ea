package io.bocadillo.jetty;

import io.bocadillo.EmbeddedServer;
import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import io.bocadillo.settings.Layers;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a server listens. */
record Address(String host, int port) {

    /** Platforms reach an app from another machine. */
    private static final String ALL = "0.0.0.0";

    private static final String LOCAL = "127.0.0.1";

    private static final int STANDARD_PORT = 8000;

    /** What is given in code, then by the settings, then by {@code PORT}; else port 8000 of this machine alone. */
    static Address of(
            @Nullable String host, @Nullable Integer port, Settings settings, Map<String, String> environment) {
        String chosen = host != null ? host : settings.find(EmbeddedServer.HOST).orElse(null);
        if (port != null) {
            return at(chosen, LOCAL, port);
        }
        Optional<Integer> ofSettings = settings.find(EmbeddedServer.PORT);
        if (ofSettings.isPresent()) {
            String source = settings.get(EmbeddedServer.PORT.name()).source();
            return at(chosen, source.equals(Layers.PLATFORM) ? ALL : LOCAL, ofSettings.get());
        }
        String ofPlatform = environment.getOrDefault("PORT", "").strip();
        return ofPlatform.isEmpty() ? at(chosen, LOCAL, STANDARD_PORT) : at(chosen, ALL, parse(ofPlatform));
    }

    private static Address at(@Nullable String host, String standard, int port) {
        return new Address(host == null ? standard : host, port);
    }

    String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
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
