package io.bocadillo;

import io.bocadillo.settings.Layers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A setting of the framework itself, declared once: what can be set in code by a method of {@link Settings} can be by this
 * key elsewhere.
 *
 * @param key whose default is that of {@link Settings#defaults}
 * @param setter returns a changed copy
 */
record FrameworkSetting<T>(SettingKey<T> key, Function<Settings, T> getter, BiFunction<Settings, T, Settings> setter) {

    private static final SettingKey<String> ENV = SettingKey.text(
            Layers.ENV,
            "The name of the environment: application-{env}.properties comes before application.properties.");

    static final List<FrameworkSetting<?>> ALL = List.of(
            of(
                    duration("timeout", "How long a request may wait for its answer; 0 for no end."),
                    Settings::timeout,
                    Settings::timeout),
            of(
                    duration(
                            "body-idle-timeout",
                            "How long a body may stand still while it is waited for; 0 for no end."),
                    Settings::bodyIdleTimeout,
                    Settings::bodyIdleTimeout),
            of(
                    duration("write-idle-timeout", "How long a client may take nothing of an answer; 0 for no end."),
                    Settings::writeIdleTimeout,
                    Settings::writeIdleTimeout),
            of(
                    duration("grace-period", "How long a stop waits for requests and background tasks."),
                    Settings::gracePeriod,
                    Settings::gracePeriod),
            of(
                    duration("event-heartbeat", "After how long without an event a comment is sent; 0 for never."),
                    Settings::eventHeartbeat,
                    Settings::eventHeartbeat),
            of(bytes("max-body", "The most that a body may have."), Settings::maxBody, Settings::maxBody),
            of(
                    bytes("max-upload", "The most that a multipart form may have, files and all."),
                    Settings::maxUpload,
                    Settings::maxUpload),
            of(
                    SettingKey.count("max-form-fields", "The most fields that an urlencoded form may have."),
                    Settings::maxFormFields,
                    Settings::maxFormFields),
            of(
                    SettingKey.count("max-parts", "The most fields and files that a multipart form may have."),
                    Settings::maxParts,
                    Settings::maxParts),
            of(
                    SettingKey.limit("max-part-size", "The most that one part of a multipart form may have."),
                    Settings::maxPartSize,
                    Settings::maxPartSize),
            of(
                    bytes("max-part-headers", "The most that the header fields of one part may have."),
                    settings -> (long) settings.maxPartHeaders(),
                    (settings, size) -> settings.maxPartHeaders((int) Math.min(size, Integer.MAX_VALUE))),
            of(
                    SettingKey.flag(
                            "redirect-trailing-slash", "Whether /foo is redirected to /foo/ if only that is a route."),
                    Settings::redirectTrailingSlash,
                    Settings::redirectTrailingSlash),
            of(
                    SettingKey.flag("allow-shadowed-routes", "Whether a route that can never run is only a warning."),
                    Settings::allowShadowedRoutes,
                    Settings::allowShadowedRoutes),
            of(
                    SettingKey.flag("static-files", "Whether the folder static is served at /static."),
                    Settings::staticFiles,
                    Settings::staticFiles));

    /** Those that a battery reads by itself. */
    static final List<SettingKey<?>> OF_BATTERIES = Stream.concat(
                    StandardFiles.KEYS.stream(), Stream.of(TemplateEngine.FOLDER, TemplateEngine.RELOAD))
            .toList();

    /** The keys of all, and of those that are read elsewhere. */
    static final List<SettingKey<?>> KEYS = keys();

    private static final Set<String> NAMES =
            KEYS.stream().map(SettingKey::name).collect(Collectors.toUnmodifiableSet());

    /** Whether that is the key of one. */
    static boolean isOne(String key) {
        return NAMES.contains(key);
    }

    /** The settings with whatever their sources say about those of the framework; {@link StartupError} for no such value. */
    static Settings applied(Settings settings, Sources sources) {
        Settings changed = settings;
        for (FrameworkSetting<?> setting : ALL) {
            changed = setting.appliedTo(changed, sources);
        }
        OF_BATTERIES.forEach(key -> key.find(sources));
        return changed;
    }

    /** For prints: key, value, and where it is from. */
    String line(Settings settings, Sources sources) {
        T value = getter.apply(settings);
        String source = key.in(sources).source();
        boolean isOfSources = value.equals(key.get(sources));
        return key.name() + "=" + key.shown(value) + " (" + (isOfSources ? source : "code") + ")";
    }

    private static List<SettingKey<?>> keys() {
        List<SettingKey<?>> keys = new ArrayList<>();
        ALL.forEach(setting -> keys.add(setting.key()));
        keys.addAll(List.of(ENV, EmbeddedServer.HOST, EmbeddedServer.PORT));
        keys.addAll(OF_BATTERIES);
        return List.copyOf(keys);
    }

    private Settings appliedTo(Settings settings, Sources sources) {
        return key.find(sources).map(value -> setter.apply(settings, value)).orElse(settings);
    }

    private static <T> FrameworkSetting<T> of(
            SettingKey<T> key, Function<Settings, T> getter, BiFunction<Settings, T, Settings> setter) {
        return new FrameworkSetting<>(key.orElse(getter.apply(Settings.defaults())), getter, setter);
    }

    private static SettingKey<Duration> duration(String name, String description) {
        return SettingKey.duration(name, description);
    }

    private static SettingKey<Long> bytes(String name, String description) {
        return SettingKey.bytes(name, description);
    }
}
