package io.bocadillo;

import io.bocadillo.settings.Secrets;
import io.bocadillo.settings.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A setting that is declared: its key, its type, its default and what it is for, once for all who read or describe it;
 * immutable.
 *
 * <p>{@code static final SettingKey<Duration> INTERVAL = SettingKey.duration("metrics.interval", "How often figures are
 * sent.").orElse(Duration.ofSeconds(10));}, then {@code settings.get(INTERVAL)}. In a file it is {@code
 * metrics.interval=5s}, in the environment {@code METRICS_INTERVAL=5s}.
 */
public final class SettingKey<T> {

    private final String name;
    private final String description;
    private final ValueType<T> type;
    private final @Nullable T fallback;
    private final boolean isSecret;
    private final List<SettingKey<?>> switches;

    private SettingKey(String name, String description, ValueType<T> type, @Nullable T fallback) {
        this(name, description, type, fallback, false, List.of());
    }

    private SettingKey(
            String name,
            String description,
            ValueType<T> type,
            @Nullable T fallback,
            boolean isSecret,
            List<SettingKey<?>> switches) {
        this.name = name;
        this.description = description;
        this.type = type;
        this.fallback = fallback;
        this.isSecret = isSecret;
        this.switches = switches;
    }

    /** A text, without a default. */
    public static SettingKey<String> text(String name, String description) {
        return new SettingKey<>(name, description, ValueType.TEXT, null);
    }

    /** Something that is on or off, off by default. */
    public static SettingKey<Boolean> flag(String name, String description) {
        return new SettingKey<>(name, description, ValueType.FLAG, false);
    }

    /** A whole number from 0 on, without a default. */
    public static SettingKey<Integer> count(String name, String description) {
        return count(name, 0, Integer.MAX_VALUE, description);
    }

    /** A whole number between these two, without a default; {@code least} is not negative. */
    public static SettingKey<Integer> count(String name, int least, int most, String description) {
        return new SettingKey<>(name, description, ValueType.count(least, most), null);
    }

    /** A number of bytes, without a default; see {@link Setting#asBytes}. */
    public static SettingKey<Long> bytes(String name, String description) {
        return new SettingKey<>(name, description, ValueType.BYTES, null);
    }

    /** A number of bytes, or {@code none}, which is {@link Long#MAX_VALUE}; without a default. */
    static SettingKey<Long> limit(String name, String description) {
        return new SettingKey<>(name, description, ValueType.LIMIT, null);
    }

    /** A duration that is not negative, without a default; see {@link Setting#asDuration}. */
    public static SettingKey<Duration> duration(String name, String description) {
        return new SettingKey<>(name, description, ValueType.DURATION, null);
    }

    /** Texts between commas, by default none. */
    public static SettingKey<List<String>> list(String name, String description) {
        return new SettingKey<>(name, description, ValueType.LIST, List.of());
    }

    /** One constant of an enum, written in any case, with hyphens or underscores; without a default. */
    public static <E extends Enum<E>> SettingKey<E> choice(Class<E> type, String name, String description) {
        return new SettingKey<>(name, description, ValueType.choice(type), null);
    }

    /** The same with a default. */
    public SettingKey<T> orElse(T fallback) {
        return new SettingKey<>(name, description, type, fallback, isSecret, switches);
    }

    /** The same, whose value is shown in no message and no print. */
    public SettingKey<T> secret() {
        return new SettingKey<>(name, description, type, fallback, true, switches);
    }

    /**
     * The same, which has no effect without one of these: for an app whose plugin declares it, it is a {@link StartupError}
     * to give it, other than as false, while no source has any of them.
     */
    public SettingKey<T> needs(SettingKey<?>... switches) {
        return new SettingKey<>(name, description, type, fallback, isSecret, List.of(switches));
    }

    /** The key, such as {@code max-body}. */
    public String name() {
        return name;
    }

    /** What it is for, in a sentence. */
    public String description() {
        return description;
    }

    /** Its type, for tables: {@code duration}. */
    public String type() {
        return type.name();
    }

    /** The default as it would be written, empty if there is none. */
    public String fallback() {
        return fallback == null ? "" : shown(fallback);
    }

    /** The key. */
    @Override
    public String toString() {
        return name;
    }

    boolean isSecret() {
        return isSecret || Secrets.isSecret(name);
    }

    String shown(T value) {
        return type.shown().apply(value);
    }

    /** Throws {@link StartupError} for a text that is no such value, and for a value that would be without effect. */
    void check(Sources sources) {
        boolean isOn = find(sources).filter(value -> !value.equals(false)).isPresent();
        if (isOn
                && !switches.isEmpty()
                && switches.stream().noneMatch(key -> key.in(sources).isPresent())) {
            String missing = switches.stream().map(key -> "'" + key + "'").collect(Collectors.joining(" or "));
            throw new StartupError(in(sources).where() + ": expected " + missing
                    + " with it, got none. Give that too, or leave this one out.");
        }
    }

    /** The value that a source gives. */
    Optional<T> find(Sources sources) {
        Setting setting = in(sources);
        return setting.isPresent() ? Optional.of(setting.read(type)) : Optional.empty();
    }

    /** That, or the default; {@link StartupError} if there is neither. */
    T get(Sources sources) {
        Setting setting = in(sources);
        return setting.isPresent() || fallback == null ? setting.read(type) : fallback;
    }

    /** What the sources say about it. */
    Setting in(Sources sources) {
        return sources.get(name, isSecret());
    }
}
