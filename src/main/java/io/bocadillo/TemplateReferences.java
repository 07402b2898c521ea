package io.bocadillo;

import java.io.File;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names of routes that templates refer to, held against those that there are when an app starts. */
final class TemplateReferences {

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    private TemplateReferences() {}

    /**
     * Checks the templates that the app, and those mounted in it, may render: a name that their app does not know is a {@link
     * StartupError}. If several of these apps have the same engine, one of them has to know it.
     *
     * <p>For the templates that are there unless an app chooses others it is a warning, because a folder of the class path may
     * be that of other apps too; and if not one of the names is known, it is, unless the folder is beside the app.
     */
    static void check(App app) {
        Set<App> apps = new LinkedHashSet<>();
        addWithMounted(app, apps);
        Map<String, String> doubtful = new TreeMap<>();
        for (App each : apps) {
            TemplateEngine engine = each.settings().templates();
            Set<String> known = apps.stream()
                    .filter(other -> hasEngineOf(other, each))
                    .flatMap(other -> other.names().all().stream())
                    .collect(Collectors.toSet());
            if (engine == null) {
                doubtful.putAll(unknownInStandardFolder(each, known));
            } else {
                unknown(each.templates().routeNames(), known).forEach((name, place) -> {
                    throw new StartupError(message(name, place));
                });
            }
        }
        doubtful.forEach((name, place) -> LOG.warn(message(name, place)));
    }

    /** Those that have chosen none have the same if they read the same folder. */
    private static boolean hasEngineOf(App other, App app) {
        TemplateEngine engine = app.settings().templates();
        String folder = app.settings().get(TemplateEngine.FOLDER);
        return other.settings().templates() == engine
                && (engine != null || folder.equals(other.settings().get(TemplateEngine.FOLDER)));
    }

    private static void addWithMounted(App app, Set<App> apps) {
        apps.add(app);
        Scope.of(app).mountedApps().forEach(mounted -> addWithMounted(mounted, apps));
    }

    private static Map<String, String> unknownInStandardFolder(App app, Set<String> known) {
        if (!hasStandardTemplates()) {
            return Map.of();
        }
        TemplateEngine engine = app.templates(); // which refuses settings that can't be meant
        boolean isBesideIt = new File(app.settings().get(TemplateEngine.FOLDER)).isDirectory();
        if (known.isEmpty() && !isBesideIt) {
            return Map.of();
        }
        Map<String, String> referred = engine.routeNames();
        Map<String, String> unknown = unknown(referred, known);
        return isBesideIt || unknown.size() < referred.size() ? unknown : Map.of();
    }

    /** An app that renders none need not have them. */
    private static boolean hasStandardTemplates() {
        return Services.of(TemplateEngine.class).findAny().isPresent();
    }

    private static Map<String, String> unknown(Map<String, String> referred, Set<String> known) {
        Map<String, String> unknown = new TreeMap<>(referred);
        unknown.keySet().removeIf(name -> known.stream().anyMatch(whole -> isNameOf(whole, name)));
        return unknown;
    }

    /** One with a colon before it is that of any recipe: which one is known when it is asked for. */
    private static boolean isNameOf(String whole, String name) {
        return name.startsWith(":") ? (":" + whole).endsWith(name) : whole.equals(name);
    }

    private static String message(String name, String place) {
        return "template " + place + ": " + Names.unknown(name);
    }
}
