package io.bocadillo.containers;

import io.bocadillo.App;
import io.bocadillo.jetty.JettyServer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.servlet.ServletMapping;
import org.eclipse.jetty.server.Server;

/** Jetty as {@link JettyServer} sets it up, with the servlet moved to where it is wanted. */
public final class JettyLauncher extends Launcher {

    private JettyServer server;

    @Override
    void start(Home home, App app) {
        server = new JettyServer(app)
                .host("127.0.0.1")
                .port(0)
                .customize(jetty -> move(jetty, home, new Registration(home, app)))
                .start();
    }

    @Override
    public int getAsInt() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    private static void move(Server jetty, Home home, Registration registration) {
        ServletContextHandler context = jetty.getDescendant(ServletContextHandler.class);
        ServletHandler servlets = context.getServletHandler();
        servlets.setServletMappings(new ServletMapping[0]);
        servlets.setServlets(new ServletHolder[0]);
        context.setContextPath(home.contextPath().isEmpty() ? "/" : home.contextPath());
        context.setBaseResourceAsPath(WEB_ROOT);
        context.addServletContainerInitializer(registration);
    }
}
