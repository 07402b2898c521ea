package io.bocadillo.containers;

import io.bocadillo.App;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;

/** Embedded Tomcat with its defaults; by reflection, because its two versions cannot share a class path. */
public final class TomcatLauncher extends Launcher {

    private Object tomcat;
    private TemporaryFolder base;
    private int port;

    @Override
    void start(Home home, App app) throws Exception {
        // It would set the URL handlers of the whole JVM, which only one Tomcat can.
        Class.forName("org.apache.catalina.webresources.TomcatURLStreamHandlerFactory")
                .getMethod("disable")
                .invoke(null);
        tomcat = instance("org.apache.catalina.startup.Tomcat");
        base = TemporaryFolder.create("tomcat");
        call(tomcat, "setBaseDir", base.path().toString());
        call(tomcat, "setHostname", "127.0.0.1");
        call(tomcat, "setPort", 0);
        Object connector = call(tomcat, "getConnector");
        call(connector, "setProperty", "address", "127.0.0.1");
        Object context = tomcat.getClass()
                .getMethod("addContext", String.class, String.class)
                .invoke(tomcat, home.contextPath(), WEB_ROOT.toString());
        call(context, "setParentClassLoader", getClass().getClassLoader());
        context.getClass()
                .getMethod("addServletContainerInitializer", ServletContainerInitializer.class, Set.class)
                .invoke(context, new Registration(home, app), Set.of());
        call(tomcat, "start");
        port = (int) call(connector, "getLocalPort");
    }

    @Override
    public int getAsInt() {
        return port;
    }

    @Override
    public void close() {
        try {
            try {
                call(tomcat, "stop");
                call(tomcat, "destroy");
            } finally {
                base.close();
            }
        } catch (ReflectiveOperationException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Object call(Object target, String name, Object... arguments) throws ReflectiveOperationException {
        Method method = Arrays.stream(target.getClass().getMethods())
                .filter(found -> found.getName().equals(name) && found.getParameterCount() == arguments.length)
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(name));
        return method.invoke(target, arguments);
    }
}
