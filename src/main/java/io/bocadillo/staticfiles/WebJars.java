package io.bocadillo.staticfiles;

import io.bocadillo.files.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Libraries for browsers that come as jars (webjars.org): {@code bootstrap/5.3.8/css/bootstrap.css}, or without the version,
 * which the jar tells.
 */
final class WebJars implements Source {

    private static final String ROOT = "META-INF/resources/webjars";
    private static final List<String> GROUPS = List.of("org.webjars", "org.webjars.npm", "org.webjars.bower");

    private final ClassPathFolder files = new ClassPathFolder(ROOT);

    /** Of the libraries that are there. */
    private final Map<String, String> versions = new ConcurrentHashMap<>();

    @Override
    public @Nullable Resource find(List<String> names, WebAppResources webApp) throws IOException {
        Resource named = files.find(names, webApp);
        String version = named == null && names.size() > 1 ? version(names.get(0)) : null;
        if (version == null) {
            return named;
        }
        Resource found = files.find(withVersion(names, version), webApp);
        int packaging = version.lastIndexOf('-');
        // A jar that was packaged once more has a version that its folder has not: 5.3.8-1.
        return found != null || packaging < 0
                ? found
                : files.find(withVersion(names, version.substring(0, packaging)), webApp);
    }

    private static List<String> withVersion(List<String> names, String version) {
        List<String> versioned = new ArrayList<>(names);
        versioned.add(1, version);
        return versioned;
    }

    private @Nullable String version(String library) throws IOException {
        String known = versions.get(library);
        for (int i = 0; known == null && i < GROUPS.size(); i++) {
            known = read("META-INF/maven/" + GROUPS.get(i) + "/" + library + "/pom.properties");
        }
        if (known != null) {
            versions.put(library, known);
        }
        return known;
    }

    private @Nullable String read(String properties) throws IOException {
        try (InputStream in = files.loader().getResourceAsStream(properties)) {
            if (in == null) {
                return null;
            }
            Properties read = new Properties();
            read.load(in);
            return read.getProperty("version");
        }
    }
}
