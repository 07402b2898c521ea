package io.bocadillo;

import io.bocadillo.staticfiles.StaticFiles;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** What an app serves without a word in its code: a folder, unless it is switched off, and WebJars if they are wanted. */
final class StandardFiles {

    private static final String WEB_JARS_PREFIX = "/webjars";

    private static final SettingKey<String> PREFIX = SettingKey.text(
                    "static-files.prefix", "Where the folder of static files is served; / for everywhere.")
            .orElse("/static");
    private static final SettingKey<String> FOLDER = SettingKey.text(
                    "static-files.folder",
                    "The folder of static files, beside the app, on the class path or in the WAR.")
            .orElse("static");
    private static final SettingKey<Boolean> INDEX =
            SettingKey.flag("static-files.index", "Whether index.html is served for folders in it.");
    private static final SettingKey<String> FALLBACK = SettingKey.text(
            "static-files.fallback", "The page in it for paths that nothing answers, for single-page applications.");
    private static final SettingKey<Duration> MAX_AGE = SettingKey.duration(
                    "static-files.max-age", "How long clients may keep its files without asking, but for pages.")
            .orElse(Duration.ZERO);
    private static final SettingKey<Duration> PAGE_MAX_AGE = SettingKey.duration(
                    "static-files.page-max-age", "How long clients may keep its pages without asking.")
            .orElse(Duration.ZERO);
    private static final SettingKey<Boolean> WEB_JARS =
            SettingKey.flag("web-jars", "Whether WebJars are served at /webjars.");

    static final List<SettingKey<?>> KEYS = List.of(PREFIX, FOLDER, INDEX, FALLBACK, MAX_AGE, PAGE_MAX_AGE, WEB_JARS);

    private StandardFiles() {}

    /** Adds them behind the app's own; {@link StartupError} for settings that can't be meant. */
    static void addTo(StaticAreas statics, Settings settings) {
        if (settings.staticFiles()) {
            statics.add(where(PREFIX, settings), settings.get(PREFIX), folder(settings));
        }
        if (settings.get(WEB_JARS)) {
            statics.add(where(WEB_JARS, settings), WEB_JARS_PREFIX, StaticFiles.webJars());
        }
    }

    private static StaticFiles folder(Settings settings) {
        StaticFiles files = named(FOLDER, settings, StaticFiles::folder)
                .maxAge(settings.get(MAX_AGE))
                .pageMaxAge(settings.get(PAGE_MAX_AGE));
        files = settings.get(INDEX) ? files.index() : files;
        return settings.find(FALLBACK).isEmpty() ? files : named(FALLBACK, settings, files::fallback);
    }

    private static StaticFiles named(SettingKey<String> key, Settings settings, Function<String, StaticFiles> files) {
        try {
            return files.apply(settings.get(key));
        } catch (IllegalArgumentException noName) {
            throw StartupError.of(settings, String.valueOf(noName.getMessage()), key);
        }
    }

    private static String where(SettingKey<?> key, Settings settings) {
        return settings.get(key.name()).where();
    }
}
