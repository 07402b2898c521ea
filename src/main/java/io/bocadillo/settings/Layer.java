package io.bocadillo.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
        /** As those of {@link Variables}; an empty value counts as none, unless the name has Bocadillo's prefix. */
        VARIABLES,
        /** The same, among others that are none of ours. */
        VARIABLES_AMONG_OTHERS
    }

    /** A source whose values have the keys of settings. */
    public Layer(String source, Map<String, String> values) {
        this(source, values, Naming.KEYS);
    }

    /** Keeps a copy of the values. */
    public Layer {
        values = Map.copyOf(values);
    }

    /**
     * The value of a setting and where it is from; null if this source has none.
     *
     * @param variable its name where it is that of a variable
     */
    @Nullable
    Found find(String key, String variable) {
        String name = hasVariables() ? variable : key;
        String value = values.get(name);
        return value == null || isLeftEmpty(name, value) ? null : found(name, value);
    }

    /** What it has that is meant to be a setting, by the names there, as far as that can be told. */
    Map<String, Found> written() {
        Map<String, Found> written = new TreeMap<>();
        values.forEach((name, value) -> {
            if (isMeant(name)) {
                written.put(name, found(name, value));
            }
        });
        return written;
    }

    /**
     * An empty variable is none, as shells have it; but one with the prefix is ours, and empty: an app must not go without
     * sessions because the secret for {@code BOCADILLO_SESSIONS_KEY} was forgotten.
     */
    private boolean isLeftEmpty(String name, String value) {
        return hasVariables() && value.isBlank() && !name.startsWith(Variables.PREFIX);
    }

    /** The same or, if it has all kinds of things, what of it has one of these names. */
    Layer narrowed(Set<String> names) {
        if (naming == Naming.KEYS || naming == Naming.VARIABLES) {
            return this;
        }
        Map<String, String> known = new HashMap<>(values);
        known.keySet().retainAll(names);
        return new Layer(source, known, naming);
    }

    boolean hasVariables() {
        return naming == Naming.VARIABLES || naming == Naming.VARIABLES_AMONG_OTHERS;
    }

    private boolean isMeant(String name) {
        return switch (naming) {
            case KEYS, VARIABLES -> true;
            case KEYS_AMONG_OTHERS -> false;
            case VARIABLES_AMONG_OTHERS -> name.startsWith(Variables.PREFIX);
        };
    }

    private Found found(String name, String value) {
        return new Found(value, source.replace("{}", name));
    }

    /** What it is, without the values. */
    @Override
    public String toString() {
        return source;
    }
}
