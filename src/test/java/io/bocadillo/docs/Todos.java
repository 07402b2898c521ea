package io.bocadillo.docs;

// #region servlet
import io.bocadillo.App;
import io.bocadillo.servlet.BocadilloServlet;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

@WebServlet(urlPatterns = "/*", asyncSupported = true, loadOnStartup = 1)
public class Todos extends BocadilloServlet {

    @Override
    protected void configure(App app) {
        app.get("/todos", (req, res) -> res.json(List.of("Write a WAR")));
    }
}
// #endregion servlet
