package io.bocadillo;

import io.bocadillo.settings.Found;
import io.bocadillo.settings.Secrets;
import io.bocadillo.settings.ValueType;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the sources of {@link Settings} say about one key: a text, read as what the application needs.
 *
 * <p>A required value that is missing, or one that does not read as the type asked for, is a {@link StartupError} that names
 * the source. Secrets are shown in no message: those whose keys say so by a word of {@code docs/settings.md}, and those
 * whose {@link SettingKey} is one.
 */
public final class Setting {

    private final String key;
    private final String variable;
    private final @Nullable Found found;
    private final boolean isSecret;

    Setting(String key, String variable, @Nullable Found found, boolean isSecret) {
        this.key = key;
        this.variable = variable;
        this.found = found;
        this.isSecret = isSecret || Secrets.isSecret(key);
    }

    /** Whether a source has it; an empty text counts, unless it is that of a variable without {@code BOCADILLO_}. */
    public boolean isPresent() {
        return found != null;
    }

    /** The text, secret or not. */
    public String value() {
        if (found == null) {
            throw new StartupError(where() + ": expected a value, got none. Give it as --" + key
                    + "=..., in the environment as " + variable + ", or in application.properties.");
        }
        return found.text();
    }

    /** The value as a decimal {@code int}. */
    public int asInt() {
        return as(Integer.class);
    }

    /** The value as a decimal {@code long}. */
    public long asLong() {
        return as(Long.class);
    }

    /** The value as a boolean: {@code true}, {@code 1}, {@code yes}, {@code on} or their opposites, in any case. */
    public boolean asBoolean() {
        return as(Boolean.class);
    }

    /** The value as a duration, not negative: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 14d}, {@code PT30S}. */
    public Duration asDuration() {
        return read(ValueType.DURATION);
    }

    /** The value as a number of bytes: {@code 512}, {@code 64KiB}, {@code 10MiB}; {@code KB} and {@code MB} are decimal. */
    public long asBytes() {
        return read(ValueType.BYTES);
    }

    /** The texts between commas, without the blanks around them, unmodifiable; empty for an empty value. */
    public List<String> asList() {
        return read(ValueType.LIST);
    }

    /**
     * The value as {@code type}: whatever {@link Param#as} takes, a {@link Duration} as {@link #asDuration} does, and the
     * constants of an enum in any case, with hyphens or underscores.
     *
     * @throws IllegalArgumentException for any other type
     */
    public <T> T as(Class<T> type) {
        return read(typeOf(type));
    }

    /**
     * The value as the type of {@code fallback}, or {@code fallback} when there is none: {@code
     * settings.get("pool.size").orElse(10)}.
     *
     * @throws IllegalArgumentException for null, and for a type that {@link #as} does not know and that is no list
     */
    @SuppressWarnings("unchecked")
    public <T> T orElse(T fallback) {
        Class<?> type = Conversion.typeOf(fallback, "Setting", key);
        ValueType<?> known = fallback instanceof List<?> ? ValueType.LIST : typeOf(type);
        return found == null ? fallback : (T) read(known);
    }

    /** For prints: key, value and source, the value masked if it is a secret. */
    @Override
    public String toString() {
        return found == null ? key + " is not set" : key + "=" + shown(found) + " (" + found.source() + ")";
    }

    <T> T read(ValueType<T> type) {
        String text = value();
        try {
            return type.parser().apply(text);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException malformed) {
            // Not as the cause: its message may have the text, which may be a secret.
            throw new StartupError(where() + ": expected " + type.expected() + ", got '" + shown(found)
                    + "'. Mend it there, or give another one in a source that comes before.");
        }
    }

    /** What it is and where it is from, for messages: {@code setting 'gzip' (application.properties)}. */
    public String where() {
        return "setting '" + key + "'" + (found == null ? "" : " (" + found.source() + ")");
    }

    /** Where it is from: {@code argument --gzip}, {@code application.properties}; {@code default} if no source has it. */
    public String source() {
        return found == null ? "default" : found.source();
    }

    /** A text that may repeat the value, without what is secret of it. */
    String masked(String text) {
        boolean maySay = isSecret && found != null && !found.text().isEmpty();
        return Secrets.masked(maySay ? Secrets.without(value(), text) : text);
    }

    private String shown(@Nullable Found value) {
        return isSecret || value == null ? Secrets.MASK : Secrets.masked(value.text());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> ValueType<T> typeOf(Class<T> type) {
        if (type == Duration.class) {
            return (ValueType<T>) ValueType.DURATION;
        }
        if (type.isEnum()) {
            return (ValueType<T>) ValueType.choice((Class) type);
        }
        Conversion<T> conversion = Conversion.required(type, "Setting");
        return new ValueType<>(type.getSimpleName(), conversion.expected(), conversion.parser(), String::valueOf);
    }
}
