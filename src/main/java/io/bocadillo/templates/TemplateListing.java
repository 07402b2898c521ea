package io.bocadillo.templates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The names of what is in a folder of templates, of files and of the class path, where that is folders and jars. */
final class TemplateListing {

    /** More are no templates. */
    private static final int MOST = 1000;

    private static final int DEEPEST = 16;

    private TemplateListing() {}

    static Collection<String> of(String folder) {
        Set<String> names = new TreeSet<>();
        try {
            addFiles(Path.of(folder), names);
            for (URL root : Collections.list(TemplateSource.loader().getResources(folder))) {
                if (root.getProtocol().equals("file")) {
                    addFiles(Path.of(new URI(root.toString())), names);
                } else if (root.openConnection() instanceof JarURLConnection jar) {
                    addEntries(jar, names);
                }
            }
        } catch (IOException | UncheckedIOException | URISyntaxException | IllegalArgumentException unreadable) {
            return names;
        }
        return names;
    }

    private static void addFiles(Path folder, Set<String> names) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
            files.filter(Files::isRegularFile)
                    .limit(MOST)
                    .forEach(file -> names.add(folder.relativize(file)
                            .toString()
                            .replace(folder.getFileSystem().getSeparator(), "/")));
        }
    }

    private static void addEntries(JarURLConnection connection, Set<String> names) throws IOException {
        connection.setUseCaches(false); // The cache of the JDK would keep the jars of a web app that is gone.
        String folder = connection.getEntryName() + "/";
        try (JarFile jar = connection.getJarFile()) {
            jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(folder) && !name.endsWith("/"))
                    .limit(MOST)
                    .forEach(name -> names.add(name.substring(folder.length())));
        }
    }
}
