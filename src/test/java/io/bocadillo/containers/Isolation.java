package io.bocadillo.containers;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** The class loader of one container, and the way into it: over types of the JDK alone. */
final class Isolation {

    private static final String LOG = "org.slf4j.simpleLogger.";

    private final ClassLoader loader;
    private final ContainerLog log;

    Isolation(String name, List<URL> classPath) {
        loader = new URLClassLoader(name, classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        log = new ContainerLog(Path.of("target", "container-logs", name + ".log"));
        Map<String, String> settings = Map.of(
                LOG + "logFile", log.file().toString(),
                LOG + "defaultLogLevel", "info",
                LOG + "levelInBrackets", "false",
                LOG + "showThreadName", "true",
                LOG + "showLogName", "true");
        settings.forEach(System::setProperty);
        try {
            inside("LogBridge", "install", new Class<?>[0]);
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
    }

    ClassLoader loader() {
        return loader;
    }

    ContainerLog log() {
        return log;
    }

    Running start(String launcher, Home home, String app) {
        Class<?>[] types = {String.class, String.class, String.class, List.class, boolean.class, List.class};
        Object server = inside(
                "Launcher",
                "start",
                types,
                launcher,
                app,
                home.contextPath(),
                home.mappings(),
                home.async(),
                home.filters());
        return new Running(home, ((IntSupplier) server).getAsInt(), (AutoCloseable) server, log);
    }

    private Object inside(String type, String method, Class<?>[] types, Object... arguments) {
        Thread thread = Thread.currentThread();
        ClassLoader outside = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return loader.loadClass(getClass().getPackageName() + "." + type)
                    .getMethod(method, types)
                    .invoke(null, arguments);
        } catch (InvocationTargetException failure) {
            throw new IllegalStateException(loader.getName() + " did not start", failure.getCause());
        } catch (ReflectiveOperationException mistake) {
            throw new LinkageError(loader.getName(), mistake);
        } finally {
            thread.setContextClassLoader(outside);
        }
    }
}
