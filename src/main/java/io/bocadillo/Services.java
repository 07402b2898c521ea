package io.bocadillo;

import java.util.HashSet;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code META-INF/services} names: as the class loader of the thread sees it, which containers set to that of the web
 * app, and then as that of Bocadillo does, which may be one for several apps.
 */
final class Services {

    private Services() {}

    /** Those of that type, each class once; the stream, and who gets one, throws {@link ServiceConfigurationError}. */
    static <T> Stream<ServiceLoader.Provider<T>> of(Class<T> type) {
        Set<String> known = new HashSet<>();
        return loaders(type)
                .flatMap(loader -> ServiceLoader.load(type, loader).stream())
                .filter(provider -> known.add(provider.type().getName()));
    }

    /** The first one of that type; {@link StartupError} if there is none. */
    static <T> T first(String where, Class<T> type) {
        return of(type).findFirst()
                .orElseThrow(() -> new StartupError(where + ": expected META-INF/services/" + type.getName()
                        + " on the class path, got none. Keep the files of META-INF/services when you merge jars."))
                .get();
    }

    private static Stream<ClassLoader> loaders(Class<?> type) {
        ClassLoader own = Services.class.getClassLoader();
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread == null || ofThread == own || !knows(ofThread, type)
                ? Stream.of(own)
                : Stream.of(ofThread, own);
    }

    /** One that knows another Bocadillo, or none, has nothing for this one. */
    private static boolean knows(ClassLoader loader, Class<?> type) {
        try {
            return loader.loadClass(type.getName()) == type;
        } catch (ClassNotFoundException | LinkageError unknown) {
            return false;
        }
    }
}
