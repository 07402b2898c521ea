package io.bocadillo.docs;

// #region registration
import io.bocadillo.App;
import io.bocadillo.servlet.BocadilloServlet;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;

@WebListener
public class Registration implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        App app = new App();
        app.get("/status", (req, res) -> res.text("served at " + req.basePath()));

        ServletRegistration.Dynamic servlet = event.getServletContext().addServlet("api", new BocadilloServlet(app));
        servlet.addMapping("/api/*");
        servlet.setAsyncSupported(true);
        servlet.setLoadOnStartup(1);
    }
}
// #endregion registration
