package io.bocadillo.docs;

import io.bocadillo.App;
import io.bocadillo.middleware.AllowedHosts;
import org.junit.jupiter.api.Test;

class AllowedHostsPageTest {

    @Test
    void use() {
        App app = new App();
        // #region use
        app.use(new AllowedHosts("app.example", "*.app.example", "localhost"));
        // #endregion use
        app.get("/", (req, res) -> res.text("hi"));
        Shown.console("AllowedHostsPageTest#use", app);
    }
}
