package io.bocadillo;

import io.bocadillo.settings.Found;
import io.bocadillo.settings.Layers;
import io.bocadillo.settings.Spelling;
import io.bocadillo.settings.Variables;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of what stands in the sources as if it were a setting of Bocadillo or of a plugin, and is none. It is no error where
 * it may be one of the app.
 */
final class UnknownSettings {

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    private UnknownSettings() {}

    /** In the settings of an app and of those mounted in it, which know together what is declared; each source once. */
    static void warn(App app) {
        Map<Layers, Sources> sources = new LinkedHashMap<>();
        collect(app, sources);
        sources.values().forEach(UnknownSettings::warn);
    }

    private static void collect(Router router, Map<Layers, Sources> sources) {
        if (router instanceof App app) {
            Sources own = app.settings().sources();
            sources.merge(own.compared(), own, Sources::knowing);
        }
        router.parts().forEach(part -> collect(part, sources));
    }

    /** Keys that look like known ones, and variables that lack the prefix, or have it and are unknown. */
    private static void warn(Sources sources) {
        Set<String> keys = sources.declared().keySet();
        Set<String> variables = new TreeSet<>();
        keys.forEach(key -> variables.add(sources.variable(key)));
        sources.layers().keys().forEach((key, found) -> {
            if (!keys.contains(key)) {
                Spelling.meant(key, keys).ifPresent(meant -> warn(key, found, meant));
            }
        });
        for (Map.Entry<String, Found> variable : sources.layers().variables().entrySet()) {
            String name = variable.getKey();
            if (!variables.contains(name)) {
                meant(name, variables).ifPresent(meant -> warn(name, variable.getValue(), meant));
            }
        }
    }

    private static Optional<String> meant(String name, Set<String> known) {
        String whole = Variables.PREFIX + name;
        if (known.contains(whole)) {
            return Optional.of(whole);
        }
        // Nobody else has this prefix.
        return name.startsWith(Variables.PREFIX) ? Spelling.nearest(name, known) : Optional.empty();
    }

    private static void warn(String name, Found found, String meant) {
        LOG.warn(
                "setting '{}' ({}): expected a known one, got one that nothing reads. Is it '{}'?",
                name,
                found.source(),
                meant);
    }
}
