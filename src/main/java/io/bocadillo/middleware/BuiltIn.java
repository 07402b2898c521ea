package io.bocadillo.middleware;

import io.bocadillo.App;
import io.bocadillo.Middleware;
import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;
import io.bocadillo.Settings;
import io.bocadillo.StartupError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A middleware that a setting switches on, and others set; immutable.
 *
 * <p>What it refuses is an error that names the settings it was about to be given.
 */
final class BuiltIn<M extends Middleware> implements Plugin {

    /** What settings do to the middleware. */
    private record Step<M>(List<SettingKey<?>> keys, BiFunction<M, Settings, M> change) {}

    private final SettingKey<?>[] switches;
    private final Predicate<Settings> isEnabled;
    private final Function<Settings, M> creator;
    private final List<Step<M>> steps;

    private BuiltIn(
            SettingKey<?>[] switches,
            Predicate<Settings> isEnabled,
            Function<Settings, M> creator,
            List<Step<M>> steps) {
        this.switches = switches;
        this.isEnabled = isEnabled;
        this.creator = creator;
        this.steps = steps;
    }

    /** Switched on by true. */
    static <M extends Middleware> BuiltIn<M> flag(SettingKey<Boolean> key, Supplier<M> creator) {
        return new BuiltIn<>(
                new SettingKey<?>[] {key}, settings -> settings.get(key), settings -> creator.get(), List.of());
    }

    /** Switched on by what it can't do without, also if that is empty, which is a mistake. */
    static <M extends Middleware, T> BuiltIn<M> of(SettingKey<T> key, Function<T, M> creator) {
        return of(settings -> creator.apply(settings.get(key)), key);
    }

    /** Switched on by any of these. */
    static <M extends Middleware> BuiltIn<M> of(Function<Settings, M> creator, SettingKey<?>... keys) {
        return new BuiltIn<>(
                keys,
                settings -> List.of(keys).stream()
                        .anyMatch(key -> settings.find(key).isPresent()),
                creator,
                List.of());
    }

    /** Sets it by a value that is given, or has a default. */
    <T> BuiltIn<M> with(SettingKey<T> key, BiFunction<M, T, M> setter) {
        return with(
                (middleware, settings) -> key.fallback().isEmpty()
                        ? settings.find(key)
                                .map(value -> setter.apply(middleware, value))
                                .orElse(middleware)
                        : setter.apply(middleware, settings.get(key)),
                key);
    }

    /** Changes it if that is true. */
    BuiltIn<M> when(SettingKey<Boolean> key, UnaryOperator<M> change) {
        return with(key, (middleware, isOn) -> isOn ? change.apply(middleware) : middleware);
    }

    /** Sets it by several values. */
    BuiltIn<M> with(BiFunction<M, Settings, M> setter, SettingKey<?>... keys) {
        List<Step<M>> more = new ArrayList<>(steps);
        more.add(new Step<>(List.of(keys), setter));
        return new BuiltIn<>(switches, isEnabled, creator, List.copyOf(more));
    }

    /** None but the switches has an effect without them. */
    @Override
    public List<SettingKey<?>> settings() {
        List<SettingKey<?>> settings = new ArrayList<>(List.of(switches));
        for (Step<M> step : steps) {
            step.keys().forEach(key -> settings.add(key.needs(switches)));
        }
        return settings;
    }

    @Override
    public boolean isEnabled(Settings settings) {
        return isEnabled.test(settings);
    }

    @Override
    public void install(App app) {
        Settings settings = app.settings();
        M middleware = attributed(settings, () -> creator.apply(settings), switches);
        for (Step<M> step : steps) {
            M before = middleware;
            SettingKey<?>[] keys = step.keys().toArray(SettingKey<?>[]::new);
            middleware = attributed(settings, () -> step.change().apply(before, settings), keys);
        }
        app.use(middleware);
    }

    private static <M> M attributed(Settings settings, Supplier<M> step, SettingKey<?>... keys) {
        try {
            return step.get();
        } catch (StartupError | IllegalArgumentException refused) {
            throw StartupError.of(settings, String.valueOf(refused.getMessage()), keys);
        }
    }
}
