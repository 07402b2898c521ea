package io.bocadillo.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The templates of an app by their names: files, then resources.
 *
 * @param folder in the working directory and on the class path
 */
record TemplateSource(String folder) {

    private static final String SEGMENT = "[A-Za-z0-9_-][A-Za-z0-9_.-]*";

    /** With an extension: what has none may be a folder. */
    private static final Pattern NAME = Pattern.compile("(?:" + SEGMENT + "/)*[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+");

    private static final int LONGEST = 200;

    TemplateSource {
        if (folder.isBlank()) {
            throw new IllegalArgumentException("templates: expected the name of a folder, got '" + folder
                    + "'. Name one that has nothing but templates in it.");
        }
    }

    /** Where the template of that name is; null if there is none, or it is no name. */
    @Nullable
    URL find(String name) {
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            return null;
        }
        try {
            Path file = Path.of(folder, name.split("/"));
            return Files.isRegularFile(file) ? file.toUri().toURL() : resource(folder + "/" + name);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static String read(URL template) throws IOException {
        var connection = template.openConnection();
        connection.setUseCaches(false); // The cache of the JDK would keep the jars of a web app that is gone.
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static @Nullable URL resource(String name) {
        URL found = loader().getResource(name);
        return found == null ? TemplateSource.class.getClassLoader().getResource(name) : found;
    }

    /** That of the web app, which may have the framework from its container; that of the framework if the thread has none. */
    static ClassLoader loader() {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread == null ? TemplateSource.class.getClassLoader() : ofThread;
    }
}
