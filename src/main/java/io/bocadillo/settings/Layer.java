package io.bocadillo.settings;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One source of settings.
 *
 * @param source for messages, such as {@code application.properties}; {@code {}} in it stands for the name of a setting
 * @param values by the names that the settings have there
 * @param naming how these names are made
 */
public record Layer(String source, Map<String, String> values, Naming naming) {

    /** How the names of settings are written in a source. */
    public enum Naming {
        /** As they are: {@code cors.allow-origins}. */
        KEYS,
        /** As they are, among others that are none of ours. */
        KEYS_AMONG_OTHERS,
        /** In capitals, with underscores: {@code CORS_ALLOW_ORIGINS}; an empty value counts as none. */
        VARIABLES
    }

    /** A source whose values have the keys of settings. */
    public Layer(String source, Map<String, String> values) {
        this(source, values, Naming.KEYS);
    }

    /** Keeps a copy of the values. */
    public Layer {
        values = Map.copyOf(values);
    }

    /** The value of a setting and where it is from; null if this source has none. */
    @Nullable
    Found find(String key) {
        String name = naming == Naming.VARIABLES ? variable(key) : key;
        String value = values.get(name);
        if (value == null || naming == Naming.VARIABLES && value.isBlank()) {
            return null;
        }
        return new Found(value, source.replace("{}", name));
    }

    /** The settings it has, as far as that can be told. */
    Set<String> keys() {
        return naming == Naming.KEYS ? values.keySet() : Set.of();
    }

    /** The name of a setting as an environment variable: {@code CORS_ALLOW_ORIGINS}. */
    public static String variable(String key) {
        StringBuilder name = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            boolean isLower = c >= 'a' && c <= 'z';
            name.append(c == '.' || c == '-' ? '_' : isLower ? (char) (c - 'a' + 'A') : c);
        }
        return name.toString();
    }

    /** What it is, without the values. */
    @Override
    public String toString() {
        return source;
    }
}
