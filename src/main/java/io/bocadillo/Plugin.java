package io.bocadillo;

import java.util.List;

/**
 * A part of an app that is ready to be used in others: it registers what it needs, as the app itself would.
 *
 * <p>{@code app.plugin(new Metrics())}, at the place where its middleware is to stand. An app that has loaded its settings
 * installs by itself those that {@link java.util.ServiceLoader} finds, and that are enabled.
 */
@FunctionalInterface
public interface Plugin {

    /**
     * Registers middleware, routes, error handlers, startup and shutdown events: everything it has, in its order.
     *
     * @throws StartupError for settings that can't be meant
     */
    void install(App app);

    /** Whether it is to be installed in an app with these settings; true unless overridden. */
    default boolean isEnabled(Settings settings) {
        return true;
    }

    /**
     * The settings it reads, for the reference, for prints, for finding misspelled ones, and for telling if an app that is
     * mounted in another has the same; none unless overridden.
     */
    default List<SettingKey<?>> settings() {
        return List.of();
    }
}
