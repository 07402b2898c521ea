package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.middleware.Csrf;
import io.bocadillo.middleware.Sessions;
import java.util.Map;

/** Templates on the class path of a web app, found by the standard engine. */
final class TemplateViews {

    record Tenant(String name) {}

    void register(App app) {
        app.get("/segment-by-name/{x}", (req, res) -> res.text(req.param("x").value()))
                .name("segment");
        app.get("/template", (req, res) -> {
                    req.session().put("n", 7);
                    return res.render(
                            "parity/page.html", Map.of("name", req.query("name").value()));
                })
                .use(new Sessions(SessionViews.KEY))
                .use(new Csrf());
        app.get("/template/broken", (req, res) -> res.render("parity/broken.html", Map.of("name", "x")));
        app.get("/template/unknown", (req, res) -> res.render("parity/none.html", Map.of()));
        App mounted = new App();
        mounted.get(
                        "/page",
                        (req, res) -> res.render(
                                "parity/mounted.html", Map.of("tenant", new Tenant("" + req.param("tenant")))))
                .name("home");
        app.mount("/themed/{tenant}", mounted);
    }
}
