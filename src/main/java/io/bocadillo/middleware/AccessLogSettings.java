package io.bocadillo.middleware;

import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;

/** {@link AccessLog} by settings. */
final class AccessLogSettings {

    static final Plugin PLUGIN = BuiltIn.flag(
                    SettingKey.flag("access-log", "Whether a line is logged for every request."), AccessLog::new)
            .with(
                    SettingKey.text("access-log.logger", "The logger it is written to.")
                            .orElse("io.bocadillo.access"),
                    (log, logger) -> new AccessLog(logger));

    private AccessLogSettings() {}
}
