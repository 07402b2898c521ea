package io.bocadillo;

import java.util.ArrayList;
import java.util.List;

/**
 * The app can't start, and its author can mend that: the message says where, what was expected, and the remedy.
 *
 * <p>It has no stack trace, so that an uncaught one prints as a single readable line.
 */
public final class StartupError extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates the error with its message, {@code <where>: expected X, got 'Y'. <remedy>}. */
    public StartupError(String message) {
        super(message, null, false, false);
    }

    /**
     * An error about values of settings, which names those that are given, with their sources.
     *
     * @param settings the ones of the app
     * @param reason such as {@code expected one of them, got both. Leave one out.}; if it repeats a secret, that is masked
     * @param keys what it is about
     */
    public static StartupError of(Settings settings, String reason, SettingKey<?>... keys) {
        String message = reason;
        List<String> places = new ArrayList<>();
        for (SettingKey<?> key : keys) {
            Setting setting = key.in(settings.sources());
            message = setting.masked(message);
            if (setting.isPresent() || keys.length == 1) {
                places.add(setting.where());
            }
        }
        return new StartupError(String.join(", ", places) + ": " + message);
    }
}
