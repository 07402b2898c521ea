package io.bocadillo.badinputs;

import io.bocadillo.App;
import io.bocadillo.HttpError;
import io.bocadillo.Middleware;
import io.bocadillo.ServerEvent;
import io.bocadillo.UploadedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** An ordinary app with one route for each thing that a bad input attacks. */
public final class FixtureApp implements Supplier<App> {

    private static final Pattern ALLOWED_HOST =
            Pattern.compile("(127\\.0\\.0\\.1|localhost|([a-z0-9-]+\\.)*app\\.example)(:[0-9]+)?");

    record Bound(BigInteger n, String s) {}

    record Uploaded(String name, String filename, long size) {

        static Uploaded of(UploadedFile file) {
            return new Uploaded(file.name(), file.fileName(), file.size());
        }
    }

    @Override
    public App get() {
        App app = new App();
        app.use(allowedHosts());
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
        Path file = file();
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
        app.get("/big", (req, res) -> res.text("0123456789".repeat(1024)));
        app.get("/boom", (req, res) -> {
            throw new RuntimeException("SECRET-STACK");
        });
        return app;
    }

    /** A file of 100 bytes. */
    private static Path file() {
        try {
            Path file = Files.createTempFile("fixture-", ".txt");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "0123456789".repeat(10));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Middleware allowedHosts() {
        return (req, res, next) -> {
            if (!ALLOWED_HOST.matcher(req.header("Host").orElse("")).matches()) {
                throw new HttpError(400, "Host: not one of ours.");
            }
            return next.handle(req, res);
        };
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
