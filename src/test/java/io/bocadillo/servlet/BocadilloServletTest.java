package io.bocadillo.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bocadillo.App;
import io.bocadillo.StartupError;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BocadilloServletTest {

    private static final ServletConfig CONFIG = config();

    private final List<String> events = new ArrayList<>();

    private static ServletConfig config() {
        ServletRegistration registration =
                Answers.of(ServletRegistration.class, Map.of("getMappings", List.of("/api/*")));
        ServletContext context = Answers.of(
                ServletContext.class,
                Map.of(
                        "getContextPath",
                        "/shop",
                        "getServletRegistration",
                        registration,
                        "getInitParameterNames",
                        Collections.emptyEnumeration()));
        Map<String, @Nullable Object> config = new HashMap<>();
        config.put("getServletName", "api");
        config.put("getServletContext", context);
        config.put("getInitParameter", null);
        config.put("getInitParameterNames", Collections.emptyEnumeration());
        return Answers.of(ServletConfig.class, config);
    }

    @Test
    void aSubclassConfiguresItsAppBeforeItStarts() throws Exception {
        BocadilloServlet servlet = new BocadilloServlet() {
            @Override
            protected void configure(App app) {
                events.add("configured");
                app.onStartup(() -> events.add("started"));
                app.onShutdown(() -> events.add("stopped"));
            }
        };
        servlet.init(CONFIG);
        assertThat(events).containsExactly("configured", "started");
        servlet.destroy();
        assertThat(events).containsExactly("configured", "started", "stopped");
    }

    @Test
    void aConfigureThatFailsKeepsTheServletOutOfService() {
        BocadilloServlet servlet = new BocadilloServlet() {
            @Override
            protected void configure(App app) throws IOException {
                throw new IOException("no settings");
            }
        };
        assertThatExceptionOfType(ServletException.class)
                .isThrownBy(() -> servlet.init(CONFIG))
                .withMessage("configure of api failed")
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void aMistakeInTheAppIsReportedAsSuch() {
        App app = new App();
        app.get("/{x}", (req, res) -> res.empty());
        app.get("/x", (req, res) -> res.empty());
        assertThatExceptionOfType(StartupError.class)
                .isThrownBy(() -> new BocadilloServlet(app).init(CONFIG))
                .withMessageContaining("BocadilloServletTest.java:");
    }

    @Test
    void theAppIsFixedOnceTheServletIsInService() throws Exception {
        App app = new App();
        new BocadilloServlet(app).init(CONFIG);
        assertThatIllegalStateException().isThrownBy(() -> app.get("/late", (req, res) -> res.empty()));
    }

    @Test
    void aServletWithAnAppOfItsOwnMayBePutIntoServiceAgain() throws Exception {
        BocadilloServlet servlet = new BocadilloServlet() {
            @Override
            protected void configure(App app) {
                app.onStartup(() -> events.add("started"));
                app.onShutdown(() -> events.add("stopped"));
            }
        };
        servlet.init(CONFIG);
        servlet.destroy();
        servlet.init(CONFIG);
        servlet.destroy();
        assertThat(events).containsExactly("started", "stopped", "started", "stopped");
    }

    @Test
    void twoServletsMayHostOneApp() throws Exception {
        App app = new App();
        app.onStartup(() -> events.add("started"));
        app.onShutdown(() -> events.add("stopped"));
        BocadilloServlet first = new BocadilloServlet(app);
        BocadilloServlet second = new BocadilloServlet(app);
        first.init(CONFIG);
        second.init(CONFIG);
        first.destroy();
        assertThat(events).containsExactly("started");
        second.destroy();
        assertThat(events).containsExactly("started", "stopped");
    }
}
