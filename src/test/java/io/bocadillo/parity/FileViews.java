package io.bocadillo.parity;

import io.bocadillo.App;
import io.bocadillo.Request;
import java.nio.file.Files;
import java.nio.file.Path;

/** Views that answer with the file that the query names, wherever it is. */
final class FileViews {

    void register(App app) {
        app.get("/file", (req, res) -> res.file(file(req)));
        app.get(
                "/attachment",
                (req, res) -> res.attachment(req.query("name").value()).file(file(req)));
        app.get("/deleted-file", (req, res) -> {
            var answered = res.file(file(req));
            Files.delete(file(req));
            return answered;
        });
    }

    private static Path file(Request req) {
        return Path.of(req.query("at").value());
    }
}
