package io.bocadillo.servlet;

import io.bocadillo.HostedView;
import io.bocadillo.HttpError;
import io.bocadillo.Request;
import io.bocadillo.Response;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A servlet that is mounted in apps. However many places it is mounted in, and servers start it, it is initialised once, with
 * the context of the first server, and destroyed when the last one has stopped.
 */
final class MountedServlet implements HostedView {

    private final HttpServlet servlet;
    private int users;

    /** It has no init parameters: whoever mounts it has made it. */
    private record Config(String getServletName, ServletContext getServletContext) implements ServletConfig {

        @Override
        public @Nullable String getInitParameter(String name) {
            return null;
        }

        @Override
        public Enumeration<String> getInitParameterNames() {
            return Collections.emptyEnumeration();
        }
    }

    MountedServlet(HttpServlet servlet) {
        this.servlet = servlet;
    }

    boolean isOf(HttpServlet other) {
        return servlet == other;
    }

    @Override
    public synchronized void start(Object server) throws ServletException {
        if (users == 0) {
            ServletConfig around = (ServletConfig) server;
            servlet.init(new Config(servlet.getClass().getName(), around.getServletContext()));
        }
        users++;
    }

    @Override
    public synchronized void stop() {
        users--;
        if (users == 0) {
            servlet.destroy();
        }
    }

    @Override
    public CompletionStage<?> handle(Request req, Response res) {
        ServletExchange exchange = req.find(ServletExchange.class)
                .orElseThrow(
                        () -> new HttpError(
                                501,
                                "mount " + req.route()
                                        + ": expected a servlet container, got a client without one. Test it with LiveServer."));
        return exchange.body().isTaken()
                ? TakenBody.of(req).thenCompose(body -> new ServletCall(this, exchange, req, res, body).begin())
                : new ServletCall(this, exchange, req, res, null).begin();
    }

    void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        servlet.service(request, response);
    }

    String name() {
        return servlet.getClass().getName();
    }

    /** What the error handlers of the app are given; as a container does (Servlet 6.0, sections 2.3.3.2 and 10.9.2). */
    static Throwable answerable(Throwable thrown) {
        if (thrown instanceof UnavailableException unavailable) {
            HttpError error = new HttpError(unavailable.isPermanent() ? 404 : 503, null, thrown);
            int seconds = unavailable.getUnavailableSeconds();
            return seconds > 0 ? error.header("Retry-After", Integer.toString(seconds)) : error;
        }
        return thrown instanceof ServletException wrapped && wrapped.getRootCause() != null
                ? wrapped.getRootCause()
                : thrown;
    }
}
