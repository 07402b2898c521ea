package io.bocadillo.example;

import io.bocadillo.App;
import io.bocadillo.servlet.BocadilloServlet;
import jakarta.servlet.annotation.WebServlet;

/** The course manager in a WAR. */
@WebServlet(urlPatterns = "/*", asyncSupported = true, loadOnStartup = 1)
public final class CoursesServlet extends BocadilloServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void configure(App app) {
        CourseManager.configure(app);
    }
}
