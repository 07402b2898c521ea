package io.bocadillo.containers;

import io.bocadillo.App;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Inside a container's class loader: a server that can be started; as an {@code IntSupplier} it tells its port. */
public abstract class Launcher implements AutoCloseable, IntSupplier {

    /** The root of the web application: what a WAR would have beside its classes. */
    static final Path WEB_ROOT =
            Path.of(System.getProperty("bocadillo.testClasses")).resolve("web-root");

    /** Starts a server; called from outside. */
    public static Launcher start(
            String launcher, String app, String contextPath, List<String> mappings, boolean async, List<String> filters)
            throws Exception {
        Launcher server = (Launcher) instance(launcher);
        server.start(new Home(contextPath, mappings, async, filters), (App) ((Supplier<?>) instance(app)).get());
        return server;
    }

    abstract void start(Home home, App app) throws Exception;

    @Override
    public abstract void close();

    static Object instance(String type) throws ReflectiveOperationException {
        return Class.forName(type).getConstructor().newInstance();
    }
}
