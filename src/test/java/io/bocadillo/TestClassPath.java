package io.bocadillo;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The class path of the tests, without what an app may have to do without. */
public final class TestClassPath {

    private TestClassPath() {}

    /** The entries that fit. */
    public static String of(Predicate<String> fits) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(fits)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Its classes, loaded anew, without the jars of a folder of the local repository. */
    public static URLClassLoader without(String folder) {
        return loader(of(entry -> !entry.replace('\\', '/').contains(folder)));
    }

    /** The classes of these entries, and of the JDK. */
    public static URLClassLoader loader(String entries) {
        URL[] urls = Arrays.stream(entries.split(File.pathSeparator))
                .map(TestClassPath::url)
                .toArray(URL[]::new);
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException never) {
            throw new AssertionError(never);
        }
    }
}
