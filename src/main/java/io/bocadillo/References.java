package io.bocadillo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names of routes that middleware and templates refer to, held against those that there are when an app starts. */
final class References {

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    private References() {}

    /** Throws {@link StartupError} for a middleware of the app that refers to a name that is none. */
    static void ofMiddleware(App app, Names names) {
        app.middleware().forEach(names::check);
        Scope.of(app).visit(new Scope.Visitor() {
            @Override
            public void route(Route route, Scope scope) {
                checkRecipes(scope);
                route.middleware().forEach(names::check);
            }

            @Override
            public void mount(Mount mount, Scope scope) {
                checkRecipes(scope);
            }

            private void checkRecipes(Scope scope) {
                for (Scope at = scope; at != null && !at.isApp(); at = at.outer()) {
                    at.router().middleware().forEach(names::check);
                }
            }
        });
    }

    /**
     * Checks the templates that the app, and those mounted in it, may render: a name that none of them knows is a {@link
     * StartupError}.
     *
     * <p>For the templates that are there unless an app chooses others it is a warning, because their folder may be that of
     * other apps too; and if not one of the names is known, it is.
     */
    static void ofTemplates(App app) {
        List<App> apps = new ArrayList<>(List.of(app));
        for (int i = 0; i < apps.size(); i++) {
            apps.addAll(Scope.of(apps.get(i)).mountedApps());
        }
        Set<String> known =
                apps.stream().flatMap(each -> each.names().all().stream()).collect(Collectors.toSet());
        Map<String, String> standard = new TreeMap<>();
        for (App each : apps) {
            if (each.settings().templates() != null) {
                unknown(each.templates().routeNames(), known).forEach((name, place) -> {
                    throw new StartupError(message(name, place));
                });
            } else if (!known.isEmpty() && hasStandardTemplates()) {
                standard.putAll(each.templates().routeNames());
            }
        }
        warn(standard, known);
    }

    /** An app that renders none need not have them. */
    private static boolean hasStandardTemplates() {
        return ServiceLoader.load(TemplateEngine.class, App.class.getClassLoader()).stream()
                .findAny()
                .isPresent();
    }

    private static void warn(Map<String, String> referred, Set<String> known) {
        Map<String, String> unknown = unknown(referred, known);
        if (unknown.size() < referred.size()) {
            unknown.forEach((name, place) -> LOG.warn(message(name, place)));
        }
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
