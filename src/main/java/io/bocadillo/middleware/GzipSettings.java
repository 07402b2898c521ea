package io.bocadillo.middleware;

import io.bocadillo.Plugin;
import io.bocadillo.SettingKey;

/** {@link Gzip} by settings. */
final class GzipSettings {

    static final Plugin PLUGIN = BuiltIn.flag(
                    SettingKey.flag("gzip", "Whether answers are compressed for clients that take it."), Gzip::new)
            .with(
                    SettingKey.bytes("gzip.min-size", "From how many bytes on.").orElse(1024L),
                    (gzip, size) -> gzip.minSize((int) Math.min(size, Integer.MAX_VALUE)))
            .with(
                    SettingKey.count("gzip.level", 1, 9, "How hard it tries, from 1, fast, to 9, small.")
                            .orElse(6),
                    Gzip::level)
            .with(
                    SettingKey.list(
                            "gzip.types",
                            "Media types that are, such as text/*; unless set, those that are not compressed already."),
                    (gzip, types) -> gzip.types(types.toArray(String[]::new)));

    private GzipSettings() {}
}
