package io.bocadillo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bocadillo.App;
import io.bocadillo.Settings;
import io.bocadillo.jetty.JettyServer;
import io.bocadillo.servlet.BocadilloServlet;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;

class DeploymentPageTest {

    @Test
    void jettyServer() throws Exception {
        App app = new App();
        app.get("/", (req, res) -> res.text("hi"));
        // #region server
        JettyServer server = new JettyServer(app)
                .host("127.0.0.1")
                .port(0) // a free one
                .gracePeriod(Duration.ofSeconds(10));
        server.start(); // run() would also wait for the end of the process
        int port = server.port();
        // #endregion server
        assertThat(get(port, "/").body()).isEqualTo("hi");
        server.stop();
    }

    @Test
    void takenPort() throws IOException {
        App app = new App();
        try (ServerSocket taken = new ServerSocket(0)) {
            Throwable mistake = catchThrowable(() -> new JettyServer(app)
                    .host("127.0.0.1")
                    .port(taken.getLocalPort())
                    .start());
            String message = mistake.getMessage().replace(String.valueOf(taken.getLocalPort()), "8000");
            Shown.text("DeploymentPageTest#taken", message);
        }
    }

    @Test
    void platformThreads() throws Exception {
        App app = new App();
        app.get("/", (req, res) -> res.text(Thread.currentThread().toString()));
        JettyServer server = new JettyServer(app).host("127.0.0.1").port(0);
        // #region platform
        server.customize(jetty -> ((QueuedThreadPool) jetty.getThreadPool()).setVirtualThreadsExecutor(null));
        // #endregion platform
        server.start();
        assertThat(get(server.port(), "/").body()).startsWith("Thread[").contains("bocadillo-");
        server.stop();
    }

    @Test
    void behindAProxy() throws Exception {
        App app = new App();
        app.get("/", (req, res) -> res.text(req.scheme() + " " + req.remoteAddress()));
        JettyServer server = new JettyServer(app).host("127.0.0.1").port(0);
        // #region proxy
        server.customize(jetty -> {
            for (Connector connector : jetty.getConnectors()) {
                connector
                        .getConnectionFactory(HttpConnectionFactory.class)
                        .getHttpConfiguration()
                        .addCustomizer(new ForwardedRequestCustomizer());
            }
        });
        // #endregion proxy
        server.start();
        assertThat(get(server.port(), "/").body()).isEqualTo("https 192.0.2.7");
        server.stop();
    }

    @Test
    void servlet() throws Exception {
        assertThat(served(context -> context.addServlet(asynchronous(new Todos()), "/*"), "/shop/todos"))
                .isEqualTo("[\"Write a WAR\"]");
    }

    /** Another class of the name that the page uses. */
    static final class WithSettings {

        static final class Todos extends BocadilloServlet {

            // #region settings
            public Todos() {
                super(new App(Settings.defaults().timeout(Duration.ofSeconds(5))));
            }
            // #endregion settings

            @Override
            protected void configure(App app) {
                Duration timeout = app.settings().timeout();
                app.get("/", (req, res) -> res.text(timeout.toString()));
            }
        }
    }

    @Test
    void servletWithSettings() throws Exception {
        ServletHolder holder = new ServletHolder("todos", new WithSettings.Todos());
        assertThat(served(context -> context.addServlet(holder, "/*"), "/shop/"))
                .isEqualTo("PT5S");
    }

    @Test
    void registration() throws Exception {
        assertThat(served(context -> context.addEventListener(new Registration()), "/shop/api/status"))
                .isEqualTo("served at /shop/api");
    }

    private static ServletHolder asynchronous(Todos servlet) {
        ServletHolder holder = new ServletHolder("todos", servlet);
        holder.setAsyncSupported(true);
        return holder;
    }

    private static String served(Consumer<ServletContextHandler> setup, String path) throws Exception {
        Server server = new Server(0);
        ServletContextHandler context = new ServletContextHandler("/shop");
        setup.accept(context);
        server.setHandler(context);
        server.start();
        try {
            return get(((NetworkConnector) server.getConnectors()[0]).getLocalPort(), path)
                    .body();
        } finally {
            server.stop();
        }
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-For", "192.0.2.7")
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
