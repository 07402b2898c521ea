package io.bocadillo.badinputs;

import io.bocadillo.App;
import io.bocadillo.Cookie;
import io.bocadillo.HttpError;
import io.bocadillo.Middleware;
import io.bocadillo.ServerEvent;
import io.bocadillo.Settings;
import io.bocadillo.UploadedFile;
import io.bocadillo.containers.TemporaryFolder;
import io.bocadillo.middleware.AllowedHosts;
import io.bocadillo.middleware.Cors;
import io.bocadillo.middleware.Gzip;
import io.bocadillo.middleware.Hsts;
import io.bocadillo.middleware.Sessions;
import io.bocadillo.staticfiles.StaticFiles;
import io.bocadillo.templates.Templates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/** An ordinary app with one route for each thing that a bad input attacks. */
public final class FixtureApp implements Supplier<App> {

    record Bound(BigInteger n, String s) {}

    record Uploaded(String name, String filename, long size) {

        static Uploaded of(UploadedFile file) {
            return new Uploaded(file.name(), file.fileName(), file.size());
        }
    }

    @Override
    public App get() {
        Templates templates = new Templates("badinputs/templates");
        App app = new App(Settings.defaults().templates(templates));
        app.use(new AllowedHosts("127.0.0.1", "localhost", "app.example", "*.app.example"));
        app.use(new Hsts());
        app.use(new Gzip());
        app.use(under("/api/", Cors.allow("https://app.example").credentials()));
        app.use(guard("/admin/"));

        app.get("/ping", (req, res) -> res.text("pong"));
        app.get("/hello/{name}", (req, res) -> res.text("hello " + req.param("name")));
        app.get(
                "/num/{id:int}",
                (req, res) -> res.text(Integer.toString(req.param("id").asInt())));
        // Else it would be a path of "/{a}/{b}/" that lacks its slash.
        app.get("/num/{other}", (req, res) -> {
            throw new HttpError(404);
        });
        app.get("/wild/{p:path}", (req, res) -> res.text(req.param("p").value()));
        app.get("/admin/panel", (req, res) -> res.text("SECRET-ADMIN"));
        app.get("/{a}/{b}/", (req, res) -> res.text("twoseg"));
        app.get("/noslash", (req, res) -> res.text("noslash"));
        app.get("/slash/", (req, res) -> res.text("slash"));
        app.post("/json", (req, res) -> {
            req.json(Bound.class);
            return res.json(Map.of("ok", true));
        });
        app.post("/echo", (req, res) -> res.stream(req.stream())).streaming();
        app.post("/form", (req, res) -> res.text("" + req.form().fields().size()));
        app.post(
                "/upload",
                (req, res) ->
                        res.json(req.form().files().stream().map(Uploaded::of).toList()));
        Path folder = folder(app);
        app.staticFiles("/static", StaticFiles.directory(folder));
        app.staticFiles("/cp", StaticFiles.classPath("public"));
        Path file = folder.resolve("a.txt");
        app.get("/file", (req, res) -> res.file(file));
        app.get(
                "/download",
                (req, res) -> res.attachment(req.query("name").value()).file(file));
        app.get("/sse", (req, res) -> {
            ServerEvent event = ServerEvent.of(req.query("data").value())
                    .name(req.query("event").value())
                    .id(req.query("id").value());
            return res.events(events -> {
                events.send(event);
                events.close();
            });
        });
        app.get("/redirect", (req, res) -> res.redirect(req.query("to").value()));
        app.get("/hdr", (req, res) -> res.header("X-V", req.query("v").value()).text("see the header"));
        app.get("/cookies", (req, res) -> res.json(Map.of("c", req.cookie("c").values())));
        app.get(
                "/cookie",
                (req, res) -> res.cookie(Cookie.of("c", req.query("v").value())).text("see the cookie"));
        app.get("/session", (req, res) -> {
                    int n = req.session().get("n", 0) + 1;
                    req.session().put("n", n);
                    return res.json(Map.of("n", n));
                })
                .use(new Sessions("a key that is used for nothing but tests"));
        app.get(
                "/tpl",
                (req, res) ->
                        res.render("tpl.html", Map.of("name", req.query("name").value())));
        app.get("/tplname", (req, res) -> {
            String view = req.query("view").value();
            if (!templates.exists(view)) {
                throw new HttpError(404);
            }
            return res.render(view, Map.of("name", "nobody"));
        });
        app.get("/big", (req, res) -> res.text("0123456789".repeat(1024)));
        app.get("/api/x", (req, res) -> res.json(Map.of("x", 1)));
        app.get("/boom", (req, res) -> {
            throw new RuntimeException("SECRET-STACK");
        });
        return app;
    }

    /** A folder with something to hide, and secrets beside it. */
    private static Path folder(App app) {
        try {
            TemporaryFolder around = TemporaryFolder.create("fixture");
            app.onShutdown(around::close);
            Path folder = Files.createDirectories(around.resolve("S"));
            Files.writeString(folder.resolve("index.txt"), "OK-INDEX");
            Files.writeString(folder.resolve("a.txt"), "0123456789".repeat(10));
            Files.writeString(folder.resolve("sp ace.txt"), "space");
            Files.writeString(Files.createDirectories(folder.resolve("sub")).resolve("b.txt"), "below");
            Files.writeString(folder.resolve(".hidden"), "SECRET-HIDDEN");
            Path secret = Files.writeString(around.resolve("secret.txt"), "SECRET-OUT");
            Files.createSymbolicLink(folder.resolve("link.txt"), secret);
            Path sibling = Files.createDirectories(around.resolve("S-private"));
            Files.writeString(sibling.resolve("secret.txt"), "SECRET-SIBLING");
            return folder;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Middleware under(String prefix, Middleware middleware) {
        return (req, res, next) ->
                req.path().startsWith(prefix) ? middleware.handle(req, res, next) : next.handle(req, res);
    }

    private static Middleware guard(String prefix) {
        return (req, res, next) -> {
            if (req.path().startsWith(prefix) && !req.header("X-Key").orElse("").equals("k")) {
                throw new HttpError(403);
            }
            return next.handle(req, res);
        };
    }
}
