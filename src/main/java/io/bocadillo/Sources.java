package io.bocadillo;

import io.bocadillo.settings.Layers;
import io.bocadillo.settings.Spelling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where loaded settings are from, with the plugins that are there to be configured by them.
 *
 * @param plugins found on the class path, in the order of their installation
 */
record Sources(Layers layers, List<Plugin> plugins) {

    /** Those of settings that are made in code. */
    static final Sources NONE = new Sources(Layers.NONE, List.of());

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    private static final String OWN = "io.bocadillo.";

    /** With the plugins of the class path. Warns of keys that look like known ones. */
    static Sources of(Layers layers) {
        Sources sources = new Sources(layers, found());
        sources.warnOfMisspelled();
        return sources;
    }

    /** What the first source says that has the key. */
    Setting get(String key, boolean isSecret) {
        return new Setting(key, layers.find(key), isSecret || isDeclaredSecret(key));
    }

    /** All that are declared, by their keys: those of the framework, then those of the plugins. */
    Map<String, SettingKey<?>> declared() {
        Map<String, SettingKey<?>> declared = new LinkedHashMap<>();
        FrameworkSetting.ALL.forEach(setting -> declared.put(setting.key().name(), setting.key()));
        for (SettingKey<?> key : List.of(Settings.ENV, EmbeddedServer.HOST, EmbeddedServer.PORT)) {
            declared.put(key.name(), key);
        }
        plugins.forEach(plugin -> plugin.settings().forEach(key -> declared.put(key.name(), key)));
        return declared;
    }

    /** One line for each setting, sorted: those of the framework, and all others that have a value. */
    String print(Settings settings) {
        Set<String> lines = new TreeSet<>();
        Set<String> others = new TreeSet<>(layers.keys());
        others.addAll(declared().keySet());
        for (FrameworkSetting<?> setting : FrameworkSetting.ALL) {
            lines.add(setting.line(settings, this));
            others.remove(setting.key().name());
        }
        for (String key : others) {
            Setting setting = get(key, false);
            if (setting.isPresent()) {
                lines.add(setting.toString());
            }
        }
        return String.join("\n", lines);
    }

    private boolean isDeclaredSecret(String key) {
        return plugins.stream()
                .flatMap(plugin -> plugin.settings().stream())
                .anyMatch(declared -> declared.isSecret() && declared.name().equals(key));
    }

    private void warnOfMisspelled() {
        Set<String> known = declared().keySet();
        for (String key : layers.keys()) {
            if (!known.contains(key)) {
                Spelling.meant(key, known)
                        .ifPresent(meant -> LOG.warn(
                                "setting '{}' ({}): expected a known one, got one that nothing reads. Is it '{}'?",
                                key,
                                get(key, false).source(),
                                meant));
            }
        }
    }

    /** Bocadillo's own first, in the order of their file; the others by the names of their classes. */
    private static List<Plugin> found() {
        List<Plugin> own = new ArrayList<>();
        List<Plugin> others = new ArrayList<>();
        for (Plugin plugin : ServiceLoader.load(Plugin.class, App.class.getClassLoader())) {
            (nameOf(plugin).startsWith(OWN) ? own : others).add(plugin);
        }
        others.sort(Comparator.comparing(Sources::nameOf));
        own.addAll(others);
        return List.copyOf(own);
    }

    private static String nameOf(Plugin plugin) {
        return plugin.getClass().getName();
    }
}
