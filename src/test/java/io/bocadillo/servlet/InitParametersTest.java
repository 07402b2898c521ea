package io.bocadillo.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bocadillo.App;
import io.bocadillo.StartupError;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A servlet with an app of its own, in Jetty. */
class InitParametersTest {

    private static final class Shop extends BocadilloServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void configure(App app) {
            app.get(
                    "/{key}",
                    (req, res) -> res.text(
                            app.settings().get(req.param("key").value()).toString()));
            app.post("/", (req, res) -> res.text("took " + req.body().length));
        }
    }

    private final ServletContextHandler context = new ServletContextHandler("/shop");
    private final ServletHolder servlet = new ServletHolder("shop", new Shop());
    private final Server server = new Server(0);

    @BeforeEach
    void register() {
        context.setInitParameter("shop.name", "of the context");
        context.setInitParameter("shop.currency", "EUR");
        servlet.setInitParameter("shop.name", "of the servlet");
        servlet.setInitParameter("shop.password", "hidden");
        servlet.setInitParameter("max-body", "4");
        servlet.setInitParameter("found", "true");
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/*");
        server.setHandler(context);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private HttpResponse<String> send(String path, HttpRequest.Builder request) throws Exception {
        int port = ((NetworkConnector) server.getConnectors()[0]).getLocalPort();
        URI uri = URI.create("http://127.0.0.1:" + port + "/shop" + path);
        return HttpClient.newHttpClient().send(request.uri(uri).build(), BodyHandlers.ofString());
    }

    private String get(String path) throws Exception {
        return send(path, HttpRequest.newBuilder()).body();
    }

    @Test
    void thoseOfTheServletComeBeforeThoseOfItsContext() throws Exception {
        server.start();
        assertThat(get("/shop.name")).isEqualTo("shop.name=of the servlet (init parameter shop.name of the servlet)");
        assertThat(get("/shop.currency")).isEqualTo("shop.currency=EUR (init parameter shop.currency of the context)");
        assertThat(get("/shop.password")).isEqualTo("shop.password=*** (init parameter shop.password of the servlet)");
        assertThat(get("/nothing")).isEqualTo("nothing is not set");
    }

    @Test
    void theyComeAfterSystemProperties() throws Exception {
        System.setProperty("shop.name", "of the system");
        try {
            server.start();
        } finally {
            System.clearProperty("shop.name");
        }
        assertThat(get("/shop.name")).isEqualTo("shop.name=of the system (system property shop.name)");
    }

    @Test
    void theySetLimitsAndSwitchOnPlugins() throws Exception {
        server.start();
        assertThat(send("/", HttpRequest.newBuilder().POST(BodyPublishers.ofString("1234")))
                        .body())
                .isEqualTo("took 4");
        HttpResponse<String> tooLarge = send("/", HttpRequest.newBuilder().POST(BodyPublishers.ofString("12345")));
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(tooLarge.headers().firstValue("Found")).contains("found");
    }

    @Test
    void theyAreReadAnewWhenTheContextStartsAgain() throws Exception {
        server.start();
        context.stop();
        context.setInitParameter("shop.currency", "MXN");
        context.start();
        assertThat(get("/shop.currency")).startsWith("shop.currency=MXN ");
    }

    @Test
    void aSettingThatCannotBeKeepsTheServletOutOfService() {
        servlet.setInitParameter("max-body", "four");
        assertThatThrownBy(server::start)
                .hasRootCauseInstanceOf(StartupError.class)
                .hasRootCauseMessage(
                        "setting 'max-body' (init parameter max-body of the servlet): expected a number of bytes"
                                + " like 512, 64KiB or 10MiB, got 'four'. Mend it there, or give another one in a source that"
                                + " comes before.");
    }
}
