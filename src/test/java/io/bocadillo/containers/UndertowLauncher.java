package io.bocadillo.containers;

import io.bocadillo.App;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.util.Set;

/**
 * Undertow with its defaults, but for {@code bocadillo.undertow.maxEntitySize}, which the largest body may need, and a limit
 * for how long its stop waits for its threads.
 */
public final class UndertowLauncher extends Launcher {

    private DeploymentManager deployment;
    private Undertow server;

    @Override
    void start(Home home, App app) throws Exception {
        String contextPath = home.contextPath().isEmpty() ? "/" : home.contextPath();
        DeploymentInfo info = Servlets.deployment()
                .setClassLoader(getClass().getClassLoader())
                .setDeploymentName(home.toString())
                .setContextPath(contextPath)
                .setResourceManager(new PathResourceManager(WEB_ROOT))
                .addServletContainerInitializer(new ServletContainerInitializerInfo(
                        Registration.class, new ImmediateInstanceFactory<>(new Registration(home, app)), Set.of()));
        deployment = Servlets.newContainer().addDeployment(info);
        deployment.deploy();
        long maxEntitySize = Long.getLong("bocadillo.undertow.maxEntitySize", UndertowOptions.DEFAULT_MAX_ENTITY_SIZE);
        server = Undertow.builder()
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, maxEntitySize)
                .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, 1000)
                .addHttpListener(0, "127.0.0.1")
                .setHandler(Handlers.path().addPrefixPath(contextPath, deployment.start()))
                .build();
        server.start();
    }

    @Override
    public int getAsInt() {
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return address.getPort();
    }

    @Override
    public void close() {
        try {
            deployment.stop();
        } catch (ServletException failure) {
            throw new IllegalStateException(failure);
        }
        deployment.undeploy();
        server.stop();
    }
}
