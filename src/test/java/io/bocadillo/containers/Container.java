package io.bocadillo.containers;

import io.bocadillo.App;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A servlet container that can run in the test JVM; the servers of one container share one class loader, which sees its
 * jars, the framework, the tests and the JDK, and nothing of the other containers.
 */
public enum Container {
    JETTY("JettyLauncher", "jetty-embedded/lib"),
    TOMCAT_10("TomcatLauncher", "tomcat-10.1/lib", "tomcat-10.1/bin"),
    TOMCAT_11("TomcatLauncher", "tomcat-11/lib", "tomcat-11/bin"),
    UNDERTOW("UndertowLauncher", "undertow/lib");

    private final String launcher;
    private final List<String> jarFolders;
    private Isolation isolation;

    Container(String launcher, String... jarFolders) {
        this.launcher = getClass().getPackageName() + "." + launcher;
        this.jarFolders = List.of(jarFolders);
    }

    /**
     * Starts a server on a free port of 127.0.0.1.
     *
     * @param app makes the app; it is loaded again inside, so nothing static is shared with it
     */
    public Running start(Home home, Class<? extends Supplier<App>> app) {
        return isolation().start(launcher, home, app.getName());
    }

    /** The class loader of its servers. */
    public ClassLoader loader() {
        return isolation().loader();
    }

    /** What its servers have logged. */
    public ContainerLog log() {
        return isolation().log();
    }

    private synchronized Isolation isolation() {
        if (isolation == null) {
            isolation = new Isolation(name(), classPath());
        }
        return isolation;
    }

    private List<URL> classPath() {
        List<URL> urls = new ArrayList<>();
        urls.add(url(Path.of(System.getProperty("bocadillo.classes"))));
        urls.add(url(Path.of(System.getProperty("bocadillo.testClasses"))));
        Path containers = Path.of(System.getProperty("bocadillo.containers"));
        urls.addAll(jars(containers.resolve("app/lib")));
        jarFolders.forEach(folder -> urls.addAll(jars(containers.resolve(folder))));
        return urls;
    }

    private static List<URL> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(Container::url)
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(
                    "expected the jars of a container, got none. Run mvn pre-integration-test.", missing);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }
}
