package io.bocadillo;

import io.bocadillo.settings.Layer;
import io.bocadillo.settings.Layers;
import io.bocadillo.settings.Surroundings;
import io.bocadillo.settings.Variables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where settings are from, and what is known of them.
 *
 * @param compared the layers without what is of no plugin of the class path, such as most system properties, which change
 *     at any time: two that are equal by it have switched on the same
 * @param plugins found on the class path, in the order of their installation
 * @param ofPlugins what they and others declare, by the keys
 * @param own the keys of those of Bocadillo itself
 */
record Sources(
        Layers layers, Layers compared, List<Plugin> plugins, Map<String, SettingKey<?>> ofPlugins, Set<String> own) {

    /** Those of settings that are made in code. */
    static final Sources NONE = new Sources(Layers.NONE, Layers.NONE, List.of(), Map.of(), Set.of());

    private static final String OWN = "io.bocadillo.";

    /** What is there, with the plugins of the class path. */
    static Sources of(Layers layers) {
        List<Plugin> plugins = found();
        Sources sources = new Sources(layers, Layers.NONE, plugins, Map.of(), Set.of());
        Set<String> own = new HashSet<>();
        for (Plugin plugin : plugins) {
            sources = sources.declaring(plugin.settings());
            if (isOwn(plugin)) {
                own.addAll(sources.ofPlugins.keySet());
            }
        }
        return new Sources(layers, Layers.NONE, plugins, sources.ofPlugins, Set.copyOf(own)).narrowed();
    }

    private Sources narrowed() {
        Set<String> names = new HashSet<>();
        for (String key : declared().keySet()) {
            names.add(key);
            names.add(variable(key));
        }
        return new Sources(layers, layers.narrowed(names), plugins, ofPlugins, own);
    }

    /** The same from what is around the app; {@link StartupError} for a source that is malformed or can't be read. */
    static Sources read(Surroundings surroundings, List<Layer> last, String... arguments) {
        try {
            return of(Layers.read(surroundings, last, arguments));
        } catch (IllegalArgumentException malformed) {
            throw new StartupError(String.valueOf(malformed.getMessage()));
        }
    }

    /** The same, in which these are known too; of two that have one key a secret counts, else the first. */
    Sources declaring(List<SettingKey<?>> keys) {
        Map<String, SettingKey<?>> more = new LinkedHashMap<>(ofPlugins);
        for (SettingKey<?> key : keys) {
            more.merge(key.name(), key, (first, second) -> first.isSecret() || !second.isSecret() ? first : second);
        }
        return more.equals(ofPlugins)
                ? this
                : new Sources(layers, compared, plugins, Collections.unmodifiableMap(more), own);
    }

    /** The same, in which what others know is known too. */
    Sources knowing(Sources others) {
        return declaring(List.copyOf(others.ofPlugins.values()));
    }

    /** All that are declared, by their keys: those of the framework, then those of plugins. */
    Map<String, SettingKey<?>> declared() {
        Map<String, SettingKey<?>> declared = new LinkedHashMap<>();
        FrameworkSetting.KEYS.forEach(key -> declared.put(key.name(), key));
        ofPlugins.forEach(declared::putIfAbsent);
        return declared;
    }

    /** What the first source says that has the key. */
    Setting get(String key) {
        return get(key, false);
    }

    /** The same of a key that may be a secret, though nobody has declared it. */
    Setting get(String key, boolean isSecret) {
        SettingKey<?> known = ofPlugins.get(key);
        String variable = variable(key);
        return new Setting(key, variable, layers.find(key, variable), isSecret || known != null && known.isSecret());
    }

    /** The name of a setting in the environment. */
    String variable(String key) {
        boolean isOwn = own.contains(key) || FrameworkSetting.isOne(key);
        return isOwn ? Variables.ofOwn(key) : Variables.of(key);
    }

    /** One line for each setting, sorted: those of the framework, and all others that have a value. */
    String print(Settings settings) {
        Set<String> lines = new TreeSet<>();
        Set<String> others = new HashSet<>(layers.keys().keySet());
        others.addAll(declared().keySet());
        for (FrameworkSetting<?> setting : FrameworkSetting.ALL) {
            lines.add(setting.line(settings, this));
            others.remove(setting.key().name());
        }
        for (String key : others) {
            Setting setting = get(key);
            if (setting.isPresent()) {
                lines.add(setting.toString());
            }
        }
        return String.join("\n", lines);
    }

    /** Bocadillo's own first, in the order of their file; the others by the names of their classes. */
    private static List<Plugin> found() {
        List<Plugin> own = new ArrayList<>();
        List<Plugin> others = new ArrayList<>();
        try {
            Services.of(Plugin.class)
                    .map(ServiceLoader.Provider::get)
                    .forEach(plugin -> (isOwn(plugin) ? own : others).add(plugin));
        } catch (ServiceConfigurationError broken) {
            String cause = broken.getCause() == null ? "" : ": " + broken.getCause();
            throw new StartupError("plugins of the class path: expected each to be made without arguments, got '"
                    + broken.getMessage() + cause + "'. Add what it needs, or take it out of the class path.");
        }
        others.sort(Comparator.comparing(plugin -> plugin.getClass().getName()));
        own.addAll(others);
        return List.copyOf(own);
    }

    private static boolean isOwn(Plugin plugin) {
        return plugin.getClass().getName().startsWith(OWN);
    }
}
