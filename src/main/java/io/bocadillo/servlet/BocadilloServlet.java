package io.bocadillo.servlet;

import io.bocadillo.App;
import io.bocadillo.Response;
import io.bocadillo.Settings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hosts an app in any container of Servlet 6.0 or newer.
 *
 * <p>In a WAR, a subclass with {@code @WebServlet(urlPatterns = "/*", asyncSupported = true)} overrides
 * {@link #configure}; beside other servlets, {@code new BocadilloServlet(app)} is registered under any mapping, with
 * asynchronous support. Without that support it works too, but every slow client holds a thread.
 */
public class BocadilloServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger(BocadilloServlet.class);

    private final transient @Nullable App given;
    private transient @Nullable App app;
    private transient @Nullable BasePath basePath;
    private transient volatile @Nullable Host host;

    private volatile boolean warned;

    /**
     * Creates a servlet with an app of its own, for subclasses that {@link #configure} it. Its settings are those of {@link
     * Settings#load}, and last the init parameters of the servlet and of its context.
     */
    public BocadilloServlet() {
        this.given = null;
    }

    /** Creates a servlet that hosts {@code app}. */
    public BocadilloServlet(App app) {
        this.given = app;
    }

    /**
     * Sets up the app before it starts; does nothing unless overridden.
     *
     * @throws Exception any failure: the container will not put the servlet into service
     */
    protected void configure(App app) throws Exception {}

    /** Configures and starts the app. */
    @Override
    public void init() throws ServletException {
        basePath = BasePath.of(getServletConfig());
        App hosted = given == null ? new App(Settings.load(InitParameters.of(getServletConfig()))) : given;
        try {
            configure(hosted);
        } catch (Exception failure) {
            throw new ServletException("configure of " + getServletName() + " failed", failure);
        }
        hosted.start(getServletConfig());
        app = hosted;
        host = null;
    }

    /** Stops the app. */
    @Override
    public void destroy() {
        app().stop();
    }

    /** Answers a request of any method, at once or later. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Abort.throwIfDispatched(request);
        if (isDispatched(request) && ServletCall.resume(request, response, host(request))) {
            return;
        }
        String base = Objects.requireNonNull(basePath, "init() has not run").forRequest(request);
        ServletExchange exchange = new ServletExchange(request, response, base, host(request));
        if (!exchange.async().isSupported()) {
            warnOnce();
        }
        CompletableFuture<Response> answer;
        try {
            answer = app().handle(exchange);
        } catch (Throwable failure) {
            exchange.fail(failure);
            return;
        }
        exchange.answer(answer);
    }

    /** Whether it may be; some containers say it inside the request that a mounted servlet was given. */
    private static boolean isDispatched(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.ASYNC || request instanceof HttpServletRequestWrapper;
    }

    private App app() {
        return Objects.requireNonNull(app, "init() has not run");
    }

    /** Which container it is, the first request tells. */
    private Host host(HttpServletRequest request) {
        Host known = host;
        return known == null ? newHost(request) : known;
    }

    /** The same one for all, because it is by it that a dispatch finds its exchange. */
    private synchronized Host newHost(HttpServletRequest request) {
        Host known = host;
        if (known == null) {
            known = new Host(app(), Container.of(request), getServletContext());
            host = known;
        }
        return known;
    }

    private void warnOnce() {
        if (!warned) {
            warned = true;
            LOG.warn(
                    "servlet {}: expected asynchronous support, got none: every slow client holds a thread."
                            + " Set asyncSupported on this servlet and on the filters before it, and let none of them start it.",
                    getServletName());
        }
    }
}
